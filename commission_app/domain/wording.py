"""The words of the papers to donors that a commission may choose: our own, placeholders, checks.

What a law or the rules ask for is not among them: those sentences are in `ALWAYS_ADDED`, and the program
puts them under whatever text was chosen.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from commission_app.domain.donor_letters import Wordable
from commission_app.domain.text import clean
from commission_app.domain.validation import check_text
from commission_app.errors import Problem

MOST_SUBJECT: Final = 200
MOST_TEXT: Final = 5_000
NO_RECEIPT: Final = (
    "This letter confirms your pledge. It is not a receipt, and no acknowledgement for your taxes."
)
#: Below a letter that thanks for a gift in kind.
THANKS_ALONE: Final = "This letter is our thanks. It is not a receipt, and no acknowledgement for your taxes."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Subject and text of a paper, with placeholders like {name} in them."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A word in braces that the program fills in: what it stands for, and what a preview shows."""

    name: str
    meaning: str
    example: str

    @property
    def braced(self) -> str:
        """As it stands in a text: {name}."""
        return f"{{{self.name}}}"


_NAME: Final = Placeholder("name", "Name of the donor", "Jonathan Smith")
_COMMISSION: Final = Placeholder("commission", "Name of the commission", "Sister City Commission")
_CAMPAIGN: Final = Placeholder("campaign", "Name of the campaign", "Student exchange 2026")
_RECEIVER: Final = Placeholder("receiver", "Who receives the money", "Friends of Tainan")
_PROMISE: Final = Placeholder(
    "promise",
    "The pledge, its amount, campaign and day",
    "your pledge of $300.00 to Student exchange 2026, made on January 2, 2026",
)
_PAID: Final = (
    _NAME,
    Placeholder("amount", "What was paid", "$100.00"),
    Placeholder("received_on", "Day on which the payment came in", "June 5, 2026"),
    _CAMPAIGN,
    _RECEIVER,
    Placeholder("number", "Number of the receipt", "2026-0012"),
    _COMMISSION,
)
_REMINDED: Final = (
    _NAME,
    _CAMPAIGN,
    _PROMISE,
    Placeholder("pledged_on", "Day of the pledge", "January 2, 2026"),
    Placeholder("pledged", "What was promised", "$300.00"),
    Placeholder("received", "A sentence: what came in so far", "We have received $100.00 of it so far."),
    Placeholder("paid", "What was paid so far", "$100.00"),
    Placeholder("balance", "What is still open", "$200.00"),
    Placeholder(
        "past_due",
        "A sentence: what is past due since when",
        "$50.00 that was due on June 1, 2026 is still open.",
    ),
    Placeholder("overdue", "What is past due in all", "$50.00"),
    Placeholder("due_on", "Since when the oldest part is past due", "June 1, 2026"),
    Placeholder(
        "thanks",
        "A sentence: thanks for what was paid since the last letter, if anything",
        "Thank you for the $100.00 that came in on June 5, 2026.",
    ),
    Placeholder(
        "reminded",
        "A sentence: when reminders of it went out, if any did",
        "We wrote to you about your pledge on June 20, 2026.",
    ),
    _RECEIVER,
    _COMMISSION,
)

PLACEHOLDERS: Final[Mapping[Wordable, tuple[Placeholder, ...]]] = {
    Wordable.RECEIPT: _PAID,
    Wordable.FULL: _PAID,
    Wordable.ACKNOWLEDGEMENT: _PAID,
    Wordable.FUND: (*_PAID, Placeholder("fund", "The fund that paid", "Bay Area Community Fund")),
    Wordable.IN_KIND: (
        _NAME,
        Placeholder("gift", "What was given, and how much of it", "Host family nights: 12 nights"),
        Placeholder("delivered_on", "Day on which it was given", "June 5, 2026"),
        _CAMPAIGN,
        _RECEIVER,
        Placeholder("number", "Number of the receipt", "2026-0012"),
        _COMMISSION,
    ),
    Wordable.CONFIRMATION: (
        _NAME,
        _PROMISE,
        Placeholder("pledge", "What was promised", "$300.00"),
        Placeholder("pledged_on", "Day of the pledge", "January 2, 2026"),
        Placeholder("schedule", "When it is due", "12 monthly installments from January 31, 2026"),
        _CAMPAIGN,
        _RECEIVER,
        _COMMISSION,
    ),
    Wordable.REMINDER_GENTLE: _REMINDED,
    Wordable.REMINDER_FIRM: _REMINDED,
    Wordable.REMINDER_FINAL: _REMINDED,
    Wordable.STATEMENT: (
        _NAME,
        Placeholder("from", "First day", "January 1, 2026"),
        Placeholder("to", "Last day", "December 31, 2026"),
        Placeholder("total", "What was given in all", "$250.00"),
        _RECEIVER,
        _COMMISSION,
    ),
}

#: What the program adds of itself, by case; its own placeholders are filled in when the paper is made.
DISCLOSURE: Final = (
    "In return you received: {goods}. We estimate its value in good faith at {goods_value}. Only the part of "
    "your payment above that value may be deductible as a contribution."
)
NOTHING_IN_RETURN: Final = "No goods or services were given in return for this contribution."
NO_TAX_RECEIPT: Final = "This is an acknowledgement with our thanks. It is not a receipt for tax purposes."
FUND_PAID: Final = (
    "This gift was paid by a donor-advised fund, {fund}. No tax receipt is given for it: the donor has one "
    "from the organization that holds the fund."
)
FUND_GOODS: Final = (
    "In return for it was given: {goods}. We estimate its value in good faith at {goods_value}."
)
NO_VALUE: Final = "This receipt describes what was given. It states no value; finding one is up to the donor."


@dataclass(frozen=True, slots=True)
class Added:
    """A sentence that the program adds whatever the text says: `when`, in words, empty for always. The
    usual ones stand in a preview.
    """

    text: str
    when: str = ""
    is_usual: bool = True


ALWAYS_ADDED: Final[Mapping[Wordable, tuple[Added, ...]]] = {
    Wordable.RECEIPT: (
        Added(
            DISCLOSURE,
            "Goods in return, for a payment over the limit or of less than they are worth",
            is_usual=False,
        ),
    ),
    Wordable.FULL: (
        Added(NOTHING_IN_RETURN, "Nothing in return"),
        Added(DISCLOSURE, "Goods in return", is_usual=False),
    ),
    Wordable.ACKNOWLEDGEMENT: (Added(NO_TAX_RECEIPT),),
    Wordable.FUND: (Added(FUND_PAID), Added(FUND_GOODS, "Goods in return", is_usual=False)),
    Wordable.IN_KIND: (
        Added(NO_VALUE),
        Added(NOTHING_IN_RETURN, "The receiver has an EIN"),
        Added(NO_TAX_RECEIPT, "The receiver has no EIN", is_usual=False),
    ),
    Wordable.CONFIRMATION: (Added(NO_RECEIPT),),
    Wordable.REMINDER_GENTLE: (),
    Wordable.REMINDER_FIRM: (),
    Wordable.REMINDER_FINAL: (),
    Wordable.STATEMENT: (),
}


def _ours(subject: str, *paragraphs: str) -> Wording:
    return Wording(subject=subject, text="\n\n".join(paragraphs))


_DEAR: Final = "Dear {name},"
_WARMLY: Final = (
    "Thank you very much for the {amount} that you gave for {campaign}; it came in on {received_on}. Your "
    "support helps us do what we have planned."
)
_ON_ITS_WAY: Final = "If your payment is on its way, please accept our thanks and disregard this letter."

#: The words that the program comes with.
OURS: Final[Mapping[Wordable, Wording]] = {
    Wordable.RECEIPT: _ours(
        "Thank you for your support",
        _DEAR,
        _WARMLY,
    ),
    Wordable.FULL: _ours(
        "Acknowledgement of your contribution",
        _DEAR,
        "Thank you for your contribution of {amount} for {campaign}, which {receiver} received on "
        "{received_on}.",
        "Please keep this letter with your tax records.",
    ),
    Wordable.ACKNOWLEDGEMENT: _ours(
        "Thank you for your support",
        _DEAR,
        _WARMLY,
    ),
    Wordable.FUND: _ours(
        "With thanks for your recommendation",
        _DEAR,
        "Thank you for {amount} for {campaign}, which came in from {fund} on {received_on}.",
    ),
    Wordable.IN_KIND: _ours(
        "Receipt for your gift in kind",
        _DEAR,
        "Thank you for your gift to {campaign}, which came in on {delivered_on}: {gift}.",
    ),
    Wordable.CONFIRMATION: _ours(
        "Your pledge to {campaign}",
        _DEAR,
        "Thank you for {promise}.",
        "As we have noted it: {schedule}.",
    ),
    Wordable.REMINDER_GENTLE: _ours(
        "Your pledge to {campaign}",
        _DEAR,
        "{thanks}",
        "Thank you for {promise}. {received}",
        "{past_due} It may have slipped your mind.",
        _ON_ITS_WAY,
    ),
    Wordable.REMINDER_FIRM: _ours(
        "Payment due on your pledge to {campaign}",
        _DEAR,
        "{thanks}",
        "We write about {promise}. {received} {past_due}",
        "We count on it for what we have planned. Please send it soon, or tell us when it will come.",
        _ON_ITS_WAY,
    ),
    Wordable.REMINDER_FINAL: _ours(
        "Last reminder of your pledge to {campaign}",
        _DEAR,
        "{thanks}",
        "We write about {promise}. {received} {past_due} {reminded}",
        "This is our last reminder. Please send the payment, or tell us if you can no longer make it: then "
        "we will close the pledge.",
    ),
    Wordable.STATEMENT: _ours(
        "What you gave from {from} to {to}",
        _DEAR,
        "Thank you for your support. From {from} to {to} you gave {total}, as listed in this statement.",
    ),
}

_BRACED: Final = re.compile(r"\{([^{}\n]*)\}")
_CODES: Final = (
    "eur|gbp|jpy|cny|rmb|krw|twd|ntd|cad|aud|chf|vnd|won|pounds?(?! of)|pesos?|zł|zloty|złotych|kč|korunas?"
    "|kron(?:a|or|e|er)|baht|rupees?|rupiah|lira|dong|ringgit|rand|shekels?|dirhams?|riyals?|shillings?|naira"
)
#: Words with which a number near them is a value.
_VALUED: Final = "worth|value[ds]?|valuation|estimated?|appraised"
_MONEY: Final = re.compile(
    r"[$¢£€¥₩₫₹₽₱฿₪₺₴](?:\s?\d[\d.,]*\d|\s?\d)?"
    r"|\b\d[\d,'’ ]*[.,]\d\d\b(?![.,]?\d)"
    rf"|\b(?:{_CODES})\s?\d[\d.,]*|\b\d[\d.,]*\s?(?:{_CODES})\b"
    r"|\b(?:usd|dollars?|cents?|euros?|yen|yuan|renminbi|rubles?|francs?|bucks?)\b"
    rf"|\b(?:{_VALUED})\b[^,;.!?\d\n{{}}]{{0,30}}\d[\d.,]*|\b\d[\d.,]*\s(?:in value|worth)\b",
    re.IGNORECASE,
)
#: In the words of a paper, which no quantity needs, a number with its thousands apart is an amount, too.
_THOUSANDS: Final = re.compile(r"\b\d{1,3}(?:[.,'’ ]\d{3})+\b")


def fill(text: str, values: Mapping[str, str]) -> str:
    """A text with its placeholders filled in, once: braces in a value stay as they are. KeyError for a
    placeholder without a value.
    """
    return _BRACED.sub(lambda match: values[match[1].strip()], text)


def tidied(text: str) -> str:
    """A text that was filled in, without the gaps of placeholders that had nothing to say."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" *\n", "\n", re.sub(r" {2,}", " ", text))).strip()


def names_money(text: str) -> str | None:
    """The first thing in a text that reads as an amount of money ($, USD, dollars, 12.50), or None."""
    plain = unicodedata.normalize("NFKC", text)
    match = _MONEY.search(plain)
    return match[0].strip(" .,") if match else None


def _thousands(text: str) -> str | None:
    match = _THOUSANDS.search(unicodedata.normalize("NFKC", text))
    return match[0] if match else None


def check_wording(paper: Wordable, wording: Wording) -> list[Problem]:
    """Subject and text of a paper: there, known placeholders alone; in kind no figure of money."""
    problems = check_text("subject", wording.subject, "The subject", MOST_SUBJECT, required=True)
    problems += check_text("text", wording.text, "The text", MOST_TEXT, required=True)
    known = [placeholder.name for placeholder in PLACEHOLDERS[paper]]
    for path, text in (("subject", wording.subject), ("text", wording.text)):
        for match in _BRACED.finditer(text):
            if (name := match[1].strip()) not in known:
                problems.append(Problem(path, _unknown(paper, name, known)))
        if paper is Wordable.IN_KIND and (found := names_money(text) or _thousands(text)):
            message = f"A receipt in kind names no amount: take out “{found}”."
            problems.append(Problem(path, message))
    return problems


def _unknown(paper: Wordable, name: str, known: list[str]) -> str:
    if paper is Wordable.IN_KIND and name in ("amount", "total", "value", "estimate"):
        return f"A receipt in kind names no amount: take out {{{name}}}."
    nearest = get_close_matches(name.casefold(), known, n=1, cutoff=0.0)[0]
    return f"There is no {{{name}}} for this paper. The nearest is {{{nearest}}}."


def cleaned_wording(subject: str, text: str) -> Wording:
    """Subject and text as they are kept."""
    return Wording(subject=clean(subject).text, text=clean(text, multiline=True).text)


def examples(paper: Wordable) -> dict[str, str]:
    """What a preview fills in."""
    return {placeholder.name: placeholder.example for placeholder in PLACEHOLDERS[paper]}
