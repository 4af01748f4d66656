"""Years of the money: what each shows, closing and reopening one, and what a closed one refuses."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from commission_app.domain.bank_lines import Certainty
from commission_app.domain.deposits import DepositDraft, RefundDraft, YearClosing
from commission_app.domain.importing import Verdict
from commission_app.domain.papers import NothingToPrintError, PaperChoice
from commission_app.domain.pledges import PledgeDraft
from commission_app.domain.report_paper import ReportPaper
from commission_app.domain.rule_book import RuleBook, Setting
from commission_app.domain.years import Flows, closed_problems, year_name, years_from
from commission_app.errors import CommissionError, ValidationError
from commission_app.exchange.reading_lists import read_pasted
from commission_app.services.session import Session
from commission_app.storage.tables import deposit_items, deposits
from tests.factories import make_session
from tests.integration.money_files import Entering, day, payment, pledge, record

CLOSED = (
    "The year 2025 was closed on January 10, 2026. Use a day after December 31, 2025, or reopen the year."
)
TWICE = {
    "every": "dates",
    "dates": [
        {"due_on": "2025-11-01", "amount_cents": 5_000},
        {"due_on": "2026-02-01", "amount_cents": 5_000},
    ],
}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = make_session(tmp_path, on=date(2026, 1, 10))
    yield opened
    opened.close()


@pytest.fixture
def books(session: Session) -> Entering:
    """Two pledges of 2025: one half paid, one written off in part; a gift; a check voided next year."""
    entering = Entering(session)
    entering.enter(
        record(
            pledges=[
                pledge("p1", 10_000, TWICE, pledged_on="2025-10-01"),
                pledge("p2", 6_000, TWICE | {"dates": _halves(6_000)}, pledged_on="2025-10-05", donor="khai"),
                pledge("p4", 3_000, {"every": "once", "first_on": "2026-05-01"}, pledged_on="2025-12-05"),
                {
                    "key": "k1",
                    "kind": "in-kind",
                    "donor": "ana",
                    "campaign": "garden",
                    "pledged_on": "2025-12-05",
                    "unit": "nights",
                    "quantity": 5,
                },
                pledge("p3", 2_000, {"every": "once", "first_on": "2026-01-20"}, pledged_on="2026-01-05"),
            ],
            payments=[
                payment("y1", "2025-11-02", 5_000, pledge="p1"),
                payment(
                    "y2", "2025-11-20", 1_000, pledge="p2", voided={"on": "2026-01-08", "reason": "Bounced"}
                ),
                payment("y3", "2025-12-01", 2_500, campaign="garden"),
                payment(
                    "y4", "2025-12-02", 700, campaign="garden", voided={"on": "2025-12-03", "reason": "No"}
                ),
            ],
            write_offs=[
                {"key": "w1", "pledge": "p2", "on": "2025-12-20", "amount_cents": 1_500, "reason": "Left"}
            ],
        )
    )
    return entering


def _halves(cents: int) -> list[dict[str, Any]]:
    return [{"due_on": on, "amount_cents": cents // 2} for on in ("2025-11-01", "2026-02-01")]


def close(session: Session) -> str:
    return session.years.close(date(2025, 1, 1))


# ---- Names and spans ------------------------------------------------------------------------------


def test_year_name_tells_both_halves_of_a_year_that_begins_in_july() -> None:
    assert year_name(date(2026, 1, 1), date(2026, 12, 31)) == "2026"
    assert year_name(date(2025, 7, 1), date(2026, 6, 30)) == "2025-26"
    assert year_name(date(1999, 7, 1), date(2000, 6, 30)) == "1999-00"


def test_years_follow_the_setting_and_keep_closed_ones_as_they_were() -> None:
    july = RuleBook((Setting(id="s", name="money.year_start", value="07-01"),))
    closing = YearClosing(
        id="c", key="c", from_on=date(2024, 1, 1), to_on=date(2024, 12, 31), closed_on=date(2025, 1, 9)
    )
    assert years_from(date(2024, 3, 1), date(2026, 1, 1), july, [closing]) == [
        (date(2024, 1, 1), date(2024, 12, 31)),
        (date(2025, 1, 1), date(2025, 6, 30)),
        (date(2025, 7, 1), date(2026, 6, 30)),
    ]


def test_a_reopened_year_refuses_nothing() -> None:
    closing = YearClosing(
        id="c", key="c", from_on=date(2025, 1, 1), to_on=date(2025, 12, 31), closed_on=date(2026, 1, 10)
    )
    [problem] = closed_problems({"on": date(2025, 12, 31), "received_on": None}, [closing])
    assert (problem.path, problem.message) == ("on", CLOSED)
    assert not closed_problems({"on": date(2026, 1, 1)}, [closing])
    reopened = replace(closing, voided_on=date(2026, 1, 11), void_reason="Late check")
    assert not closed_problems({"on": date(2025, 12, 31)}, [reopened])


# ---- Figures --------------------------------------------------------------------------------------


def test_years_show_what_moved_and_reconcile(session: Session, books: Entering) -> None:
    now, before = session.years.years()
    assert (before.name, now.name) == ("2025", "2026")
    assert before.flows == Flows(
        pledged_cents=19_000, paid_cents=6_000, written_off_cents=1_500, received_cents=8_500
    )
    assert (before.opening_cents, before.balance_cents) == (0, 11_500)
    assert now.flows == Flows(pledged_cents=2_000, paid_cents=-1_000, given_back_cents=1_000)
    assert (now.opening_cents, now.balance_cents) == (11_500, 14_500)
    accounts = session.pledges.accounts(date(2025, 12, 31))
    assert before.balance_cents == sum(one.balance_cents for one in accounts)
    assert now.balance_cents == sum(one.balance_cents for one in session.pledges.accounts())


def test_years_begin_on_the_day_of_the_setting(session: Session, books: Entering) -> None:
    session.commission.set_rule("money.year_start", "07-01", from_on=None, source=None, note=None)
    [only] = session.years.years()
    assert (only.name, only.from_on, only.to_on) == ("2025-26", date(2025, 7, 1), date(2026, 6, 30))
    assert not only.is_over


def test_years_count_payments_that_lack_a_deposit(session: Session, books: Entering) -> None:
    _, before = session.years.years()
    assert (before.payments, before.without_receipt, before.without_deposit) == (2, 2, 2)
    with session.context.database.writing("made a deposit") as writer:
        deposit_id = writer.insert(deposits, key="d1", on=date(2025, 11, 3))
        writer.insert(deposit_items, deposit_id=deposit_id, payment_id=session.payments.ids()[-1], position=0)
    _, before = session.years.years()
    assert before.without_deposit == 1


def test_a_file_without_money_has_no_years(session: Session) -> None:
    assert session.years.years() == []


# ---- Closing and reopening ------------------------------------------------------------------------


def test_close_keeps_who_when_and_note(session: Session, books: Entering) -> None:
    session.years.close(date(2025, 1, 1), "Audited by Lin")
    closing = session.years.of(date(2025, 6, 1)).closing
    assert closing is not None
    assert (closing.closed_on, closing.closed_by, closing.note) == (
        date(2026, 1, 10),
        "Ana Ruiz",
        "Audited by Lin",
    )


def test_a_year_is_not_closed_before_it_is_over_nor_twice(session: Session, books: Entering) -> None:
    with pytest.raises(ValidationError, match="The year is over after December 31, 2026"):
        session.years.close(date(2026, 1, 1))
    close(session)
    with pytest.raises(ValidationError, match="The year was closed on January 10, 2026"):
        close(session)


def test_years_are_closed_in_order_and_reopened_in_reverse(session: Session, books: Entering) -> None:
    Entering.pledge(
        books, pledge("p0", 1_000, {"every": "once", "first_on": "2024-05-01"}, pledged_on="2024-04-01")
    )
    with pytest.raises(ValidationError, match="Close the year 2024 first"):
        close(session)
    first = session.years.close(date(2024, 1, 1))
    second = close(session)
    with pytest.raises(ValidationError, match="Reopen the year 2025 first"):
        session.years.reopen(first, "A check was found")
    with pytest.raises(ValidationError, match="The reason is missing"):
        session.years.reopen(second, " ")
    session.years.reopen(second, "A check was found")
    assert session.years.of(date(2025, 6, 1)).closing is None
    assert close(session) != second


# ---- What a closed year refuses -------------------------------------------------------------------

INSIDE = "2025-12-30"


def _pledge(books: Entering) -> None:
    books.pledge(pledge("p9", 1_000, {"every": "once", "first_on": "2026-05-01"}, pledged_on=INSIDE))


def _payment(books: Entering) -> None:
    books.pay(payment("y9", INSIDE, 1_000, pledge="p1"))


def _gift(books: Entering) -> None:
    books.pay(payment("y9", INSIDE, 1_000, campaign="garden"))


def _void(books: Entering) -> None:
    books.void({"key": "y1", "voided": {"on": INSIDE, "reason": "Bounced"}})


def _write_off(books: Entering) -> None:
    books.write_off({"key": "w9", "pledge": "p1", "on": INSIDE, "amount_cents": 500, "reason": "Left"})


def _terms(books: Entering) -> None:
    once = {"every": "once", "first_on": "2026-05-01"}
    books.change({"pledge": "p1", "on": INSIDE, "amount_cents": 9_000, "schedule": once})


def _cancel(books: Entering) -> None:
    books.session.pledges.cancel(books.ids["pledges", "p4"], day(INSIDE), "Moved away")


def _deliver(books: Entering) -> None:
    books.deliver({"pledge": "k1", "on": INSIDE, "quantity": 2})


def _refund(books: Entering) -> None:
    draft = RefundDraft(
        payment_id=books.ids["payments", "y3"], on=day(INSIDE), amount_cents=500, reason="Asked"
    )
    books.session.refunds.refund(draft)


def _deposit(books: Entering) -> None:
    books.session.deposits.make(DepositDraft(on=day(INSIDE), payment_ids=(books.ids["payments", "y3"],)))


def _correct(books: Entering) -> None:
    view = books.session.pledges.account(books.ids["pledges", "p4"])
    names = (name for name in PledgeDraft.__dataclass_fields__ if name != "key")
    draft = PledgeDraft(**{name: getattr(view.rows.pledge, name) for name in names})
    books.session.pledges.change(books.ids["pledges", "p4"], replace(draft, amount_cents=4_000))


def _load(books: Entering) -> None:
    books.session.record.load({"payments": [payment("y9", INSIDE, 1_000, campaign="garden", payer="ana")]})


_MONEY = (_payment, _gift, _void, _refund, _deposit)


@pytest.mark.parametrize("enter", [*_MONEY, _pledge, _correct, _write_off, _terms, _cancel, _deliver, _load])
def test_a_closed_year_refuses(session: Session, books: Entering, enter: Any) -> None:
    close(session)
    before = session.record.text()
    with pytest.raises(ValidationError) as caught:
        enter(books)
    assert CLOSED in [problem.message for problem in caught.value.problems]
    assert session.record.text() == before


def test_rows_of_lists_in_a_closed_year_are_refused_one_by_one(session: Session, books: Entering) -> None:
    close(session)
    imports, bank = session.imports, session.bank
    paid = read_pasted(
        f"Name;Date;Amount;Campaign\nAna Ruiz;{INSIDE};12.00;Jardín de la Amistad\n"
        "Ana Ruiz;2026-01-09;12.00;Jardín de la Amistad"
    )
    assert [row.verdict for row in imports.preview_payments(paid).rows] == [Verdict.REFUSED, Verdict.ADD]
    assert imports.preview_payments(paid).rows[0].message == CLOSED
    [promised] = imports.preview_pledges(
        read_pasted(f"Name;Date;Amount;Campaign\nAna Ruiz;{INSIDE};12.00;Jardín de la Amistad")
    ).rows
    assert (promised.verdict, promised.message) == (Verdict.REFUSED, CLOSED)
    [banked] = bank.preview(read_pasted(f"Name;Date;Amount\nAna Ruiz;{INSIDE};12.00")).rows
    assert (banked.certainty, banked.reason) == (Certainty.REFUSED, CLOSED)


def test_what_is_dated_in_the_open_year_may_touch_what_is_old(session: Session, books: Entering) -> None:
    close(session)
    books.pay(payment("y9", "2026-01-09", 1_000, pledge="p1"))
    books.write_off({"key": "w9", "pledge": "p2", "on": "2026-01-09", "amount_cents": 500, "reason": "Left"})
    books.void({"key": "y1", "voided": {"on": "2026-01-09", "reason": "Bounced"}})
    now, before = session.years.years()
    assert before.balance_cents == 11_500
    assert now.flows.given_back_cents == 6_000


def test_undo_of_what_is_dated_in_a_closed_year_is_refused(session: Session, books: Entering) -> None:
    books.pay(payment("y9", INSIDE, 1_000, pledge="p1"))
    action = session.history.undoable()
    close(session)
    assert action is not None
    with pytest.raises(CommissionError):
        session.history.undo(action.id)


# ---- The report -----------------------------------------------------------------------------------


def _cents(cell: str) -> int:
    return int(cell.replace("$", "").replace(",", "").replace(".", ""))


def _report(session: Session, year: int | None = None) -> ReportPaper:
    content = session.papers.paper("year-close", PaperChoice(year=year)).content
    assert isinstance(content, ReportPaper)
    return content


def test_the_report_on_a_year_reconciles_to_the_cent(session: Session, books: Entering) -> None:
    close(session)
    paper = _report(session)
    assert paper.lines == ("January 1, 2025 to December 31, 2025", "Closed on January 10, 2026 by Ana Ruiz")
    pledged, money, months, _ = paper.blocks
    assert pledged.table is not None and money.table is not None and months.table is not None
    assert pledged.table.total == ("Total", "$0.00", "$190.00", "$60.00", "$15.00", "$115.00")
    assert money.table.total == ("Total", "$85.00", "$0.00", "$85.00")
    for row in (*pledged.table.rows, pledged.table.total):
        start, promised, paid, written_off, end = map(_cents, row[1:])
        assert start + promised - paid - written_off == end
    for table in (pledged.table, money.table, months.table):
        for column in range(1, len(table.columns)):
            assert sum(_cents(row[column]) for row in table.rows) == _cents(table.total[column])
    assert months.table.total[1:] == ("$190.00", "$60.00", "$15.00", "$85.00", "$0.00")
    assert [row[0] for row in months.table.rows][:2] == ["January 2025", "February 2025"]
    assert "Ruiz" not in str(paper.blocks)


def test_the_report_on_the_running_year_says_that_it_is_open(session: Session, books: Entering) -> None:
    paper = _report(session, 2026)
    assert paper.lines[1] == "Not closed yet: these figures may still change"
    assert paper.blocks[2].table is not None
    assert [row[0] for row in paper.blocks[2].table.rows] == ["January 2026"]


def test_there_is_no_report_without_money(session: Session) -> None:
    with pytest.raises(NothingToPrintError, match="Nothing is recorded of this year"):
        _report(session)
