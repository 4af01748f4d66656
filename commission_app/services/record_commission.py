"""Loading what an open record says about the commission itself: it fills what is empty, and nothing else."""

from collections.abc import Iterator, Mapping
from typing import Any

from commission_app.domain.commission import Accommodation, Commission, Letterhead, Notices, StaffMember
from commission_app.domain.open_record.nouns import COMMISSION, CONTACTS, MEETINGS
from commission_app.domain.open_record.reading import Entry
from commission_app.domain.validation import check_commission
from commission_app.services.record_plan import Changed, Plan, nested_columns

_NESTED = ("letterhead", "accommodation", "notices")


def compare_commission(plan: Plan) -> None:
    """Plan what the record fills in, and refuse a different value in a filled field.

    What a file got from its rule pack and nobody has edited since counts as empty.
    """
    for entry in plan.record.of(COMMISSION.name):
        if not entry.sound:
            continue
        row = plan.file.of(COMMISSION)[0]
        wanted = _filled(plan, entry, row.values)
        if not entry.sound:
            continue
        for problem in check_commission(_commission(plan, wanted)):
            plan.refuse(entry, problem.path, problem.message)
        columns: dict[str, Any] = {}
        for name in ("state", "country", "currency", "posting_places"):
            if wanted[name] != row.values[name]:
                columns[name] = wanted[name]
        for name in _NESTED:
            after, before = (
                nested_columns(COMMISSION, name, wanted[name]),
                nested_columns(COMMISSION, name, row.values[name]),
            )
            columns |= {column: value for column, value in after.items() if before[column] != value}
        if wanted["staff"] != row.values["staff"]:
            columns["staff"] = wanted["staff"]
        if columns:
            plan.changed.append(Changed(row.id, COMMISSION, columns))
        else:
            plan.skipped[COMMISSION.name] = 1


def _filled(plan: Plan, entry: Entry, values: Mapping[str, Any]) -> dict[str, Any]:
    """The commission as it will be, refusing what differs."""
    wanted = {**values, **{name: dict(values[name]) for name in _NESTED}}
    fresh = not plan.file.of(CONTACTS) and not plan.file.of(MEETINGS)
    from_pack = _of_pack(values["rules"])
    for path, outer, name, given in _given(entry.values):
        place = wanted if outer is None else wanted[outer]
        present = place[name]
        if given == present or (given in (None, []) and not (fresh and path in from_pack)):
            continue
        if present in (None, [], "") or (path in from_pack and present == from_pack[path]):
            place[name] = given
        else:
            plan.refuse(entry, path, f"The file has {present}.")
    return wanted


def _given(values: Mapping[str, Any]) -> Iterator[tuple[str, str | None, str, Any]]:
    for name, value in values.items():
        if name in _NESTED:
            for inner, item in (value or {}).items():
                yield f"{name}.{inner}", name, inner, item
        elif name == "staff":
            yield name, None, name, [{"title": None, **member} for member in value or ()]
        else:
            yield name, None, name, value


def _of_pack(slug: str) -> dict[str, Any]:
    """What a new file gets from its rule pack, by path; nothing where the pack is not known (any more)."""
    from commission_app.errors import ValidationError
    from commission_app.services.files import read_pack

    try:
        pack = read_pack(slug)
    except ValidationError:
        return {}
    return {
        "notices.speaking": pack.notices.speaking,
        "notices.late_papers": pack.notices.late_papers,
        "accommodation.hours_before": pack.accommodation.hours_before,
    }


def _commission(plan: Plan, values: Mapping[str, Any]) -> Commission:
    plain = {name: values[name] for name in ("name", "city", "state", "country", "zone", "currency", "rules")}
    return Commission(
        **plain,
        letterhead=Letterhead(**values["letterhead"]),
        accommodation=Accommodation(**values["accommodation"]),
        notices=Notices(**values["notices"]),
        posting_places=tuple(values["posting_places"]),
        staff=tuple(
            StaffMember(contact_id=plan.ids["contacts"][member["contact"]], title=member.get("title"))
            for member in values["staff"]
        ),
    )
