"""Countries by their two letters: names in English, and in the country's own language."""

import functools
from collections.abc import Mapping
from types import MappingProxyType

from commission_app.domain.country_list import COUNTRIES
from commission_app.domain.text import fold


@functools.cache
def country_names() -> Mapping[str, str]:
    """The English names of countries and territories by their ISO 3166 code of two letters."""
    return MappingProxyType({code: name for code, name, _ in _listed()})


def country_name(code: str) -> str:
    """The English name of a country; the code itself where there is none."""
    return country_names().get(code, code)


def own_country_name(code: str) -> str:
    """What a country calls itself in its first official language: Việt Nam; in English where unknown."""
    return _own_names().get(code) or country_name(code)


def country_code(text: str) -> str | None:
    """The code of a country given by its code or its English name; None where unknown."""
    given = text.strip()
    if given.upper() in country_names():
        return given.upper()
    wanted = fold(given)
    return next((code for code, name in country_names().items() if wanted == fold(name)), None)


@functools.cache
def _own_names() -> Mapping[str, str]:
    return {code: own for code, _, own in _listed() if own}


def _listed() -> list[tuple[str, str, str]]:
    """Code, English name and own name, which is empty where it is the English one."""
    rows = (line.split(";") for line in COUNTRIES.splitlines())
    return [(row[0], row[1], row[2] if len(row) > 2 else "") for row in rows]
