"""What this machine remembers of a kind of list, by the names of its columns: what each holds."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from commission_app.domain.importing import ImportTable, fields_of
from commission_app.gui.preferences import Preferences


@dataclass(frozen=True, slots=True)
class Remembered:
    """Field to column, and how days and amounts were meant where that was asked."""

    columns: dict[str, int]
    day_first: bool | None = None
    decimal_comma: bool | None = None


def remembered(noun: str, table: ImportTable) -> Remembered | None:
    """What was chosen the last time for a list with these columns; None for one never seen."""
    if not table.header:
        return None
    try:
        kept = Preferences().import_columns(_key(noun, table))
        columns = {str(field): int(at) for field, at in kept["columns"].items()}
        day_first, comma = kept.get("day_first"), kept.get("decimal_comma")
    except (ValueError, OverflowError, TypeError, KeyError, AttributeError):
        return None
    if not columns.keys() <= set(fields_of(noun)) or not all(
        at in range(table.width) for at in columns.values()
    ):
        return None
    return Remembered(
        columns,
        day_first if isinstance(day_first, bool) else None,
        comma if isinstance(comma, bool) else None,
    )


def remember(
    noun: str, table: ImportTable, columns: Mapping[str, int], meant: Mapping[str, bool | None]
) -> None:
    """Keep what was chosen for lists with these columns."""
    if table.header:
        text = json.dumps({"columns": dict(columns), **meant})
        Preferences().note_import_columns(_key(noun, table), text)


def _key(noun: str, table: ImportTable) -> str:
    return f"{noun}-{sha256(table.signature().encode()).hexdigest()[:24]}"
