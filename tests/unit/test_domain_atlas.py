"""Completion of cities, and names of countries."""

import gzip

import pytest
from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

from commission_app import paths
from commission_app.domain.atlas import cities_like, read_atlas
from commission_app.domain.countries import country_code, country_name, country_names, own_country_name
from commission_app.domain.country_list import COUNTRIES
from commission_app.domain.inquiries import CityDraft, title_name
from commission_app.domain.inquiry_checks import check_city

FILE = paths.resource("cities.csv.gz")
ATLAS = read_atlas(gzip.decompress(FILE.read_bytes()).decode("utf-8"))


def names(text: str, **values: str) -> list[str]:
    return [f"{city.name}, {city.country}" for city in cities_like(ATLAS, text, **values)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("tainan", "Tainan, TW"),
        ("臺南", "Tainan, TW"),
        ("ekaterin", "Yekaterinburg, RU"),
        ("Екатеринбург", "Yekaterinburg, RU"),
        ("hue", "Huế, VN"),
        ("san luis potosi", "San Luis Potosí, MX"),
        ("ZÜRICH", "Zürich, CH"),
        ("munchen", "Munich, DE"),
        ("つくば", "Tsukuba, JP"),
    ],
)
def test_cities_are_found_in_any_spelling(typed: str, first: str) -> None:
    assert names(typed)[0] == first


def test_beginnings_stand_before_the_rest_and_a_region_narrows() -> None:
    found = names("spring", most=50)  # type: ignore[arg-type]
    assert found.index("Springfield, US") < found.index("Colorado Springs, US")
    assert [city.region for city in cities_like(ATLAS, "springfield, illi")] == ["Illinois"]
    assert names("san jose", country="CR") == ["San José, CR"]
    assert names("") == names("no such city") == []


def test_every_line_is_a_city_that_may_be_kept() -> None:
    assert len(ATLAS) > 5_000 and FILE.stat().st_size < 500_000
    for line in ATLAS:
        name, native, country, region, north, east, zone, people, spellings = line.split("\t")
        draft = CityDraft(
            name=name,
            native_name=native or None,
            country=country,
            region=region or None,
            latitude=float(north),
            longitude=float(east),
            zone=zone,
            population=int(people),
        )
        assert check_city(draft, country_names()) == [], line
        assert spellings and int(people) > 100_000


def test_completion_narrows_with_each_letter() -> None:
    assert all(cities_like(ATLAS, "tainan"[:length]) for length in range(1, 7))
    assert "Tainan" in [city.name for city in cities_like(ATLAS, "tainan")]


def own_name_by_cldr(code: str) -> str:
    """What a country calls itself in the first of its official languages that is known; "" where none is."""
    for language in get_official_languages(code, de_facto=True):
        try:
            name = Locale.parse(language).territories.get(code)
        except (UnknownLocaleError, ValueError):
            continue
        if name:
            return str(name)
    return ""


def test_countries_are_those_of_cldr() -> None:
    unions_areas_and_parts = "AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ"
    lines = []
    for code, english in sorted(Locale("en").territories.items()):
        if len(code) == 2 and code.isalpha() and code not in unions_areas_and_parts:
            own = own_name_by_cldr(code)
            lines.append(f"{code};{english}" + (f";{own}" if own not in ("", english) else ""))
    assert lines == COUNTRIES.splitlines()


def test_countries_have_names_in_english_and_their_own() -> None:
    assert country_name("TW") == "Taiwan" and country_name("QQ") == "QQ"
    assert [own_country_name(code) for code in ("VN", "MX", "PT", "US")] == [
        *("Việt Nam", "México", "Portugal", "United States")
    ]
    assert (country_code("japan"), country_code(" jp "), country_code("Atlantis")) == ("JP", "JP", None)
    assert not {"EU", "UN", "ZZ"} & set(country_names())


def test_title_names_a_city_in_its_own_spelling_too() -> None:
    city = CityDraft(name="Tainan", native_name="臺南", country="TW")
    assert title_name(city, country_names()) == "Tainan (臺南), Taiwan"
