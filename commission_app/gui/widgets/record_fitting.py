"""How wide the columns of a table are, and which of them leave where there is no room for all."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wish:
    """What one column wants, in pixels.

    `floor` is what it keeps when others need room too, `least` what it keeps when there is no other way,
    `need` shows its cells whole, `wish` is the width it likes to have, `by_hand` what the reader gave it (0:
    nothing). Columns of a high `rank` are cut first;
    those with `leaves` go altogether, the lowest first (0: stays); `stretch` shares out what is left over."""

    least: int
    floor: int
    need: int
    wish: int
    by_hand: int = 0
    rank: int = 0
    leaves: int = 0
    stretch: int = 0


def staying(wishes: Mapping[int, Wish], room: int) -> list[int]:
    """The columns for which there is room without cutting any below its floor."""
    stay = dict(wishes)
    going = sorted((at for at, one in wishes.items() if one.leaves), key=lambda at: (wishes[at].leaves, -at))
    for at in going:
        if sum(one.floor for one in stay.values()) <= room:
            break
        del stay[at]
    return list(stay)


def fitted(wishes: Mapping[int, Wish], room: int) -> dict[int, int]:
    """The width of each column: given by hand, else what its cells need, cut or widened to fill the room."""
    widths = {at: one.by_hand or one.need for at, one in wishes.items()}
    free = [at for at, one in wishes.items() if not one.by_hand]
    rest = room - sum(widths.values())
    if rest < 0:
        ranks = sorted({wishes[at].rank for at in free}, reverse=True)
        for limits in (
            {at: wishes[at].floor for at in free},
            {at: wishes[at].least for at in free},
        ):
            for rank in ranks:
                own = {at: max(0, widths[at] - limits[at]) for at in free if wishes[at].rank == rank}
                cut = min(-rest, sum(own.values()))
                for at, share in _shared(cut, own).items():
                    widths[at] -= share
                rest += cut
        return widths
    longing = {at: max(0, wishes[at].wish - wishes[at].need) for at in free}
    given = min(rest, sum(longing.values()))
    stretches = {at: wishes[at].stretch for at in free if wishes[at].stretch} or dict.fromkeys(free, 1)
    for amount, shares in ((given, longing), (rest - given, stretches)):
        for at, share in _shared(amount, shares).items():
            widths[at] += share
    return widths


def _shared(amount: int, shares: Mapping[int, int]) -> dict[int, int]:
    """An amount in proportion to the shares, to the last pixel."""
    whole, given, done = sum(shares.values()), 0, 0
    parts: dict[int, int] = {}
    for at, share in shares.items():
        done += share
        upto = amount * done // whole if whole else 0
        parts[at], given = upto - given, upto
    return parts
