"""A list of the open record for people with a spreadsheet: names beside keys, amounts in units.

JSON stays the exact form; nothing reads this one but people and the import of lists."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from commission_app.domain.dates import long_day
from commission_app.domain.money import decimals, format_money
from commission_app.domain.open_record.fields import Field, Nested, Several
from commission_app.domain.open_record.kinds import Day, Reference
from commission_app.domain.open_record.nouns import BY_NAME
from commission_app.domain.schedules import Every, Instalment, Schedule, schedule_text

if TYPE_CHECKING:
    from commission_app.services.session import Session

Entry = Mapping[str, Any]
_CENTS: Final = "_cents"
#: What an entry is called where it has no name of its own: the fields that say it, keys by their names.
_CALLED: Final[Mapping[str, tuple[str, ...]]] = {
    "community_organizations": ("contact",),
    "pledges": ("donor", "campaign"),
    "payments": ("payer", "amount_cents", "received_on"),
    "deliveries": ("pledge", "on"),
    "inquiries": ("city",),
    "meetings": ("starts",),
}


class ReadableLists:
    """The lists of one file; `public_only` as in the export, for the names too."""

    def __init__(self, session: "Session", *, public_only: bool) -> None:
        self._session, self._public_only = session, public_only
        self._names: dict[str, dict[str, str]] = {}

    def entries(self, noun: str) -> list[dict[str, Any]]:
        """The entries of a list: after each key's name the key itself, amounts with their currency."""
        fields = BY_NAME[noun].by_name
        return [dict(self._cells(entry, fields)) for entry in self._raw(noun)]

    def _raw(self, noun: str) -> list[dict[str, Any]]:
        return self._session.record.entries(noun, public_only=self._public_only)

    @cached_property
    def _currency(self) -> str:
        return self._session.commission.get().currency or "USD"

    # Cells

    def _cells(self, entry: Entry, fields: Mapping[str, Field]) -> Iterator[tuple[str, Any]]:
        tells_currency = "currency" in fields
        for name, value in entry.items():
            kind = fields[name].kind if name in fields else None
            if isinstance(kind, Reference):
                yield name, self._name(kind.noun, value)
                yield f"{name} key", value
            elif name.endswith(_CENTS):
                stem = name.removesuffix(_CENTS)
                yield f"{stem} value" if stem in fields else stem, self._amount(value)
                if not tells_currency:
                    yield "currency", self._currency
                    tells_currency = True
            elif isinstance(kind, Nested) and isinstance(value, Mapping):
                yield name, dict(self._inner(value, {field.name: field for field in kind.fields}))
            elif isinstance(kind, Several) and isinstance(value, Sequence):
                yield name, self._listed(kind, value)
            elif isinstance(kind, Day) and value:
                yield name, date.fromisoformat(value)
            else:
                yield name, value

    def _inner(self, entry: Entry, fields: Mapping[str, Field]) -> Iterator[tuple[str, Any]]:
        """The parts of an object, without a currency of their own."""
        return ((name, value) for name, value in self._cells(entry, fields) if name != "currency")

    def _amount(self, cents: int | None) -> Decimal | None:
        return None if cents is None else Decimal(cents).scaleb(-decimals(self._currency))

    def _listed(self, kind: Several, values: Sequence[Any]) -> Any:
        """Several keys by their names, several amounts in words; other lists as they are."""
        if isinstance(kind.each, Reference):
            noun = kind.each.noun
            return "; ".join(self._name(noun, key) or str(key) for key in values)
        if isinstance(kind.each, Nested) and all("amount_cents" in part for part in values):
            fields = {field.name: field for field in kind.each.fields}
            return "; ".join(self._part(part, fields) for part in values)
        return list(values) or None

    def _part(self, part: Entry, fields: Mapping[str, Field]) -> str:
        """$50.00 for Ana Ruiz, Youth exchange 2027, due May 20, 2026; without a day it is credit."""
        words = [format_money(part["amount_cents"], self._currency, sign=True)]
        for name, value in part.items():
            kind = fields[name].kind
            if isinstance(kind, Reference):
                words.append(f"for {self._name(kind.noun, value) or value}")
            elif name == "due_on":
                words.append(f"due {_day(value)}" if value else "as credit")
            elif name == "schedule" and value:
                words.append(schedule_text(_schedule(value)))
            elif isinstance(kind, Day) and value:
                words.append(f"on {_day(value)}")
            elif name != "amount_cents" and value:
                words.append(str(value))
        return ", ".join(words)

    # Names

    def _name(self, noun: str, key: Any) -> str | None:
        """What the entry with a key is called; None where there is none, or it is not told."""
        if key is None:
            return None
        if noun not in self._names:
            self._names[noun] = {entry["key"]: self._called(noun, entry) for entry in self._raw(noun)}
        return self._names[noun].get(key)

    def _called(self, noun: str, entry: Entry) -> str:
        parts = _CALLED.get(noun)
        if parts is None:
            own = (entry.get(name) for name in ("name", "label", "title", "subject", "number"))
            return str(next((found for found in own if found), entry["key"]))
        return ", ".join(filter(None, (self._said(BY_NAME[noun], name, entry.get(name)) for name in parts)))

    def _said(self, noun: Any, name: str, value: Any) -> str:
        kind = noun.by_name[name].kind
        if isinstance(kind, Reference):
            return self._name(kind.noun, value) or str(value or "")
        if name.endswith(_CENTS):
            return format_money(value, self._currency, sign=True)
        return _day(value) if isinstance(kind, Day) else str(value or "").replace("T", " ")


def _day(text: str) -> str:
    return long_day(date.fromisoformat(text))


def _schedule(found: Entry) -> Schedule:
    first = found.get("first_on")
    dates = tuple(
        Instalment(due_on=date.fromisoformat(part["due_on"]), amount_cents=part["amount_cents"])
        for part in found.get("dates") or ()
    )
    return Schedule(
        every=Every(found["every"]),
        count=found.get("count"),
        first_on=date.fromisoformat(first) if first else None,
        dates=dates,
    )
