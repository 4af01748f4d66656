"""Making a commission's file from a rule pack, and reading the packs."""

import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from commission_app import paths
from commission_app.domain.commission import Commission, Notices
from commission_app.domain.present import Present
from commission_app.domain.rule_packs import RulePack, parse
from commission_app.domain.validation import checked_commission
from commission_app.errors import ValidationError
from commission_app.services.commission import commission_values, put_setting
from commission_app.storage import inspection
from commission_app.storage.database import Database
from commission_app.storage.tables import commission, seats


@dataclass(frozen=True, slots=True)
class PackName:
    """A rule pack that there is: its slug, its name, and what it is for."""

    slug: str
    name: str
    description: str


def folder_for_records() -> Path:
    """Where a new file goes unless somebody chooses another folder. Not created here."""
    from commission_app.storage import locations

    return locations.folder_for_records()


def packs() -> list[PackName]:
    """The rule packs that come with the program, the plain one last."""
    found = [read_pack(path.stem) for path in sorted(paths.resource("rules").glob("*.toml"))]
    found.sort(key=lambda pack: (pack.slug == "generic", pack.name))
    return [PackName(pack.slug, pack.name, pack.description) for pack in found]


def read_pack(slug: str) -> RulePack:
    """A rule pack by its slug; raises ValidationError when there is none of that name."""
    known = sorted(path.stem for path in paths.resource("rules").glob("*.toml"))
    if slug not in known:
        raise ValidationError({"rules": f"There is no rule pack {slug}. There are: {', '.join(known)}."})
    path = paths.resource("rules", f"{slug}.toml")
    return parse(slug, tomllib.loads(path.read_text(encoding="utf-8")))


def create(
    path: Path, draft: Commission, *, who: str, on: date | None = None, now: Callable[[], datetime]
) -> None:
    """Make a commission's file from the rule pack that the draft names.

    The record begins on `on` (default: today in the commission's zone). Raises ValidationError, or a
    StorageError when the file cannot be made; never overwrites one.
    """
    draft = checked_commission(draft)
    pack = read_pack(draft.rules)
    zone = ZoneInfo(draft.zone)
    begins = on or Present(now(), zone).today
    draft = replace(
        draft,
        notices=Notices(
            speaking=draft.notices.speaking or pack.notices.speaking,
            late_papers=draft.notices.late_papers or pack.notices.late_papers,
        ),
        accommodation=replace(
            draft.accommodation,
            hours_before=draft.accommodation.hours_before or pack.accommodation.hours_before,
        ),
    )
    with made_whole(path) as partial:
        Database.create(partial)
        database = Database(partial, who=who, now=now)
        try:
            _fill(database, draft, pack, begins)
        finally:
            database.close()


@contextmanager
def made_whole(path: Path) -> Iterator[Path]:
    """A passing name beside a file that is to be made: what stands there after the block gets the file's
    name, never in the place of another one. What a killed program left under the passing name goes first.
    """
    from commission_app.exchange.whole_files import put_new, require_new

    path = require_new(path)
    partial = path.with_name(f".{path.name}.creating")
    try:
        _clear(partial)
        yield partial
        put_new(partial, path)
    finally:
        _clear(partial)


def _clear(partial: Path) -> None:
    try:
        for name in (partial.name, f"{partial.name}-journal"):
            partial.with_name(name).unlink(missing_ok=True)
    except OSError as error:
        raise inspection.unwritable(error, partial) from error


def _fill(database: Database, draft: Commission, pack: RulePack, begins: date) -> None:
    with database.writing(f"created the file of the {draft.name}") as writer:
        writer.insert(commission, **commission_values(draft))
        for setting in pack.settings:
            put_setting(
                writer,
                setting.name,
                setting.value,
                from_on=None,
                source=setting.source,
                note=setting.note,
            )
        put_setting(
            writer,
            "record.begins_on",
            begins.isoformat(),
            from_on=None,
            source="The day the file was made",
            note=None,
        )
        for seat in pack.seats:
            writer.insert(
                seats,
                key=seat.key,
                kind=seat.kind,
                label=seat.label,
                appointed_by=seat.appointed_by,
                position=seat.position,
            )
