"""The moment that the rules look at."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Present:
    """An instant (UTC) in the commission's zone: `today` and `local` are what its wall clock says."""

    now: datetime
    zone: ZoneInfo

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise ValueError("a naive instant")

    @classmethod
    def on(cls, day: date, zone: ZoneInfo) -> "Present":
        """The first instant of a day in the commission's zone."""
        return cls(datetime.combine(day, time(), zone).astimezone(UTC), zone)

    @property
    def local(self) -> datetime:
        """The wall clock, naive."""
        return self.now.astimezone(self.zone).replace(tzinfo=None)

    @property
    def today(self) -> date:
        """The day on the commission's calendar."""
        return self.local.date()
