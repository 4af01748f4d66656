"""Votes: whether a motion carries, and who may act on what is not on the agenda."""

from enum import StrEnum


class Threshold(StrEnum):
    CAST = "cast"
    PRESENT = "present"
    ALL = "all"
    TWO_THIRDS = "two-thirds"


def carries(threshold: Threshold, *, ayes: int, noes: int, abstained: int, regular_seats: int) -> bool:
    """Whether a motion carries (rules section 2). Voters present and not recused are those who said
    aye or no or abstained; a tie fails, and so does a motion without an aye.
    """
    if threshold is Threshold.CAST:
        return ayes > noes
    if threshold is Threshold.PRESENT:
        return 2 * ayes > ayes + noes + abstained
    if threshold is Threshold.ALL:
        return 2 * ayes > regular_seats
    return ayes >= 1 and ayes >= 2 * noes


def ayes_needed(threshold: Threshold, *, noes: int, abstained: int, voters: int, regular_seats: int) -> int:
    """The fewest ayes that carry against the noes given; for `present` of that many voters in all."""
    if threshold is Threshold.CAST:
        return noes + 1
    if threshold is Threshold.PRESENT:
        return max(voters, noes + abstained) // 2 + 1
    if threshold is Threshold.ALL:
        return regular_seats // 2 + 1
    return max(1, 2 * noes)


def off_agenda_ayes_needed(seats: int, present: int) -> int:
    """Ayes to act on what is not on a posted regular agenda and arose after posting [Gov. Code 54954.2]:
    two thirds of the members present, all of them when fewer than two thirds of the seats are present.
    """
    if 3 * present < 2 * seats:
        return max(1, present)
    return -(-2 * present // 3)
