"""A receipt as a paper: a copy of one that is issued, or a draft of one that is not."""

from dataclasses import replace

from sqlalchemy import Connection

from commission_app.domain.papers import NothingToPrintError, PaperChoice
from commission_app.errors import ValidationError
from commission_app.services.context import Context
from commission_app.services.list_blocks import Order
from commission_app.services.paper_parts import Made
from commission_app.services.receipt_lists import ReceiptFilter, ReceiptLine, ReceiptSort
from commission_app.services.receipts import ReceiptService

_LATEST = Order(ReceiptSort.NUMBER, descending=True)


def receipt_paper(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """A receipt that is issued, the latest one without a choice: a COPY of the day, unless it is printed as
    it is issued (`original`). With a payment chosen, its receipt as a DRAFT.
    """
    service = ReceiptService(context)
    if choice.payment:
        try:
            proposal = service.proposal(choice.payment)
        except ValidationError as error:
            raise NothingToPrintError("receipts", error.problems[0].message) from error
        return Made(
            content=service.draft(choice.payment),
            title=f"draft of a receipt for {proposal.paper.to_lines[0]}",
            file_stem=f"receipt-draft-{proposal.paper.to_lines[0]}",
            choice=choice,
            is_private=True,
            contact_ids=(proposal.contact_id,),
        )
    line = service.lines([choice.receipt])[0] if choice.receipt else _latest(service)
    return Made(
        content=service.letter(line.id, original=choice.original),
        title=f"receipt {line.label}",
        file_stem=f"receipt-{line.label}",
        choice=replace(choice, receipt=line.id),
        is_private=True,
        contact_ids=(line.contact_id,) if line.contact_id else (),
    )


def _latest(service: ReceiptService) -> ReceiptLine:
    for line in service.page(ReceiptFilter(is_voided=False), _LATEST, limit=1).rows:
        return line
    raise NothingToPrintError("receipts", "No receipt is issued yet.")
