"""A parcel judged row by row against the keeper's file: what comes in, what is there, what does not fit."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from commission_app.domain.contacts import Contact, ContactDraft, ContactKind
from commission_app.domain.dates import long_day
from commission_app.domain.duplicates import duplicates_of
from commission_app.domain.money import format_money
from commission_app.domain.open_record import reading, writing
from commission_app.domain.open_record.nouns import BY_NAME
from commission_app.domain.parcels import NOUNS, Choices, Name, Parcel, ParcelRow, RowState
from commission_app.domain.present import Present
from commission_app.errors import Problem
from commission_app.services.record import planned
from commission_app.services.record_plan import Plan
from commission_app.services.record_rows import FileRecord
from commission_app.storage.rows import rows
from commission_app.storage.tables import contacts

Entry = dict[str, Any]
_PLACE: Final = re.compile(r"(\w+)\[(\d+)\](?:\.(.*))?")
#: Fields that the keeper's file decides, so that they tell no difference.
_OF_THE_FILE: Final = frozenset(("position",))
_PAID: Final = "What it pays is paid or changed in your file meanwhile."
_SCHEDULED: Final = "scheduled"


@dataclass(frozen=True, slots=True)
class Judged:
    """Every row with what becomes of it, the plan of those that come in, and the contacts that are the
    same as one of the file, by key.
    """

    rows: tuple[ParcelRow, ...]
    plan: Plan
    same: Mapping[str, str]


def judged(
    connection: Connection, parcel: Parcel, choices: Choices, present: Present, currency: str
) -> Judged:
    """Judge a parcel. What the rules refuse is left out with their reason; a payment that no longer fits
    its instalments is laid out anew, so that money that was received is never left out for that.
    """
    judge = _Judge(FileRecord(connection), parcel, choices, present.zone, currency, present.today)
    judge.sort()
    plan = judge.settle()
    found = tuple(judge.rows[name] for noun in NOUNS for name in judge.order if name[0] == noun)
    return Judged(found, plan, judge.same)


@dataclass
class _Judge:
    """The rows of one parcel on their way in."""

    file: FileRecord
    parcel: Parcel
    choices: Choices
    zone: ZoneInfo
    currency: str
    today: date
    order: list[Name] = field(default_factory=list)
    rows: dict[Name, ParcelRow] = field(default_factory=dict)
    coming: dict[Name, Entry] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)
    adjusted: dict[Name, str] = field(default_factory=dict)

    def sort(self) -> None:
        """What the file has already, what is left out, and what would come in."""
        self._known = {noun: self._of_file(noun) for noun in ("campaigns", "meetings", *NOUNS)}
        self._people = rows(self.file.connection, Contact, contacts)
        self._sent = {
            noun: {entry["key"]: dict(entry) for entry in self.parcel.lists.get(noun, ())} for noun in NOUNS
        }
        there = self._known["contacts"]
        self.same = {
            key: other for key, other in self.choices.same.items() if key not in there and other in there
        }
        for noun in NOUNS:
            for sent in self._sent[noun].values():
                entry = self._with_same(noun, dict(sent))
                self.order.append((noun, entry["key"]))
                self._judge(noun, entry)

    def settle(self) -> Plan:
        """Plan what comes in, leaving out what the rules refuse until the rest keeps them all."""
        while True:
            document: dict[str, list[Entry]] = {}
            names: dict[str, list[Name]] = {}
            for (noun, key), entry in self.coming.items():
                document.setdefault(noun, []).append(entry)
                names.setdefault(noun, []).append((noun, key))
            plan = planned(self.file, reading.read(document), self.today)
            if not plan.problems:
                return plan
            self._take_out(plan.problems, names)

    def _take_out(self, problems: list[Problem], names: Mapping[str, list[Name]]) -> None:
        refused: dict[Name, str] = {}
        for problem in problems:
            place = _PLACE.match(problem.path)
            if place is None or place[1] not in names:
                reading.require(problems)
            else:
                refused.setdefault(names[place[1]][int(place[2])], problem.message)
        for name, message in refused.items():
            if name[0] == "payments" and name not in self.adjusted and self._lay_out_anew(name):
                continue
            del self.coming[name]
            self._set(name, self.rows[name].words, RowState.LEFT, self._reason(name, message))

    def _reason(self, name: Name, message: str) -> str:
        """Why the rules refuse a row, in words of the three laptops."""
        named = self._named_by(name)
        if any(noun == "pledges" and self._is_cancelled(key) for noun, key in named):
            return "The pledge was cancelled in your file meanwhile."
        gone = [
            self.rows[other].words
            for noun, key in named
            if (other := (noun, key)) in self.rows and self.rows[other].state is RowState.LEFT
        ]
        if gone:
            return f"Belongs to {gone[0]}, which does not come in."
        return message

    def _named_by(self, name: Name) -> list[Name]:
        entry = self._sent[name[0]][name[1]]
        noun = BY_NAME[name[0]]
        found = [(other, entry.get(known)) for known, other in noun.references]
        for known, inner, other in noun.inner_references:
            found += [(other, part.get(inner)) for part in entry.get(known) or ()]
        return [(other, key) for other, key in found if key is not None]

    # ---- Contacts that are the same ----

    def _with_same(self, noun: str, entry: Entry) -> Entry:
        """An entry that names the file's contact where one of the parcel is the same."""
        for known, other in BY_NAME[noun].references:
            if other == "contacts" and entry.get(known) in self.same:
                entry[known] = self.same[entry[known]]
        return entry

    # ---- One row ----

    def _judge(self, noun: str, entry: Entry) -> None:
        name = noun, entry["key"]
        words = self._words(noun, entry)
        known = self._known[noun].get(entry["key"])
        if noun == "contacts" and entry["key"] in self.same:
            other = self._known["contacts"][self.same[entry["key"]]]["name"]
            self._set(name, words, RowState.SAME, f"Is {other} in your file; nothing is added.", same=True)
        elif known is not None:
            self._compare(name, words, entry, known)
        elif name in self.choices.left:
            self._set(name, words, RowState.LEFT, "Left out by you.", may_choose=True)
        elif noun == "agenda_items" and (reason := self._closed(entry)) is not None:
            text, may_be_taken = reason
            takes = may_be_taken and name in self.choices.taken
            self._set(name, words, RowState.NEW if takes else RowState.LEFT, text, may_choose=may_be_taken)
            if takes:
                self._let_in(name, entry)
        else:
            note = self._resembling(entry) if noun == "contacts" else ""
            self._set(name, words, RowState.NEW, note, same=noun == "contacts", may_choose=True)
            self._let_in(name, entry)

    def _let_in(self, name: Name, entry: Entry) -> None:
        if name[0] == "agenda_items":
            entry = {**entry, "position": None, "outcome": None}
        self.coming[name] = entry

    def _compare(self, name: Name, words: str, entry: Entry, known: Entry) -> None:
        """A row that the file has: the file's words stay, except that a void is added."""
        addable = BY_NAME[name[0]].addable
        if addable and entry.get(addable) is not None:
            if known[addable] is None:
                verb = "Void" if addable == "voided" else "Cancel"
                self._set(name, f"{verb}: {words}", RowState.VOID, may_choose=True)
                if name in self.choices.left:
                    self._set(name, f"{verb}: {words}", RowState.LEFT, "Left out by you.", may_choose=True)
                else:
                    self.coming[name] = {**known, addable: entry[addable]}
                return
            if known[addable] != entry[addable]:
                note = f"Is {addable} in your file already, since {_day(known[addable]['on'])}."
                self._set(name, words, RowState.KEPT, note)
                return
        different = [
            field_name
            for field_name, value in known.items()
            if field_name not in _OF_THE_FILE and field_name != "key" and entry.get(field_name) != value
        ]
        if not different:
            self._set(name, words, RowState.THERE)
        else:
            listed = ", ".join(one.replace("_", " ").removesuffix(" cents") for one in different)
            self._set(name, words, RowState.KEPT, f"Differs from your file in: {listed}. Yours stays.")

    def _closed(self, entry: Entry) -> tuple[str, bool] | None:
        """Why a proposal comes too late, and whether the keeper may take it all the same."""
        meeting = self._known["meetings"].get(entry.get("meeting") or "")
        if meeting is None:
            return "The meeting is no longer in your file.", False
        day = long_day(date.fromisoformat(meeting["starts"][:10]))
        if meeting["state"] != _SCHEDULED:
            words = {"held": "was held", "cancelled": "was cancelled"}.get(meeting["state"], "had no quorum")
            return f"The meeting of {day} {words} meanwhile.", False
        posted = any(
            copy.values["meeting"] == meeting["key"] for copy in self.file.of(BY_NAME["posting_copies"])
        )
        if not posted:
            return None
        if meeting["kind"] != "regular":
            return f"The agenda of {day} was posted meanwhile; nothing may be added to it.", False
        return f"The agenda of {day} was posted meanwhile; adding this needs a revised copy.", True

    def _lay_out_anew(self, name: Name) -> bool:
        """A payment whose instalments were paid or whose pledge was cancelled meanwhile: what is open is
        paid, the rest is credit; of a cancelled pledge it becomes a gift to its campaign.
        """
        entry = self.coming[name]
        parts = entry.get("allocations") or []
        if not parts or (entry.get("voided") is not None and name[1] in self._known["payments"]):
            return False
        keys = list(dict.fromkeys(part["pledge"] for part in parts))
        gone = [key for key in keys if self._is_cancelled(key)]
        changed = {**entry, "allocations": []}
        if gone:
            campaigns = {self._known["pledges"][key]["campaign"] for key in gone}
            if len(campaigns) > 1 or entry.get("campaign") not in (None, *campaigns):
                return False
            [changed["campaign"]] = campaigns
            staying = [part for part in parts if part["pledge"] not in gone]
            changed["allocations"] = staying
            note = "The pledge was cancelled in your file. The money comes in as a gift to the campaign."
        elif len(keys) == 1:
            changed["pledge"] = keys[0]
            note = f"{_PAID} It pays what is open instead; the rest is credit."
        else:
            totals: dict[str, int] = {}
            for part in parts:
                totals[part["pledge"]] = totals.get(part["pledge"], 0) + part["amount_cents"]
            changed["allocations"] = [
                {"pledge": key, "due_on": None, "amount_cents": cents} for key, cents in totals.items()
            ]
            note = f"{_PAID} It comes in as credit on its pledges instead."
        self.coming[name] = changed
        self.adjusted[name] = note
        self._set(name, self.rows[name].words, RowState.ADJUSTED, note, may_choose=True)
        return True

    def _is_cancelled(self, key: str) -> bool:
        known = self._known["pledges"].get(key)
        return known is not None and known["cancelled"] is not None

    # ---- Words ----

    def _set(
        self,
        name: Name,
        words: str,
        state: RowState,
        note: str = "",
        *,
        same: bool = False,
        may_choose: bool = False,
    ) -> None:
        offers = self._offers(name[1]) if same else ()
        self.rows[name] = ParcelRow(
            noun=name[0],
            key=name[1],
            words=words,
            state=state,
            note=note,
            same_as=offers,
            may_choose=may_choose,
        )

    def _resembling(self, entry: Entry) -> str:
        offers = self._offers(entry["key"])
        return f"May be the same as {offers[0][1]}." if offers else ""

    def _offers(self, key: str) -> tuple[tuple[str, str], ...]:
        sent = self._sent["contacts"].get(key)
        if sent is None or sent.get("kind") not in tuple(ContactKind):
            return ()
        draft = ContactDraft(
            kind=ContactKind(sent["kind"]),
            name=str(sent.get("name")),
            email=sent.get("email"),
            phone=sent.get("phone"),
        )
        return tuple((found.contact.key, found.contact.name) for found in duplicates_of(draft, self._people))

    def _words(self, noun: str, entry: Entry) -> str:
        if noun == "contacts":
            return str(entry.get("name"))
        if noun == "agenda_items":
            meeting = self._known["meetings"].get(entry.get("meeting") or "")
            day = f" on the agenda of {_day(meeting['starts'][:10])}" if meeting else ""
            return f"“{entry.get('title')}”{day}"
        if noun == "deliveries":
            pledge = self._pledge(entry.get("pledge"))
            what = " ".join(filter(None, (str(entry.get("quantity")), pledge.get("unit"))))
            return f"{what} from {self._name(pledge.get('donor'))}, {_day(entry.get('on'))}"
        who = self._name(entry.get("donor" if noun == "pledges" else "payer"))
        amount = entry.get("amount_cents")
        money = format_money(amount, self.currency, sign=True) if isinstance(amount, int) else None
        if noun == "pledges":
            what = money or str(entry.get("description"))
            campaign = self._known["campaigns"].get(entry.get("campaign") or "", {}).get("name", "")
            return ", ".join(filter(None, (who, what, campaign)))
        reference = entry.get("reference")
        return ", ".join(filter(None, (who, money, _day(entry.get("received_on")), reference)))

    def _pledge(self, key: Any) -> Entry:
        return self._sent["pledges"].get(key) or self._known["pledges"].get(key) or {}

    def _name(self, key: Any) -> str:
        known = self._known["contacts"].get(self.same.get(key, key)) or self._sent["contacts"].get(key)
        return str(known["name"]) if known else "somebody"

    def _of_file(self, name: str) -> dict[str, Entry]:
        noun = BY_NAME[name]
        return {
            entry.values["key"]: writing.entry_document(noun, entry.values, self.zone)
            for entry in self.file.of(noun)
        }


def _day(value: Any) -> str:
    try:
        return long_day(date.fromisoformat(str(value)))
    except ValueError:
        return ""
