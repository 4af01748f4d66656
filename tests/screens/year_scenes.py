"""What is drawn of closing years and of the bank's list: every state, long and foreign names, questions."""

from datetime import timedelta
from pathlib import Path

from commission_app.gui import labels
from commission_app.gui.fundraising.bank_dialog import BankDialog
from commission_app.gui.fundraising.page import FundraisingPage
from commission_app.gui.fundraising.years_dialog import YearsDialog
from commission_app.gui.fundraising.years_questions import CloseYearDialog, ReopenYearDialog
from tests.screens.scenes import scene
from tests.screens.stage import Stage

LONG = "Dr. Anneliese Montgomery-Featherstonehaugh-Württembergisch"


def _open_all(stage: Stage) -> None:
    for year in stage.desk.session.years.years():
        if year.closing is not None:
            stage.desk.session.years.reopen(year.closing.id, "A check was found")


def _years(stage: Stage) -> YearsDialog:
    stage.go(FundraisingPage, tab="payments").tab().want_years()
    dialog = stage.window.findChildren(YearsDialog)[-1]
    stage.settle()
    return dialog


@scene("years", large=True)
def _list(stage: Stage) -> None:
    _open_all(stage)
    _years(stage)


@scene("years-closed")
def _closed(stage: Stage) -> None:
    service = stage.desk.session.years
    _open_all(stage)
    for year in reversed(service.years()):
        if year.is_over:
            service.close(year.from_on, f"Looked over by {LONG}")
    _years(stage)


@scene("years-close")
def _close(stage: Stage) -> None:
    year = next(one for one in stage.desk.session.years.years() if one.is_over)
    dialog = CloseYearDialog(year, stage.window)
    dialog.open()


@scene("years-reopen")
def _reopen(stage: Stage) -> None:
    year = next(one for one in stage.desk.session.years.years() if one.is_over)
    ReopenYearDialog(year, stage.window).open()


@scene("new-years", file="empty")
def _none(stage: Stage) -> None:
    dialog = YearsDialog(stage.desk, stage.window)
    dialog.open()
    stage.settle()


def bank_list(stage: Stage) -> str:
    """A list with every kind of row: open amounts of the sample, one recorded, fees, another currency."""
    session, day = stage.desk.session, labels.today() - timedelta(days=3)
    lines = [line for line in session.pledges.page(limit=6).rows if line.balance_cents]
    told = ["Date,Name,Description,Gross,Fee,Currency,Transaction ID"]
    for line in lines[:3]:
        account = session.pledges.account(line.id).account
        due = next(part.open_cents for part in account.instalments if part.open_cents)
        told.append(f"{day},{line.donor},Donation,{due / 100:.2f},-3.20,USD,8XY{due}")
    last = session.payments.page(limit=1).rows[0]
    amount, number = f"{last.amount_cents / 100:.2f}", last.reference or ""
    told += [
        f"{last.received_on},{last.payer},Donation,{amount},0,USD,{number}",
        f"{day},{lines[0].donor},Extra,33.00,0,USD,",
        f'{day},{LONG},"For the garden, with best wishes to everybody",1250.00,0,USD,77',
        f"{day},王小明 Wang Xiaoming,Donation,40.00,0,EUR,78",
        f"{day},,MONTHLY SERVICE FEE,-15.00,0,USD,",
    ]
    return "\n".join(told) + "\n"


def _bank(stage: Stage, text: str) -> BankDialog:
    stage.go(FundraisingPage, tab="payments").tab().match_bank()
    dialog = stage.window.findChildren(BankDialog)[-1]
    path: Path = stage.window.preferences.recent()[0].path.with_name("bank.csv")
    path.write_text(text, "utf-8")
    dialog.read_file(path)
    stage.settle()
    return dialog


@scene("bank-source")
def _source(stage: Stage) -> None:
    stage.go(FundraisingPage, tab="payments").tab().match_bank()


@scene("bank-rows", large=True)
def _rows(stage: Stage) -> None:
    _bank(stage, bank_list(stage))


@scene("bank-divided")
def _divided(stage: Stage) -> None:
    session, day = stage.desk.session, labels.today() - timedelta(days=3)
    line = session.pledges.page(limit=1).rows[0]
    more = line.balance_cents + 5_000
    text = f"Date,Name,Amount,Status\n{day},{line.donor},{more / 100:.2f},\n"
    _bank(stage, f"{text}{day},Somebody Else,5.00,Pending\n")


@scene("bank-columns")
def _columns(stage: Stage) -> None:
    _bank(stage, bank_list(stage)).show_columns()


@scene("bank-question")
def _question(stage: Stage) -> None:
    _bank(stage, 'Date;Name;Amount\n03/04/2026;Ana Ruiz;"12,50"\n')
