"""Receipts on the command line: the list, and issuing what waits for one."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commission_app.cli.calls import FILE, Call, command, output_to, pass_call
from commission_app.cli.columns import columns
from commission_app.cli.lists import headed
from commission_app.domain.money import format_money
from commission_app.domain.receipt_paper import TITLES

if TYPE_CHECKING:
    from datetime import date

    from commission_app.services.receipt_lists import ReceiptLine
    from commission_app.services.session import Session


@command("receipts")
@FILE
@click.option("--waiting", is_flag=True, help="The payments and deliveries that have no receipt yet.")
@pass_call
def receipts(call: Call, file: Path, waiting: bool) -> None:
    """The receipts issued by the day, in order of their numbers, voided and lost ones too."""
    from commission_app.services.list_blocks import Order
    from commission_app.services.receipt_lists import ReceiptFilter, ReceiptSort

    with call.reading(file) as session:
        if waiting:
            _answer_waiting(call, session)
            return
        today = session.context.today().today
        service = session.receipts
        ids = service.ids(ReceiptFilter(to_on=today), Order(ReceiptSort.NUMBER))
        lines = [line for at in range(0, len(ids), 500) for line in service.lines(ids[at : at + 500])]
        entries = session.record.by_key("receipts")
        listed = [
            {**_known_by(entries[line.key], today), "computed": {"label": line.label}} for line in lines
        ]
        document = headed(session, "receipts", listed)
        currency = session.commission.get().currency or "USD"
    rows = [_row(line, today, currency) for line in lines]
    heads = ["Number", "Issued", "Paper", "To", "Amount", "Standing", "Key"]
    call.answer(document, lambda: columns(rows, heads, right=(4,)) or ["There are no receipts yet."])


def _known_by(entry: dict[str, Any], today: "date") -> dict[str, Any]:
    voided = entry.get("voided")
    return {**entry, "voided": voided if voided and voided["on"] <= today.isoformat() else None}


def _row(line: "ReceiptLine", today: "date", currency: str) -> list[str]:
    is_voided = line.voided_on is not None and line.voided_on <= today
    return [
        line.label,
        line.issued_on.isoformat(),
        TITLES[line.kind],
        line.name,
        "" if line.amount_cents is None else format_money(line.amount_cents, currency),
        f"voided {line.voided_on}" if is_voided else "",
        line.key,
    ]


def _answer_waiting(call: Call, session: "Session") -> None:
    currency = session.commission.get().currency or "USD"
    payments = session.receipts.waiting()
    deliveries = session.receipts.waiting_in_kind()
    document = headed(
        session,
        "waiting",
        [
            *({"payment": line.key, "amount_cents": line.amount_cents} for line in payments),
            *({"delivery": line.key} for line in deliveries),
        ],
    )
    rows = [
        [line.received_on.isoformat(), line.payer, format_money(line.amount_cents, currency), line.key]
        for line in payments
    ]
    rows += [
        [
            line.on.isoformat(),
            line.name,
            f"{line.gift}, {line.quantity:,} {line.unit or ''}".strip(),
            line.key,
        ]
        for line in deliveries
    ]
    heads = ["Day", "From", "What", "Key"]
    call.answer(document, lambda: columns(rows, heads) or ["Nothing waits for a receipt."])


@command("issue")
@FILE
@click.option("--payment", "payments", multiple=True, help="A payment by its key; may be repeated.")
@click.option("--delivery", "deliveries", multiple=True, help="A delivery in kind by its key.")
@click.option("--all", "every", is_flag=True, help="Every payment and delivery without a receipt.")
@output_to("The receipts as one PDF to print and sign.", required=False)
@pass_call
def issue(
    call: Call,
    /,
    *,
    file: Path,
    payments: tuple[str, ...],
    deliveries: tuple[str, ...],
    every: bool,
    output: Path | None,
) -> None:
    """Issue receipts, all or none, under the next numbers; they are final."""
    from commission_app.documents.printed import draw
    from commission_app.exchange.whole_files import write_whole

    if every == bool(payments or deliveries):
        raise click.UsageError("Give --payment or --delivery with keys, or --all.")
    with call.writing(file) as session:
        service, id_of = session.receipts, session.papers.id_of
        paid = service.waiting_ids() if every else [id_of("payment", key) for key in payments]
        waiting = [line.id for line in service.waiting_in_kind()] if every else []
        given = waiting or [id_of("delivery", key) for key in deliveries]
        issued = service.issue(paid, delivery_ids=given)
        lines = service.lines(issued)
        paper = draw(service.bundle(issued, original=True)).data if output and issued else None
        document = headed(session, "issued", [{"key": line.key, "label": line.label} for line in lines])
    said = [f"{line.label}  {TITLES[line.kind]}, {line.name}" for line in lines]
    if output is not None and paper is not None:
        said.append(str(write_whole(output, paper)))
    call.answer(document, said or ["Nothing waits for a receipt."])
