"""Money as people type it and as the program writes it: whole cents, never a fraction."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from commission_app.domain.rule_book import RuleBook
from commission_app.errors import Problem, ValidationError

#: The largest amount: 10,000,000,000.00.
MOST_CENTS: Final = 10**12

_SIGNS: Final = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "CN¥", "KRW": "₩", "VND": "₫"}
_NO_DECIMALS: Final = frozenset(
    ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF")
)
_THREE_DECIMALS: Final = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))
_LONGEST: Final = 100  # characters of an amount, as typed
_SPACES: Final = " \u00a0\u202f"
_DASHES: Final = "-\u2212\u2013\u2012\ufe63"


@dataclass(frozen=True, slots=True)
class _Marks:
    """What separates the decimals, and what the thousands."""

    decimal: str = "."
    group: str = ","


def decimals(currency: str) -> int:
    """How many decimals a currency's amounts have (ISO 4217): 2, for a few 0 or 3. A cent is its smallest
    unit.
    """
    return 0 if currency in _NO_DECIMALS else 3 if currency in _THREE_DECIMALS else 2


def format_money(cents: int, currency: str = "USD", *, sign: bool = False, locale: str = "en_US") -> str:
    """An amount as it is read: 1,250.00, with `sign` $1,250.00; a currency without a sign of its own shows
    its code.
    """
    marks, places = _marks(locale), decimals(currency)
    whole, part = divmod(abs(cents), 10**places)
    text = f"{whole:,}".replace(",", marks.group)
    if places:
        text += f"{marks.decimal}{part:0{places}}"
    if sign:
        text = f"{_SIGNS[currency]}{text}" if currency in _SIGNS else f"{currency}\u00a0{text}"
    return f"-{text}" if cents < 0 else text


def parse_money(
    text: str, currency: str = "USD", *, locale: str = "en_US", zero_allowed: bool = False, path: str = ""
) -> int:
    """An amount as typed, in cents: 1250, $1,250, 1,250.00, 12.5, .50, 1200.-; full-width digits are read as
    digits.

    ValidationError at `path` with a sentence for anything that could be read in two ways (12,50),
    negative amounts, fractions of a cent, zero unless allowed, and amounts over 10^12 cents. Babel is
    not asked to read: it takes 12,50 for 1250.
    """
    marks, places = _marks(locale), decimals(currency)
    words = re.sub(rf"(\d)[.,][{_DASHES}]{{1,2}}$", r"\1", _half_width(text).strip())  # 1200.- for even sums
    if not words:
        raise _refused(path, "The amount is missing.")
    if len(words) > _LONGEST:
        raise _refused(path, _advice("", marks, places))
    if re.fullmatch(rf"\(.*\)|[^\d]*[{_DASHES}].*|.*[{_DASHES}]", words, re.DOTALL):
        raise _refused(path, "Write an amount without a minus or parentheses; it cannot be negative.")
    number = _without_sign(words, currency)
    whole, part = _split(number, marks, places, path)
    cents = int(whole + part.ljust(places, "0"))
    if not cents and not zero_allowed:
        raise _refused(path, "The amount must be more than zero.")
    if cents > MOST_CENTS:
        raise _refused(path, f"{format_money(MOST_CENTS, currency, locale=locale)} is the largest amount.")
    return cents


def check_cents(path: str, cents: int | None, label: str, *, zero_allowed: bool = False) -> list[Problem]:
    """An amount in cents: whole, more than zero (or zero where allowed), at most 10^12."""
    if cents is None:
        return [Problem(path, f"{label} is missing.")]
    if not isinstance(cents, int) or isinstance(cents, bool):
        return [Problem(path, f"{label} is a whole number of cents.")]
    if cents < 0 or (not cents and not zero_allowed):
        return [Problem(path, f"{label} must {'not be negative' if zero_allowed else 'be more than zero'}.")]
    if cents > MOST_CENTS:
        return [Problem(path, f"{label} is over {format_money(MOST_CENTS)}, the largest amount.")]
    return []


def money_year(on: date, book: RuleBook) -> tuple[date, date]:
    """First and last day of the money year that a day is in (setting `money.year_start`, MM-DD)."""
    month, day = map(int, book.text("money.year_start", on).split("-"))
    first = date(on.year, month, day)
    if first > on:
        first = date(on.year - 1, month, day)
    return first, date(first.year + 1, month, day) - timedelta(days=1)


# ---- Reading --------------------------------------------------------------------------------------


def _refused(path: str, message: str) -> ValidationError:
    return ValidationError([Problem(path, message)])


def _marks(locale: str) -> _Marks:
    if locale.replace("-", "_").split("_")[0] in ("", "C", "en"):
        return _Marks()
    from babel import Locale, UnknownLocaleError

    try:
        symbols = Locale.parse(locale.replace("-", "_")).number_symbols
    except (UnknownLocaleError, ValueError):
        return _Marks()
    found = symbols.get("latn", {})
    return _Marks(str(found.get("decimal", ".")), str(found.get("group", ",")))


def _half_width(text: str) -> str:
    """Full-width letters, digits and signs, as East Asian keyboards write them, in their usual width."""
    return "".join(unicodedata.normalize("NFKC", c) if "\uff01" <= c <= "\uffe6" else c for c in text)


def _without_sign(words: str, currency: str) -> str:
    names = [currency, _SIGNS.get(currency, currency), *(["US$"] if currency == "USD" else [])]
    sign = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    match = re.fullmatch(
        rf"(?i:(?P<before>{sign})[{_SPACES}]?)?(?P<number>.*?)(?i:[{_SPACES}]?(?P<after>{sign}))?", words
    )
    if match is None or (match["before"] and match["after"]):
        return words
    return match["number"]


def _split(number: str, marks: _Marks, places: int, path: str) -> tuple[str, str]:
    """The digits before and after the decimal mark; ValidationError where they cannot be told for sure."""
    decimal = re.escape(marks.decimal)
    group = f"[{_SPACES}]" if marks.group in _SPACES else re.escape(marks.group)
    match = re.fullmatch(
        rf"(?P<whole>[0-9]{{1,3}}(?:{group}[0-9]{{3}})+|[0-9]+)?(?:{decimal}(?P<part>[0-9]+))?",
        number,
        re.ASCII,
    )
    if match is None or not (match["whole"] or match["part"]):
        raise _refused(path, _advice(number, marks, places))
    whole, part = re.sub(r"[^0-9]", "", match["whole"] or "0"), match["part"] or ""
    if len(part) > places:
        most = f"at most {places} decimals" if places else "no decimals"
        raise _refused(path, f"An amount has {most}; {number} has {len(part)}.")
    return whole, part


def _advice(number: str, marks: _Marks, places: int) -> str:
    """What to write instead, with the same digits where it is plain which amount was meant."""
    other = marks.group if marks.group not in _SPACES else "."
    # One wrong mark before the decimals, as in 12,50 or $1.234,56.
    match = re.fullmatch(
        rf"([0-9]{{1,3}}(?:[{re.escape(marks.decimal)}{_SPACES}'’][0-9]{{3}})*|[0-9]{{1,10}})"
        rf"{re.escape(other)}([0-9]{{1,{max(places, 1)}}})",
        number,
        re.ASCII,
    )
    if match and places:
        whole = f"{int(re.sub('[^0-9]', '', match[1])):,}".replace(",", marks.group)
        return f"Write {whole}{marks.decimal}{match[2].ljust(places, '0')} if that is the amount."
    example = _example(marks, places)
    return f"This is not an amount. Write one like {example}."


def _example(marks: _Marks, places: int) -> str:
    """An amount as messages show it: 1,250.00."""
    return f"1{marks.group}250" + (f"{marks.decimal}{'0' * places}" if places else "")
