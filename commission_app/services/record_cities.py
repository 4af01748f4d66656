"""Inquiries of a record that give their city by name: the city of that name, or a new one."""

from typing import Any

from commission_app.domain.countries import country_names
from commission_app.domain.inquiries import CityDraft
from commission_app.domain.inquiry_checks import check_city
from commission_app.domain.open_record.inquiry_nouns import CITIES, INQUIRIES
from commission_app.domain.open_record.reading import Entry, Record
from commission_app.domain.text import fold
from commission_app.errors import Problem
from commission_app.services.record_rows import FileRecord
from commission_app.storage.writer import new_id


def enter_cities(file: FileRecord, record: Record) -> None:
    """Put a key in the place of each city's name. A name with its country means the city of that name
    there, of the record or of the file; where there is none, the record is given one.
    """
    entries = [entry for entry in record.of(INQUIRIES.name) if "city" in entry.values]
    if not entries:
        return
    known = {found.values["key"]: found.values for found in file.of(CITIES)}
    known |= {
        e.key: e.values for e in record.of(CITIES.name) if e.key and {"name", "country"} <= set(e.values)
    }
    by_name = {_mark(values["name"], values["country"]): key for key, values in known.items()}
    for entry in entries:
        name, country = entry.values["city"], entry.values.pop("country", None)
        if not entry.sound:
            del entry.values["city"]
        elif name in known:
            if country not in (None, known[name]["country"]):
                _refuse(record, entry, "country", f"The city {name} is in {known[name]['country']}.")
        elif country is None:
            where = "neither in the record nor in the file"
            _refuse(record, entry, "city", f"There is no city {name}, {where}. With its country it is added.")
            del entry.values["city"]
        else:
            mark = _mark(name, country)
            if mark not in by_name:
                by_name[mark] = new_id()
                _add(record, entry, {"key": by_name[mark], "name": name, "country": country})
            entry.values["city"] = by_name[mark]


def _mark(name: str, country: str) -> tuple[str, str]:
    return fold(name), country


def _add(record: Record, entry: Entry, values: dict[str, Any]) -> None:
    problems = check_city(CityDraft(name=values["name"], country=values["country"]), country_names())
    for problem in problems:
        _refuse(record, entry, "country" if problem.path == "country" else "city", problem.message)
    city = Entry(CITIES, f"{entry.path}.city", values, sound=not problems)
    record.entries.setdefault(CITIES.name, []).append(city)


def _refuse(record: Record, entry: Entry, path: str, message: str) -> None:
    entry.sound = False
    record.problems.append(Problem(f"{entry.path}.{path}", message))
