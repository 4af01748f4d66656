"""The slip of a deposit: its checks one by one, the cash, the total, and lines to sign on."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection, select

from commission_app.domain.dates import long_day
from commission_app.domain.money import format_money
from commission_app.domain.papers import NothingToPrintError, PaperChoice
from commission_app.domain.payments import PaymentMethod
from commission_app.domain.report_paper import Block, Column, ReportPaper, Table
from commission_app.services.contacts import names
from commission_app.services.context import Context
from commission_app.services.deposits import DepositService, DepositView
from commission_app.services.money_words import currency_of
from commission_app.services.paper_parts import (
    NOT_FOR_THE_PACKET,
    Made,
    counted,
    report,
    shown_name,
)
from commission_app.services.payment_lists import PaymentLine
from commission_app.storage.tables import deposits

_CHECKS = (Column("No.", numeric=True), Column("Check"), Column("From"), Column("Amount", numeric=True))
_OTHERS = (Column("No.", numeric=True), Column("How"), Column("From"), Column("Amount", numeric=True))
_CASH = (Column("No.", numeric=True), Column("Cash"), Column("From"), Column("Amount", numeric=True))
_METHODS = {
    PaymentMethod.CARD: "Card",
    PaymentMethod.BANK_TRANSFER: "Bank transfer",
    PaymentMethod.DONOR_ADVISED_FUND: "Donor-advised fund",
    PaymentMethod.OTHER: "Other",
}


def deposit_slip(context: Context, connection: Connection, choice: PaperChoice) -> Made:
    """The slip of a deposit as it stands; without a choice of the latest one. Nothing in it is frozen: no
    print of it is a copy of another.
    """
    deposit_id = choice.deposit or _latest(connection)
    view = DepositService(context).get(deposit_id)
    deposit = view.deposit
    currency = currency_of(connection)
    lines = [long_day(deposit.on), deposit.account or ""]
    if deposit.reference:
        lines.append(f"Reference {deposit.reference}")
    if deposit.voided_on is not None:
        reason = (deposit.void_reason or "").rstrip(".")
        lines.append(f"VOID on {long_day(deposit.voided_on)}: {reason}.")
    paper = report(
        context,
        connection,
        "Deposit slip",
        lines=lines,
        blocks=_blocks(connection, view, choice, currency),
        is_private=True,
    )
    return Made(
        content=_marked(paper, view),
        title=f"deposit slip of {long_day(deposit.on)}",
        file_stem=f"deposit-{deposit.on.isoformat()}",
        choice=replace(choice, deposit=deposit_id),
        is_private=True,
    )


def _latest(connection: Connection) -> str:
    latest = select(deposits.c.id).order_by(deposits.c.on.desc(), deposits.c.id.desc()).limit(1)
    found = connection.execute(latest).scalar()
    if found is None:
        raise NothingToPrintError("deposits", "No deposit is in the file yet.")
    return str(found)


def _marked(paper: ReportPaper, view: DepositView) -> ReportPaper:
    void = "VOID" if view.deposit.voided_on is not None else ""
    return replace(paper, mark=". ".join(filter(None, (void, NOT_FOR_THE_PACKET))))


def _blocks(connection: Connection, view: DepositView, choice: PaperChoice, currency: str) -> list[Block]:
    payers = names(connection, (line.payer_id for line in view.payments))
    shown = [replace(line, payer=shown_name(payers[line.payer_id], choice)) for line in view.payments]
    checks = [line for line in shown if line.method in (PaymentMethod.CHECK, None)]
    others = [line for line in shown if line.method in _METHODS]
    cash = [line for line in shown if line.method is PaymentMethod.CASH]
    blocks = []
    if checks:
        table = _table(_CHECKS, view, checks, (line.reference or "" for line in checks), currency)
        blocks.append(Block(heading="Checks", table=table))
    if others:
        how = (
            " ".join(filter(None, (_METHODS[line.method], line.reference))) for line in others if line.method
        )
        blocks.append(Block(heading="Other payments", table=_table(_OTHERS, view, others, how, currency)))
    if view.given_back:
        less = (_less(line, view, currency) for line in cash)
        blocks.append(Block(heading="Cash", table=_table(_CASH, view, cash, less, currency)))
    facts = []
    for heading, found, one, many in (
        ("Checks", checks, "check", "checks"),
        ("Cash", cash, "payment", "payments"),
        ("Other payments", others, "payment", "payments"),
    ):
        together = format_money(_sum(view, found), currency, sign=True)
        if found or heading == "Cash":
            said = f"{together} in {counted(len(found), one, many)}" if found else "None"
            facts.append((heading, said))
    total = format_money(view.amount_cents, currency, sign=True)
    facts.append(("Total deposit", f"{total} in {counted(len(shown), 'payment', 'payments')}"))
    blocks.append(Block(heading="Total", facts=tuple(facts), signer="prepared by"))
    blocks.append(Block(signer="counted by"))
    return blocks


def _less(line: PaymentLine, view: DepositView, currency: str) -> str:
    """100.00, less 40.00 given back on June 3, 2026."""
    back = [
        f"less {format_money(one.amount_cents, currency)} given back on {long_day(one.on)}"
        for one in view.given_back.get(line.id, ())
    ]
    return ", ".join((format_money(line.amount_cents, currency), *back))


def _table(
    columns: tuple[Column, ...],
    view: DepositView,
    lines: list[PaymentLine],
    words: Iterable[str],
    currency: str,
) -> Table:
    rows = tuple(
        (str(at), word, line.payer, format_money(view.brought_cents(line), currency))
        for at, (line, word) in enumerate(zip(lines, words, strict=True), start=1)
    )
    total = ("", "", "Total", format_money(_sum(view, lines), currency, sign=True))
    return Table(columns=columns, rows=rows, total=total)


def _sum(view: DepositView, lines: Iterable[PaymentLine]) -> int:
    return sum(view.brought_cents(line) for line in lines)
