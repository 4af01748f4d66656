"""The rules that the entries of an open record have to keep, together with what is in the file."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from commission_app.domain.agenda_sections import sections_for
from commission_app.domain.agendas import AgendaItem
from commission_app.domain.contacts import Contact, ContactKind
from commission_app.domain.countries import country_names
from commission_app.domain.inquiries import City, Inquiry, Letter, Step
from commission_app.domain.inquiry_checks import check_city, check_inquiry, check_letter, check_step
from commission_app.domain.meetings import Meeting
from commission_app.domain.members import Term
from commission_app.domain.open_record.fields import Nested
from commission_app.domain.open_record.inquiry_nouns import CITIES, INQUIRIES, LETTERS, STEPS
from commission_app.domain.open_record.noun import Noun
from commission_app.domain.open_record.nouns import (
    AGENDA_ITEMS,
    ATTACHMENTS,
    ATTENDANCE,
    COMMISSION,
    COMMUNITY_ORGANIZATIONS,
    CONTACTS,
    MEETINGS,
    MEMBERSHIPS,
    OFFICES,
    POSTING_COPIES,
    POSTINGS,
    SEATS,
    SETTINGS,
    TERMS,
)
from commission_app.domain.open_record.reading import Entry
from commission_app.domain.open_record.sitting_nouns import SEATINGS, VOTES
from commission_app.domain.rule_book import check_setting
from commission_app.domain.rule_packs import Procedure
from commission_app.domain.seats import covers
from commission_app.domain.setting_registry import SPECS
from commission_app.domain.text import unwanted
from commission_app.domain.validation import (
    check_agenda_item,
    check_contact,
    check_meeting,
    check_membership,
    check_office,
    check_posting,
    check_seat,
    check_term,
)
from commission_app.errors import Problem, ValidationError
from commission_app.services.commission import logo_type
from commission_app.services.files import read_pack
from commission_app.services.record_plan import Added, Plan

_FORBIDDEN_NAMES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)


def check(plan: Plan, zone: ZoneInfo) -> None:
    """Note every rule that the new entries break, each at its field."""
    _check_settings(plan)
    _check_each(plan, CONTACTS, lambda item: check_contact(_row(Contact, plan, item)))
    _check_seats(plan)
    _check_terms(plan)
    _check_each(plan, OFFICES, _check_span(check_office))
    _check_organizations(plan)
    _check_each(plan, MEMBERSHIPS, _check_span(check_membership))
    _check_each(plan, MEETINGS, lambda item: check_meeting(_row(Meeting, plan, item), zone))
    _check_postings(plan)
    _check_inquiries(plan)
    _check_agenda_items(plan)
    _check_attendance(plan)
    _check_attachments(plan)


def _check_each(plan: Plan, noun: Noun, check_one: Callable[[Added], list[Problem]]) -> None:
    for item in plan.new(noun):
        if item.entry.sound:
            note(plan, item.entry, check_one(item))


def _check_span(
    check_days: Callable[[date | None, date | None], list[Problem]],
) -> Callable[[Added], list[Problem]]:
    def check_one(item: Added) -> list[Problem]:
        return check_days(item.values["from"], item.values["to"])

    return check_one


def note(plan: Plan, entry: Entry, problems: Iterable[Problem]) -> None:
    """Note what is wrong with an entry, each problem at the field whose column it names."""
    names = {known.column: known.name for known in entry.noun.fields}
    for known in entry.noun.fields:
        if isinstance(known.kind, Nested):
            names |= {part.column: f"{known.name}.{part.name}" for part in known.kind.fields}
    for problem in problems:
        plan.refuse(entry, names.get(problem.path, problem.path), problem.message)


def _row(row: type[Any], plan: Plan, item: Added) -> Any:
    return row_of(row, plan, item.entry.noun, item.id, item.values)


def row_of(row: type[Any], plan: Plan, noun: Noun, row_id: str, values: Mapping[str, Any]) -> Any:
    """A frozen row from the fields of an entry, with ids for its keys."""
    columns: dict[str, Any] = {"id": row_id}
    references = dict(noun.references)
    for known in noun.fields:
        value = values.get(known.name)
        if known.name in references and value is not None:
            value = plan.id_of(references[known.name], value)
        columns[known.column] = value
        columns |= plan.columns_within(noun, known.name, value) if isinstance(known.kind, Nested) else {}
    names = {known.name for known in fields(row)}
    return row(**{name: value for name, value in columns.items() if name in names})


def _check_settings(plan: Plan) -> None:
    for entry in plan.record.of(SETTINGS.name):
        if entry.sound:
            for problem in check_setting(entry.values["name"], entry.values["value"]):
                plan.refuse(entry, problem.path, problem.message)


def _check_seats(plan: Plan) -> None:
    for entry in plan.record.of(SEATS.name):
        if entry.sound:
            for problem in check_seat(entry.values["label"], entry.values.get("appointed_by")):
                plan.refuse(entry, problem.path, problem.message)
    gone = {row_id for noun, row_id in plan.removed if noun is SEATS}
    labels = {row.values["key"]: row.values["label"] for row in plan.file.of(SEATS) if row.id in gone}
    kept = {
        values["seat"]: noun for noun in (VOTES, SEATINGS, ATTENDANCE) for _, values in _of_file(plan, noun)
    }
    for key in sorted(kept.keys() & labels.keys()):
        message = f"The record's seats cannot replace {labels[key]} ({key}): {kept[key].name} names it."
        plan.problems.append(Problem(SEATS.name, message))


def _of_file(plan: Plan, noun: Noun) -> list[tuple[str, dict[str, Any]]]:
    return [(row.id, row.values) for row in plan.file.of(noun)]


def _check_terms(plan: Plan) -> None:
    new = [item for item in plan.new(TERMS) if item.entry.sound]
    if not new:
        return
    labels = {row_id: values["label"] for row_id, values in plan.entries(SEATS)}
    names = {row_id: values["name"] for row_id, values in plan.entries(CONTACTS)}
    by_party: dict[str, list[Term]] = {}
    for row_id, values in _of_file(plan, TERMS):
        _file_term(by_party, row_of(Term, plan, TERMS, row_id, values))
    for item in new:
        term: Term = row_of(Term, plan, TERMS, item.id, item.values)
        near = {t.id: t for party in (term.seat_id, term.contact_id) for t in by_party.get(party, ())}
        note(plan, item.entry, check_term(term, near.values(), labels, names))
        _file_term(by_party, term)


def _file_term(by_party: dict[str, list[Term]], term: Term) -> None:
    by_party.setdefault(term.seat_id, []).append(term)
    by_party.setdefault(term.contact_id, []).append(term)


def _check_organizations(plan: Plan) -> None:
    taken = {values["contact"]: values["key"] for _, values in _of_file(plan, COMMUNITY_ORGANIZATIONS)}
    kinds = {values["key"]: values["kind"] for _, values in plan.entries(CONTACTS)}
    for item in plan.new(COMMUNITY_ORGANIZATIONS):
        contact = item.values.get("contact")
        if not item.entry.sound or contact is None:
            continue
        if contact in taken:
            plan.refuse(item.entry, "contact", f"This contact is the organization {taken[contact]} already.")
        elif kinds.get(contact) is ContactKind.PERSON:
            plan.refuse(item.entry, "contact", "A community organization is an organization, not a person.")
        taken[contact] = item.values["key"]


def _check_postings(plan: Plan) -> None:
    copies = {
        (values["meeting"], values["number"]): values["sha256"] for _, values in plan.entries(POSTING_COPIES)
    }
    for item in plan.new(POSTINGS):
        if not item.entry.sound:
            continue
        values = item.values
        note(plan, item.entry, check_posting(values["place"], values["posted_at"], by=values["by"]))
        if values["copy"] is None:
            continue
        digest = copies.get((values["meeting"], values["copy"]))
        if digest is None:
            plan.refuse(
                item.entry, "copy", f"The meeting {values['meeting']} has no posting copy {values['copy']}."
            )
        elif values["sha256"] is None:
            values["sha256"] = digest
        elif values["sha256"] != digest:
            plan.refuse(item.entry, "sha256", f"Posting copy {values['copy']} has another SHA-256.")


def _check_inquiries(plan: Plan) -> None:
    countries = country_names() if plan.new(CITIES) else {}
    _check_each(plan, CITIES, lambda item: check_city(_row(City, plan, item), countries))
    if plan.new(INQUIRIES) or plan.new(STEPS) or any(change.noun is INQUIRIES for change in plan.changed):
        procedures = read_pack(plan.file.of(COMMISSION)[0].values["rules"]).procedures
        _check_each(plan, INQUIRIES, lambda item: check_inquiry(_row(Inquiry, plan, item), procedures))
        _check_closings(plan, procedures)
        _check_steps(plan, procedures)
    _check_each(plan, LETTERS, lambda item: check_letter(_row(Letter, plan, item)))


def _check_closings(plan: Plan, procedures: Sequence[Procedure]) -> None:
    """An inquiry of the file that the record closes."""
    rows = {found.values["key"]: found for found in plan.file.of(INQUIRIES)}
    changed = {change.id for change in plan.changed if change.noun is INQUIRIES}
    for entry in plan.record.of(INQUIRIES.name):
        found = rows.get(entry.key)
        if found is None or found.id not in changed:
            continue
        values = {**found.values, "closed": entry.values["closed"]}
        for problem in check_inquiry(row_of(Inquiry, plan, INQUIRIES, found.id, values), procedures):
            plan.refuse(entry, problem.path.replace("closed_", "closed."), problem.message)


def _check_steps(plan: Plan, procedures: Sequence[Procedure]) -> None:
    if not plan.new(STEPS):
        return
    inquiries = {
        values["key"]: row_of(Inquiry, plan, INQUIRIES, row_id, values)
        for row_id, values in plan.entries(INQUIRIES)
    }
    for item in plan.new(STEPS):
        if item.entry.sound:
            step: Step = _row(Step, plan, item)
            note(plan, item.entry, check_step(step, inquiries[item.values["inquiry"]], procedures))


def _check_agenda_items(plan: Plan) -> None:
    new = plan.new(AGENDA_ITEMS)
    if not new:
        return
    meetings = {values["key"]: values for _, values in plan.entries(MEETINGS)}
    orders = [values["value"] for _, values in plan.entries(SETTINGS) if values["name"] == "agenda.order"]
    orders = orders or [spec.default for spec in SPECS if spec.name == "agenda.order"]
    orders = [order for order in orders if isinstance(order, Mapping)]
    last: dict[tuple[str, str], int] = {}
    for _, values in _of_file(plan, AGENDA_ITEMS):
        _raise_last(last, values)
    for item in new:
        if item.values["position"] is not None:
            _raise_last(last, item.values)
    for item in new:
        values = item.values
        if not item.entry.sound:
            continue
        kind = meetings[values["meeting"]]["kind"]
        sections = tuple(dict.fromkeys(slug for order in orders for slug in sections_for(kind, order)))
        if values["position"] is None:
            values["position"] = last.get((values["meeting"], values["section"]), -1) + 1
            _raise_last(last, values)
        row: AgendaItem = row_of(AgendaItem, plan, AGENDA_ITEMS, item.id, values)
        note(plan, item.entry, check_agenda_item(row, sections))
    _check_continued(plan, new)


def _raise_last(last: dict[tuple[str, str], int], values: Mapping[str, Any]) -> None:
    place = values["meeting"], values["section"]
    last[place] = max(last.get(place, -1), values["position"])


def _check_continued(plan: Plan, new: list[Added]) -> None:
    """An item is continued from an earlier one; going round in a circle is refused."""
    earlier = {item.values["key"]: item.values["continued_from"] for item in new}
    for item in new:
        seen, key = {item.values["key"]}, item.values["continued_from"]
        while key in earlier and key not in seen:
            seen.add(key)
            key = earlier[key]
        if key in seen:
            plan.refuse(item.entry, "continued_from", "The items continue each other in a circle.")


def _check_attendance(plan: Plan) -> None:
    new = plan.new(ATTENDANCE)
    if not new:
        return
    days = {values["key"]: values["starts"].date() for _, values in plan.entries(MEETINGS)}
    terms: dict[str, list[tuple[str, Term]]] = {}
    for row_id, values in plan.entries(TERMS):
        if values["contact"] in plan.ids["contacts"] and values["seat"] in plan.ids["seats"]:
            term: Term = row_of(Term, plan, TERMS, row_id, values)
            terms.setdefault(values["contact"], []).append((values["seat"], term))
    for item in new:
        values = item.values
        if not item.entry.sound:
            continue
        if "seat" not in item.entry.values:
            held = terms.get(values["contact"], ())
            on = days[values["meeting"]]
            values["seat"] = next((seat for seat, term in held if covers(term, on)), None)
        if values["arrived"] and values["left"] and values["left"] < values["arrived"]:
            plan.refuse(item.entry, "left", "Is before the arrival.")


def _check_attachments(plan: Plan) -> None:
    logos = sum(values["use"] == "logo" for _, values in _of_file(plan, ATTACHMENTS))
    for item in plan.new(ATTACHMENTS):
        if not item.entry.sound:
            continue
        message = _name_problem(item.values["name"])
        if message:
            plan.refuse(item.entry, "name", message)
        if item.values["use"] == "logo":
            logos += 1
            if logos > 1:
                plan.refuse(item.entry, "use", "There is a logo already.")
            if item.values["noun"] != "commission":
                plan.refuse(item.entry, "noun", "Only the commission has a logo.")
    logo_types = {
        values["sha256"]: values["type"]
        for _, values in plan.entries(ATTACHMENTS)
        if values["use"] == "logo" and values["noun"] == "commission"
    }
    for entry in plan.record.of(ATTACHMENTS.name):
        data = entry.values.get("bytes")
        if not entry.sound or data is None:
            continue
        digest = entry.values["sha256"]
        if hashlib.sha256(data).hexdigest() != digest:
            plan.refuse(entry, "sha256", "Is not the SHA-256 of these bytes.")
        elif digest in logo_types:
            _check_logo(plan, entry, logo_types[digest])


def _check_logo(plan: Plan, entry: Entry, named_type: str) -> None:
    """A logo has to print, or no agenda would."""
    try:
        media_type = logo_type(entry.values["bytes"])
    except ValidationError as error:
        plan.refuse(entry, "bytes", error.problems[0].message)
        return
    if media_type != named_type:
        plan.refuse(entry, "type", f"The picture is {media_type}.")


def _name_problem(name: str) -> str | None:
    if unwanted(name) or any(c in name for c in '/\\:*?"<>|') or name.strip(". ") != name:
        return "Is no plain file name."
    if name.split(".", maxsplit=1)[0].casefold() in _FORBIDDEN_NAMES:
        return "Is a name that some systems reserve."
    return None
