"""Rule packs: what a new file starts with - settings, seats, standing texts and procedures - as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from commission_app.domain.agenda_sections import StandingSection
from commission_app.domain.agendas import ItemKind
from commission_app.domain.commission import Accommodation, Notices
from commission_app.domain.members import SeatKind
from commission_app.domain.rule_book import check_setting
from commission_app.errors import Problem, ValidationError


@dataclass(frozen=True, slots=True, kw_only=True)
class PackSetting:
    """A value of the pack, in force from the beginning, with its source."""

    name: str
    value: Any
    source: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackSeat:
    """A seat that a new file gets; keys run regular-1, alternate-1, liaison-1 and on."""

    key: str
    kind: SeatKind
    label: str
    appointed_by: str | None
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureStep:
    """One line of a procedure: its slug, its words, and the kind of proof that closes it."""

    slug: str
    title: str
    proof: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """The steps from a first approach to an agreement, in their advised order."""

    slug: str
    title: str
    source: str | None
    steps: tuple[ProcedureStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePack:
    """One pack as read: what `new` copies into the file, and the texts that agendas start from."""

    slug: str
    name: str
    description: str
    settings: tuple[PackSetting, ...]
    seats: tuple[PackSeat, ...]
    sections: Mapping[str, StandingSection]
    notices: Notices
    accommodation: Accommodation
    procedures: tuple[Procedure, ...]


def parse(slug: str, data: Mapping[str, Any]) -> RulePack:
    """A pack from its TOML mapping; ValidationError names every setting that may not stand.

    A setting without a value is none (TOML has no null).
    """
    settings = tuple(
        PackSetting(
            name=entry["name"],
            value=entry.get("value"),
            source=entry.get("source"),
            note=entry.get("note"),
        )
        for entry in data.get("settings", ())
    )
    problems = [
        Problem(f"settings[{index}].{problem.path}", problem.message)
        for index, setting in enumerate(settings)
        for problem in check_setting(setting.name, setting.value)
    ]
    if problems:
        raise ValidationError(problems)
    notices = data.get("notices", {})
    return RulePack(
        slug=slug,
        name=data["name"],
        description=data["description"],
        settings=settings,
        seats=tuple(_seats(data)),
        sections={name: _section(name, entry) for name, entry in data.get("sections", {}).items()},
        notices=Notices(speaking=notices.get("speaking"), late_papers=notices.get("late_papers")),
        accommodation=Accommodation(hours_before=data.get("accommodation", {}).get("hours_before")),
        procedures=tuple(_procedure(entry) for entry in data.get("procedures", ())),
    )


def _seats(data: Mapping[str, Any]) -> list[PackSeat]:
    found: list[PackSeat] = []
    numbers = dict.fromkeys(SeatKind, 0)
    for entry in data.get("seats", ()):
        kind = SeatKind(entry["kind"])
        labels = entry.get("labels") or [
            f"{entry['label']} {number}" for number in range(1, entry["count"] + 1)
        ]
        for label in labels:
            numbers[kind] += 1
            found.append(
                PackSeat(
                    key=f"{kind.value}-{numbers[kind]}",
                    kind=kind,
                    label=label,
                    appointed_by=entry.get("appointed_by"),
                    position=numbers[kind],
                )
            )
    return found


def _section(slug: str, entry: Mapping[str, Any]) -> StandingSection:
    standing = StandingSection.of(slug)
    return StandingSection(
        slug=slug,
        title=entry.get("title", standing.title),
        kind=ItemKind(entry["kind"]) if "kind" in entry else standing.kind,
        text=entry.get("text", standing.text),
        special_text=entry.get("special_text", standing.special_text),
        reports=tuple(entry.get("reports", standing.reports)),
        prints_empty=entry.get("prints_empty", standing.prints_empty),
    )


def _procedure(entry: Mapping[str, Any]) -> Procedure:
    return Procedure(
        slug=entry["slug"],
        title=entry["title"],
        source=entry.get("source"),
        steps=tuple(
            ProcedureStep(slug=step["slug"], title=step["title"], proof=step.get("proof"))
            for step in entry["steps"]
        ),
    )
