"""Whose name stands in the words of a bank: in any order and case, cut off, with initials, without accents,
apostrophes and hyphens, or one part of a double name.

What banks write around a name (ZELLE FROM ..., CHECK 1042 ...) divides the words into runs. A name is looked
for in each run; a word of the run that is none of it says that somebody else may be meant.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from commission_app.domain.text import fold

#: How well a name fits, 0 to 50: every word; with others beside it or mistyped; given name as an initial; the
#: family name alone.
ALL, ALIKE, INITIAL, FAMILY = 50, 40, 36, 20


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: What banks and payment services write around a name.
_BANKS: Final = _listed(
    "ach acct account acctnum activity advice amount atm authorized bal balance bank banking bill "
    "billpay branch business by card cash cashapp cd check checking chk cheque ck co com conf "
    "confirmation counter credit customer date debit dep deposit deposited des direct donation donations "
    "edeposit electronic express fee for from fund fwd general gift id in incoming inst instant interest "
    "internet intl invoice memo merchant mobile money no note nbr number on one online orig out "
    "payment payments paypal payroll pmt ppd point pos posted purchase quickpay realtime rec recd "
    "received recurring ref reference refund remote rtp sale sent service shared sq square stripe teller "
    "tel thank to trace tran trans transaction transfer trn trnsfr txn via venmo visa mastercard "
    "vault web website wire withdrawal xfer xfr you your zelle download usbank bkofamerica "
    "name desc descr entry sec pledge dues mobiledeposit standard "
    "instalment installment"
)
_TITLES: Final = _listed("mr mrs ms mx dr prof rev hon jr sr ii iii iv phd md esq")
_PARTICLES: Final = _listed("de la las los del da do dos di du van von der den le y e and of the")
#: What organizations are called without, or abbreviated.
_GENERIC: Final = _listed(
    "inc llc ltd corp co company association assn assoc foundation fdn fund trust society soc club"
)
_OPTIONAL: Final = _TITLES | _PARTICLES | _GENERIC
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_LEAST_TYPED: Final = 4  # letters of a word that may be mistyped
_CUT: Final = 6  # letters after which a bank may have cut off a word
_RARE: Final = 50  # contacts of which each has a word that tells enough alone
_CUT_NAME: Final = 12  # and a name


@dataclass(frozen=True, slots=True)
class NameHit:
    """A contact, by place, whose name stands in a row, how well it fits (0 to 50) and that in words."""

    place: int
    score: int
    reason: str


@dataclass(frozen=True, slots=True)
class _Alias:
    place: int
    words: tuple[str, ...]
    #: The whole name, with what can be left out.
    spelled: str = ""


def words_of(text: str) -> list[str]:
    """The words of a name or of a bank's text, folded: O'Brien is one word, García-Vega are two."""
    bare = re.sub(r"['’‘`´]", "", fold(text))
    return re.findall(r"[^\W_]+", bare)


def runs_of(text: str) -> list[list[str]]:
    """The words of a bank's text that may be names, divided where the bank's own words or numbers stand."""
    runs: list[list[str]] = [[]]
    for word in words_of(text):
        if word in _BANKS or any(letter.isdigit() for letter in word):
            runs.append([])
        else:
            runs[-1].append(word)
    return [run for run in runs if run]


def names_somebody(text: str) -> bool:
    """Whether there is a word that may be a name, of three letters or more, or of another script."""
    return any(len(word) > 2 or not word.isascii() for run in runs_of(text) for word in run)


class PayerNames:
    """The names of all who may have paid."""

    def __init__(self, names: Sequence[str]) -> None:
        """Contacts are known by their place in `names`."""
        self._having: dict[str, list[_Alias]] = {}
        self._joined: dict[str, tuple[str, ...]] = {}
        for alias in (alias for place, name in enumerate(names) for alias in _aliases(place, name)):
            for word in set(alias.words):
                self._having.setdefault(word, []).append(alias)
        for name in names:
            for joined, words in _joined(words_of(name)):
                self._joined.setdefault(joined, words)
        self._vocabulary = [word for word in self._having if len(word) >= _LEAST_TYPED]
        self._near = lru_cache(maxsize=4096)(self._find_near)

    def find(self, text: str, *, is_name: bool = False) -> list[NameHit]:
        """Who stands in a text, the best first; `is_name` where the text is nothing but a name, so that one
        word can be enough.
        """
        best: dict[int, NameHit] = {}
        whole = f" {' '.join(words_of(text))} "
        for run in runs_of(text):
            known, written = self._spelled(run), " ".join(run)
            near = {word: self._near(word) for word in known if word not in self._having}
            for alias in self._candidates(known, near):
                is_whole = " " in alias.spelled and f" {alias.spelled} " in whole
                score = ALL if is_whole else _fit(alias.words, known, near, is_name=is_name)
                if score < ALIKE and alias.spelled.startswith(written) and len(written) >= _CUT_NAME:
                    score = ALIKE
                if score > best.get(alias.place, NameHit(alias.place, 0, "")).score:
                    best[alias.place] = NameHit(alias.place, score, _reason(score))
        found = sorted(best.values(), key=lambda hit: (-hit.score, hit.place))
        family = [hit for hit in found if hit.score == FAMILY]
        return [hit for hit in found if hit.score != FAMILY or len(family) == 1]

    def _spelled(self, run: Sequence[str]) -> list[str]:
        """A run as names have it: MC DONALD is mcdonald, DELACRUZ is de la cruz, where there are such."""
        found: list[str] = []
        at = 0
        while at < len(run):
            pair = run[at] + run[at + 1] if at + 1 < len(run) else ""
            if pair in self._having and len(min(run[at : at + 2], key=len)) <= 3:
                found.append(pair)
                at += 2
                continue
            word = run[at]
            found += self._joined[word] if word in self._joined and word not in self._having else (word,)
            at += 1
        return found

    def _candidates(self, known: Sequence[str], near: Mapping[str, Sequence[str]]) -> Iterator[_Alias]:
        """The names that have a word of a run; of a word that many have, those with another one too."""
        found: dict[int, tuple[_Alias, int]] = {}
        for word in dict.fromkeys(known):
            for one in near.get(word, (word,)):
                having = self._having[one]
                counts = 2 if len(having) <= _RARE else 1
                for alias in having:
                    found[id(alias)] = alias, found.get(id(alias), (alias, 0))[1] + counts
        return (alias for alias, count in found.values() if count > 1)

    def _find_near(self, word: str) -> tuple[str, ...]:
        if len(word) < _LEAST_TYPED:
            return ()
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        found = process.extract(
            word, self._vocabulary, scorer=OSA.distance, score_cutoff=_slips(word), limit=8
        )
        near = [known for known, _, _ in found]
        if len(word) >= _CUT:
            near += [known for known in self._vocabulary if known.startswith(word) and known not in near]
        return tuple(near)


def _aliases(place: int, name: str) -> Iterator[_Alias]:
    """The ways in which a name may stand: in each of its scripts, with a nickname, without umlauts."""
    bare = re.sub(r"[(\[\"“][^)\]\"”]*[)\]\"”]", " ", name)
    words = words_of(bare) or words_of(name)
    core = [word for word in words if word not in _OPTIONAL]
    core = core if len(core) > 1 or len(words) == 1 else [word for word in words if word not in _TITLES]
    for script in ([word for word in core if word[0] < "ɐ"], [word for word in core if word[0] >= "ɐ"]):
        if script:
            yield _Alias(place, tuple(script), " ".join(words))
    if nickname := re.search(r"[(\"“](\w+)[)\"”]", name):
        yield _Alias(place, (fold(nickname[1]), core[-1]))
    if (written_out := name.lower().translate(_UMLAUTS)) != name.lower():
        yield _Alias(place, tuple(word for word in words_of(written_out) if word not in _OPTIONAL))


def _joined(words: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Two or three words of a name written as one: delacruz, chiahui."""
    for many in (2, 3):
        for at in range(len(words) - many + 1):
            part = words[at : at + many]
            yield "".join(part), tuple(word for word in part if word not in _OPTIONAL)


def _slips(word: str) -> int:
    return 1 if len(word) < 8 else 2


def _fit(
    words: Sequence[str], run: Sequence[str], alike: Mapping[str, Sequence[str]], *, is_name: bool
) -> int:
    """How well a name fits a run of words; `alike` are the words for which mistyped or cut ones may stand."""
    left = list(run)
    full = near = short = 0
    letters = 0
    missing: list[str] = []
    for word in words:
        if word in left:
            left.remove(word)
            full, letters = full + 1, letters + len(word)
        else:
            missing.append(word)
    for word in list(missing):
        written = next((one for one in left if word in alike.get(one, ())), None)
        if written is not None:
            left.remove(written)
            missing.remove(word)
            near, letters = near + 1, letters + len(word)
    for word in list(missing):
        written = next((one for one in left if len(one) < _CUT and word.startswith(one)), None)
        if written is not None and full + near:
            left.remove(written)
            missing.remove(word)
            short += 1
    others = [word for word in left if word not in _OPTIONAL and len(word) > 1]
    return _scored(words, (full, near, short), letters, others, missing, is_name=is_name)


def _scored(
    words: Sequence[str],
    hits: tuple[int, int, int],
    letters: int,
    others: Sequence[str],
    missing: Sequence[str],
    *,
    is_name: bool,
) -> int:
    full, near, short = hits
    if len(words) == 1:
        # A single word says little: it has to be all there is, and no common one.
        return ALL if full and not others and (is_name or not words[0].isascii()) else 0
    if not missing:
        if full + near >= 2 and not others:
            return ALIKE if near else ALL
        if full + near >= 2:
            return ALIKE
        return INITIAL if not others and full + near else 0
    if others or full + near == 0:
        return 0
    if full + near >= 2 and 2 * letters >= sum(map(len, words)):
        return ALIKE
    if short:
        return INITIAL if len(words) - len(missing) >= 2 and words[-1] not in missing else 0
    return FAMILY if full and words[-1] not in missing and len(words[-1]) > 3 else 0


def _reason(score: int) -> str:
    if score == ALL:
        return "the name"
    if score == ALIKE:
        return "a similar name"
    return "part of the name"
