"""Cities: those of the file, and completion from the atlas of the world's larger ones."""

import functools
import gzip
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, func, select

from commission_app import paths
from commission_app.domain.atlas import cities_like, read_atlas
from commission_app.domain.cleaning import cleaned
from commission_app.domain.countries import country_code, country_name, country_names, own_country_name
from commission_app.domain.inquiries import City, CityDraft, place_name
from commission_app.domain.inquiry_checks import check_city
from commission_app.domain.text import fold, search_words
from commission_app.domain.validation import require
from commission_app.services.context import Context
from commission_app.storage.rows import row, rows
from commission_app.storage.tables import cities, inquiries
from commission_app.storage.writer import Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class CityView:
    """A city as it is shown; `inquiries` is how many there were. The names of countries are looked up when
    they are asked for: reading those of a language takes longer than reading the cities.
    """

    city: City
    inquiries: int = 0

    @property
    def country(self) -> str:
        """The country in words."""
        return country_name(self.city.country)

    @property
    def beside(self) -> str:
        """What is set beside the city's name: its own spelling, else what its country calls itself."""
        return self.city.native_name or own_country_name(self.city.country)

    @property
    def place(self) -> str:
        """The city with its country: Tainan, Taiwan."""
        return f"{self.city.name}, {self.country}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CityProposal:
    """A completion: a city of the file (with its id) or of the atlas; `place` is what the list shows."""

    place: str
    draft: CityDraft
    city_id: str | None = None


@dataclass(frozen=True, slots=True)
class CityService:
    """The cities that the commission knows."""

    context: Context

    def all(self, containing: str = "") -> list[CityView]:
        """The cities by name; `containing` is matched anywhere in name, own spelling and region."""
        with self.context.database.reading() as connection:
            words = search_words(containing)
            where = [cities.c.search_key.contains(word, autoescape=True) for word in words]
            query = select(inquiries.c.city_id, func.count()).group_by(inquiries.c.city_id)
            counts: dict[str, int] = dict(connection.execute(query).all())
            found = rows(connection, City, cities, *where, order=cities.c.search_key)
            return [CityView(city=city, inquiries=counts.get(city.id, 0)) for city in found]

    def get(self, city_id: str) -> City:
        """One city; raises NotFoundError."""
        with self.context.database.reading() as connection:
            return row(connection, City, cities, city_id)

    def complete(self, text: str, most: int = 8) -> list[CityProposal]:
        """Cities whose name holds a text (a country may follow a comma): the file's own first, then the
        atlas, larger ones first.
        """
        name, _, country = text.partition(",")
        code = country_code(country) if country.strip() else None
        known = [view for view in self.all(name) if code is None or view.city.country == code]
        found = [
            CityProposal(place=view.place, draft=draft_of(view.city), city_id=view.city.id) for view in known
        ]
        there = {(fold(view.city.name), view.city.country) for view in known}
        for draft in cities_like(atlas(), name if code else text, most + len(found), code):
            if (fold(draft.name), draft.country) not in there:
                found.append(CityProposal(place=place_name(draft, country_names()), draft=draft))
        return found[:most]

    def named(self, name: str, country: str) -> CityDraft:
        """A city by name and country code with the atlas's facts, where the atlas has just that name."""
        return facts_of(CityDraft(name=name.strip(), country=country))

    def add(self, draft: CityDraft) -> str:
        """Add a city and return its id; raises ValidationError."""
        draft = checked_city(draft)
        with self.context.database.writing(f"added the city {draft.name}") as writer:
            return insert_city(writer, draft)

    def change(self, city_id: str, draft: CityDraft) -> None:
        """Change what is known of a city; raises ValidationError."""
        draft = checked_city(draft)
        with self.context.database.writing(f"changed the city {draft.name}") as writer:
            values = asdict(draft)
            del values["key"]
            writer.update(cities, city_id, **values)

    def remove(self, city_id: str) -> None:
        """Remove a city that nothing refers to; raises ConflictError otherwise."""
        with self.context.database.writing("removed a city") as writer:
            writer.what = f"removed the city {row(writer.connection, City, cities, city_id).name}"
            writer.remove(cities, city_id)


@functools.cache
def atlas() -> Sequence[str]:
    """The world's cities of more than 100,000 people, read when they are first asked for."""
    return read_atlas(gzip.decompress(paths.resource("cities.csv.gz").read_bytes()).decode("utf-8"))


def facts_of(draft: CityDraft) -> CityDraft:
    """A city with the facts of the atlas's only city of that name and country; else as it is."""
    like = cities_like(atlas(), draft.name, 50, draft.country)
    same = [found for found in like if fold(found.name) == fold(draft.name)]
    return same[0] if len(same) == 1 else draft


def checked_city(draft: CityDraft) -> CityDraft:
    """A city as it is kept: checked as entered, then cleaned; ValidationError with all problems."""
    require(check_city(draft, country_names()))
    return cleaned(draft)[0]


def insert_city(writer: Writer, draft: CityDraft) -> str:
    """Write a checked city within a use case."""
    return writer.insert(cities, **asdict(draft))


def all_cities(connection: Connection) -> dict[str, City]:
    """Every city by id, within a transaction."""
    return {city.id: city for city in rows(connection, City, cities)}


def draft_of(city: City) -> CityDraft:
    """A city as a form edits it."""
    values = asdict(city)
    del values["id"]
    return CityDraft(**values)
