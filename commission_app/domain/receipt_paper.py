"""The words of a receipt: made once, frozen in the record, drawn again as they were."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Final

from commission_app.domain.dates import long_day
from commission_app.domain.donor_letters import Wordable
from commission_app.domain.frozen_words import check_frozen
from commission_app.domain.letter_paper import LetterPaper
from commission_app.domain.receipts import Receipt, ReceiptKind
from commission_app.domain.report_paper import Block
from commission_app.errors import Problem

TITLES: Final[Mapping[ReceiptKind, str]] = {
    ReceiptKind.SHORT: "Receipt",
    ReceiptKind.FULL: "Receipt and acknowledgement",
    ReceiptKind.ACKNOWLEDGEMENT: "Acknowledgement",
    ReceiptKind.FUND: "Acknowledgement",
    ReceiptKind.IN_KIND: "Receipt in kind",
    ReceiptKind.LOST: "Lost number",
}
#: Whose wording a kind of receipt has.
WORDED_BY: Final[Mapping[ReceiptKind, Wordable]] = {
    ReceiptKind.SHORT: Wordable.RECEIPT,
    ReceiptKind.FULL: Wordable.FULL,
    ReceiptKind.ACKNOWLEDGEMENT: Wordable.ACKNOWLEDGEMENT,
    ReceiptKind.FUND: Wordable.FUND,
    ReceiptKind.IN_KIND: Wordable.IN_KIND,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPaper:
    """Every word that a receipt prints. `facts` are what and its value, `statements` the sentences that the
    program adds; `number` is empty as long as none is given out.
    """

    body_name: str
    full_name: str
    city_line: str
    address_lines: tuple[str, ...] = ()
    title: str
    number: str = ""
    date_line: str
    to_lines: tuple[str, ...]
    subject: str
    text: str
    facts: tuple[tuple[str, str], ...]
    statements: tuple[str, ...] = ()
    signer_lines: tuple[str, ...] = ()

    @classmethod
    def problems_of(cls, content: Any) -> list[Problem]:
        """What of a frozen paper cannot be read back, each with its place in it."""
        return check_frozen(cls, content)

    def content(self) -> dict[str, Any]:
        """As JSON, as the record keeps it."""
        return asdict(self)

    @classmethod
    def of_content(cls, content: Mapping[str, Any]) -> "ReceiptPaper":
        """The paper that was frozen; words that this version does not know are passed over."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: _tuples(value) for name, value in content.items() if name in known})


def _tuples(value: Any) -> Any:
    return tuple(_tuples(each) for each in value) if isinstance(value, list | tuple) else value


@dataclass(frozen=True, slots=True)
class Marks:
    """What is printed over a receipt beside its words: a mark on top, and a notice in a frame."""

    mark: str = ""
    notice: str = ""


def marks_of(receipt: Receipt | None, *, copied_on: date | None = None) -> Marks:
    """DRAFT without a receipt, VOID with its day and reason, COPY with the day of a reprint; the original
    has none.
    """
    if receipt is None:
        return Marks(mark="DRAFT")
    if receipt.voided_on is not None:
        day = long_day(receipt.voided_on)
        return Marks(f"VOID, {day}", f"VOID since {day}: {receipt.void_reason}")
    return Marks(f"COPY, {long_day(copied_on)}") if copied_on is not None else Marks()


def letter_of(paper: ReceiptPaper, marks: Marks, *, logo: bytes | None, page_size: str) -> LetterPaper:
    """A receipt as it is laid out: a letter with its title and number on top and its facts below the text."""
    named = f"{paper.title} {paper.number}".strip()
    return LetterPaper(
        body_name=paper.body_name,
        full_name=paper.full_name,
        city_line=paper.city_line,
        address_lines=paper.address_lines,
        logo=logo,
        title=paper.title,
        number=f"No. {paper.number}" if paper.number else "No number yet",
        notice=marks.notice,
        to_lines=paper.to_lines,
        date_line=paper.date_line,
        subject=paper.subject,
        text=paper.text,
        blocks=(Block(facts=paper.facts),),
        ending="\n\n".join(paper.statements),
        signer_lines=paper.signer_lines,
        footer=f"{paper.full_name}, {named[:1].lower()}{named[1:]}",
        mark=marks.mark,
        page_size=page_size,
    )
