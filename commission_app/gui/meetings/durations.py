"""How long: a span of time in words, as the posting countdown and the posting list say it."""

from datetime import timedelta

from PySide6.QtCore import QCoreApplication


def _counted(count: int, unit: str) -> str:
    tr = QCoreApplication.translate
    one = {
        "day": tr("durations", "1 day"),
        "hour": tr("durations", "1 hour"),
        "minute": tr("durations", "1 minute"),
    }
    many = {
        "day": tr("durations", "{count} days"),
        "hour": tr("durations", "{count} hours"),
        "minute": tr("durations", "{count} minutes"),
    }
    return one[unit] if count == 1 else many[unit].format(count=count)


def span(length: timedelta) -> str:
    """The largest units: 4 days 8 hours, 3 hours 20 minutes, 5 minutes; at least 1 minute."""
    minutes = max(1, int(abs(length).total_seconds() // 60))
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    parts = [("day", days), ("hour", hours), ("minute", 0 if days else left)]
    return " ".join(_counted(count, unit) for unit, count in parts if count)
