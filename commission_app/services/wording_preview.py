"""A paper to a donor in words that are being edited, with examples in place of what it will say."""

from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from commission_app.domain.donor_letters import Wordable
from commission_app.domain.letter_paper import LetterPaper
from commission_app.domain.receipt_paper import TITLES, WORDED_BY
from commission_app.domain.receipts import ReceiptKind
from commission_app.domain.report_paper import Block
from commission_app.domain.wording import ALWAYS_ADDED, Wording, examples, fill
from commission_app.services.context import Context
from commission_app.services.letter_sheets import blank_sheet

_KINDS: Final = {paper: kind for kind, paper in WORDED_BY.items()}
_GOODS: Final = {"goods": "Dinner for two", "goods_value": "$40.00", "fund": "Bay Area Community Fund"}
_EIN: Final = (("EIN", "12-3456789"),)


class _Examples(dict[str, str]):
    """Values by placeholder; one that nobody knows stays as it was typed."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


def preview(context: Context, connection: Connection, paper: Wordable, wording: Wording) -> LetterPaper:
    """The paper as it would look, within a transaction: our letterhead, an invented donor, marked DRAFT."""
    sheet = blank_sheet(context, connection, context.present(connection).today)
    values = _Examples({**_GOODS, **examples(paper), "commission": sheet.full_name})
    if paper is Wordable.FULL:
        values["amount"] = "$250.00"
    added = [fill(each.text, values) for each in ALWAYS_ADDED[paper] if each.is_usual]
    letter = replace(
        sheet,
        to_lines=(values["name"], "12 Elm Street", "Alder Glen, CA 95000"),
        subject=fill(wording.subject, values),
        text=fill(wording.text, values),
        ending="\n\n".join(added),
        mark="DRAFT",
    )
    kind = _KINDS.get(paper)
    if kind is None:
        return letter
    facts = _facts(kind, values)
    number = f"No. {values['number']}"
    return replace(letter, title=TITLES[kind], number=number, blocks=(Block(facts=facts),))


def _facts(kind: ReceiptKind, values: _Examples) -> tuple[tuple[str, str], ...]:
    last: tuple[tuple[str, str], ...] = (("For", values["campaign"]), ("Received by", values["receiver"]))
    if kind is not ReceiptKind.ACKNOWLEDGEMENT:
        last += _EIN
    if kind is ReceiptKind.IN_KIND:
        gift, _, quantity = values["gift"].partition(": ")
        given = ("Given on", values["delivered_on"])
        return ("Given by", values["name"]), ("Gift", gift), ("Quantity", quantity), given, *last
    payer = values["fund"] if kind is ReceiptKind.FUND else values["name"]
    paid = ("Amount", values["amount"]), ("Received on", values["received_on"])
    return ("Received from", payer), *paid, ("Paid by", "Check, 1042"), *last
