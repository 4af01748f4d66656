"""The atlas: cities of the world that a form completes, with their facts."""

from collections.abc import Sequence

from commission_app.domain.inquiries import CityDraft
from commission_app.domain.text import fold


def read_atlas(text: str) -> Sequence[str]:
    """The lines of the atlas from its text, whose first line is a header. A line has, parted by tabs:
    name, own spelling, country, region, latitude, longitude, zone, population, and the folded names
    (its own first, parted by bars). The largest cities stand first.
    """
    return text.rstrip("\n").split("\n")[1:]


def cities_like(
    atlas: Sequence[str], text: str, most: int = 8, country: str | None = None
) -> list[CityDraft]:
    """The cities with a name that holds a text, marks and case ignored: those whose name begins with it
    first, then those with another spelling that does, then the rest, each by population. What follows
    a comma narrows by region.
    """
    wanted, _, narrowed = (fold(part) for part in text.partition(","))
    if not wanted:
        return []
    ranked: tuple[list[list[str]], list[list[str]], list[list[str]]] = ([], [], [])
    for line in atlas:
        if wanted not in line:  # facts too; looked at more closely below
            continue
        facts = line.split("\t")
        spellings = facts[8]
        if wanted not in spellings or (country and facts[2] != country):
            continue
        if narrowed and narrowed not in fold(facts[3]):
            continue
        begins = spellings.startswith(wanted)
        ranked[0 if begins else 1 if f"|{wanted}" in spellings else 2].append(facts)
    return [_draft(facts) for found in ranked for facts in found][:most]


def _draft(facts: Sequence[str]) -> CityDraft:
    name, native, country, region, latitude, longitude, zone, population = facts[:8]
    return CityDraft(
        name=name,
        native_name=native or None,
        country=country,
        region=region or None,
        latitude=float(latitude),
        longitude=float(longitude),
        zone=zone or None,
        population=int(population),
    )
