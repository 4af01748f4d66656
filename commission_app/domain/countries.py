"""Countries by their two letters: names in English, and in the country's own language."""

import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from commission_app.domain.text import fold

#: Codes of the list that are no countries: unions, currency areas, the unknown, parts of others.
_NO_COUNTRIES: Final = frozenset(
    {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
)


@functools.cache
def country_names() -> Mapping[str, str]:
    """The English names of countries and territories by their ISO 3166 code of two letters."""
    from babel import Locale

    names = Locale("en").territories
    found = {code: str(name) for code, name in names.items() if len(code) == 2 and code.isalpha()}
    return MappingProxyType({code: name for code, name in sorted(found.items()) if code not in _NO_COUNTRIES})


def country_name(code: str) -> str:
    """The English name of a country; the code itself where there is none."""
    return country_names().get(code, code)


@functools.cache
def own_country_name(code: str) -> str:
    """What a country calls itself in its first official language: Việt Nam; in English where unknown."""
    from babel import Locale, UnknownLocaleError
    from babel.languages import get_official_languages

    for language in get_official_languages(code, de_facto=True):
        try:
            name = Locale.parse(language).territories.get(code)
        except (UnknownLocaleError, ValueError):
            continue
        if name:
            return str(name)
    return country_name(code)


def country_code(text: str) -> str | None:
    """The code of a country given by its code or its English name; None where unknown."""
    given = text.strip()
    if given.upper() in country_names():
        return given.upper()
    wanted = fold(given)
    return next((code for code, name in country_names().items() if wanted == fold(name)), None)
