"""Importing pledges and payments: a verdict for each row, then one action."""

import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from commission_app.domain.importing import ImportPreview
from commission_app.domain.schedules import Every
from commission_app.errors import ValidationError
from commission_app.exchange.reading_lists import read_csv
from commission_app.exchange.reading_xlsx import read_xlsx
from commission_app.services.session import Session
from tests.factories import make_session
from tests.integration.command_line import run
from tests.integration.money_files import MONTHLY, pledge, record

PLEDGES = (
    "Donor,Campaign,Pledge date,Amount,Schedule,Installments,First due,Paid so far,Paid on\n"
    'Ana Ruiz,Youth exchange 2027,2026-01-15,"$1,200.00",Monthly,12,2026-02-28,250,2026-04-01\n'
    "Nguyen Thi Minh Khai,jardin de la amistad,2026-01-16,500,,,,,\n"
    'New Donor,garden,2026-01-17,300,"Quarterly, 4",,2026-03-31,0,\n'
    "New Donor,garden,2026-01-18,100,once,,,,\n"
    "Ana Ruiz,Nothing,2026-01-15,10,,,,,\n"
    'Ana Ruiz,garden,2026-01-15,"12,50",,,,,\n'
    "Ana Ruiz,garden,2026-01-15,1,weekly,150,,,\n"
    "Ana Ruiz,garden,2026-01-15,10,now and then,,,,\n"
    "Ana Ruiz,garden,2026-01-15,10,,,,11,\n"
    "Ana Ruiz,garden,,10,,,,,\n"
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = make_session(tmp_path, on=date(2026, 6, 1))
    opened.record.load(record())
    yield opened
    opened.close()


def pledges(session: Session, text: str = PLEDGES) -> ImportPreview:
    return session.imports.preview_pledges(read_csv(text.encode()))


def payments(session: Session, text: str) -> ImportPreview:
    return session.imports.preview_payments(read_csv(text.encode()))


def verdicts(preview: ImportPreview) -> list[tuple[str, str]]:
    return [(row.verdict.value, row.message) for row in preview.rows]


def test_each_pledge_gets_a_verdict_and_nothing_is_written_before(session: Session) -> None:
    before = session.path.read_bytes()
    assert verdicts(pledges(session)) == [
        *[("add", "")] * 4,
        ("refused", "There is no campaign Nothing."),
        ("refused", "Write 12.50 if that is the amount."),
        ("refused", "An installment of 1.00 in 150 would be under a cent."),
        ("refused", "now and then is no schedule like once, monthly or quarterly."),
        ("refused", "More is paid than pledged."),
        ("refused", "The day is missing."),
    ]
    assert session.path.read_bytes() == before


def test_pledges_are_added_as_one_action_with_what_was_paid_and_each_donor_once(session: Session) -> None:
    assert session.imports.carry_out(pledges(session)) == 4
    assert session.history.recent(1)[0].what == "imported 4 pledges"
    accounts = {one.pledge.amount_cents: one for one in session.pledges.accounts()}
    assert (accounts[120_000].paid_cents, accounts[120_000].overdue_cents) == (25_000, 15_000)
    assert (accounts[30_000].pledge.schedule or MONTHLY) == accounts[30_000].schedule
    schedule = accounts[30_000].pledge.schedule
    assert schedule is not None and (schedule.every, schedule.count) == (Every.QUARTER, 4)
    assert accounts[30_000].pledge.donor_id == accounts[10_000].pledge.donor_id
    assert len(session.contacts.all()) == 5
    session.history.undo()
    assert (session.pledges.totals().count, len(session.contacts.all())) == (0, 4)


def test_importing_the_same_again_adds_nothing(session: Session) -> None:
    session.imports.carry_out(pledges(session))
    assert [row.verdict.value for row in pledges(session).rows[:4]] == ["already there"] * 4
    text = "Payer,Date,Amount,Campaign\nAna Ruiz,2026-05-01,20,garden\nAna Ruiz,2026-05-01,20,garden\n"
    assert session.imports.carry_out(payments(session, text)) == 2
    assert [row.verdict.value for row in payments(session, text).rows] == ["already there"] * 2
    more = text + "Ana Ruiz,2026-05-01,20,garden\n"
    assert [row.verdict.value for row in payments(session, more).rows] == [
        "already there",
        "already there",
        "add",
    ]


def test_payments_pay_the_named_pledge_or_the_oldest_of_their_payer(session: Session) -> None:
    once = {"every": "once", "first_on": "2026-02-01"}
    session.record.load(
        {
            "pledges": [
                pledge("p1", 5_000, once),
                pledge("p2", 6_000, once, campaign="garden"),
                pledge("p3", 7_000, once, donor="khai"),
            ]
        }
    )
    preview = payments(
        session,
        "Payer,Date,Amount,Method,Check number,Campaign,Pledge\n"
        "Ana Ruiz,4/15/2026,40,check,1042,,p2\n"
        "Ana Ruiz,4/16/2026,30,Credit card,,Jardín de la Amistad,\n"
        "ana ruiz,4/17/2026,5,,,,\n"
        "Lin Chia-hui 林家慧,4/18/2026,8,,,,\n"
        "Lin Chia-hui 林家慧,4/18/2026,8,,,youth,\n"
        "Ana Ruiz,4/19/2026,8,stones,,youth,\n"
        "Ana Ruiz,4/20/2026,-8,,,youth,\n"
        "Ana Ruiz,4/20/2026,8,,,,p9\n",
    )
    assert verdicts(preview) == [
        *[("add", "")] * 3,
        ("refused", "Name a campaign or a pledge; the payer has no open one."),
        ("add", ""),
        ("refused", "stones is no method of payment that is known."),
        ("refused", "Write an amount without a minus or parentheses; it cannot be negative."),
        ("refused", "There is no pledge p9."),
    ]
    assert session.imports.carry_out(preview) == 4
    found = {one.pledge.key: (one.paid_cents, one.credit_cents) for one in session.pledges.accounts()}
    assert found == {"p1": (500, 0), "p2": (6_000, 0), "p3": (0, 0)}
    received = {one.campaign.key: one.received_cents for one in session.campaigns.standings()}
    assert received == {"youth": 1_300, "garden": 7_000}
    assert all(check.is_good for check in session.verification.run())


def test_payer_who_may_be_a_contact_waits_for_a_decision(session: Session) -> None:
    session.record.load({"pledges": [pledge("p1", 5_000, MONTHLY)]})
    [row] = payments(session, "Payer,Date,Amount\nAnna Ruiz,2026-05-01,20\n").rows
    assert (row.verdict.value, row.is_chosen) == ("may be the same", False)
    preview = payments(session, "Payer,Date,Amount\nAnna Ruiz,2026-05-01,20\n")
    assert session.imports.carry_out(preview.with_row(row.as_same())) == 1
    assert [one.paid_cents for one in session.pledges.accounts()] == [2_000]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Donor,Campaign,Date\nAna,x,2026-01-01\n", "No column holds the amount"),
        ("Donor,Amount\nAna,5\n", "No column holds the day of the pledge"),
        ("Date,Amount\n2026-01-01,5\n", "No column holds a name"),
        ("Donor,Date,Amount\nAna Ruiz,3/4/2026,5\n", "can be read in two ways"),
    ],
)
def test_list_that_cannot_be_read_is_refused_in_words(session: Session, text: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        pledges(session, text)


def test_commission_that_does_not_raise_funds_imports_none(session: Session) -> None:
    session.commission.set_rule("fundraising.allowed", False, from_on=None, source=None, note=None)
    assert {row.verdict.value for row in pledges(session).rows} == {"refused"}


def test_command_imports_with_a_verdict_for_each_row(session: Session, tmp_path: Path) -> None:
    session.close()
    (tmp_path / "list.csv").write_text(PLEDGES, encoding="utf-8")
    arguments = ["import", str(session.path), "pledges", str(tmp_path / "list.csv"), "--on", "2026-06-01"]
    for more, words in ((["--dry-run"], "4 would be imported, 6 left out"), ([], "4 imported, 6 left out")):
        result = run(*arguments, *more)
        assert result.exit_code == 0, result.output
        assert words in result.stdout


def test_command_names_the_columns_that_it_does_not_use(session: Session, tmp_path: Path) -> None:
    session.close()
    path = tmp_path / "list.csv"
    text = "Name,Email,Fone,Email,Birthday\nZoë Đặng,a@example.org,1,,\nFrançois,,,,1990\n"
    path.write_bytes(text.encode() + "Muñoz,,,,\n".encode("cp1252"))
    arguments = ["import", str(session.path), "contacts", str(path), "--on", "2026-06-01", "--dry-run"]
    result = run(*arguments)
    assert "Read as UTF-8, separated by commas." in result.stdout
    assert "Warning: The list is in UTF-8, but not all of it: line 4." in result.stdout
    assert "Columns: Name as name, Email as email." in result.stdout
    assert "Columns not used: Fone, Email (column 4, named like column 2), Birthday." in result.stdout
    result = run(*arguments, "--json")
    told = json.loads(result.stdout)
    assert told["read"] == "UTF-8, separated by commas"
    assert told["doubt"]
    assert told["columns"][3] == {"number": 4, "name": "Email", "field": None, "same_as": 2}


def test_a_comma_before_the_cents_is_asked_for_and_then_read(session: Session) -> None:
    rows = 'Ana Ruiz,garden,2026-01-15,"1.234,50"\nAna Ruiz,garden,2026-01-16,"12,50"\n'
    text = f"Donor,Campaign,Date,Amount\n{rows}"
    table = read_csv(text.encode())
    with pytest.raises(ValidationError) as caught:
        session.imports.preview_pledges(table)
    assert [problem.path for problem in caught.value.problems] == ["decimal_comma"]
    preview = session.imports.preview_pledges(table, decimal_comma=True)
    assert [row.pledge.amount_cents for row in preview.rows if row.pledge] == [123_450, 1_250]
    as_here = session.imports.preview_pledges(table, decimal_comma=False)
    assert [row.verdict.value for row in as_here.rows] == ["refused", "refused"]


def test_a_number_of_a_workbook_is_that_number_whatever_the_list_is_said_to_write(session: Session) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Payer", "Date", "Amount", "Campaign"])
    for amount in (8.335, 8.33, 1234.5, 12, "8.335", "12,50"):
        sheet.append(["Ana Ruiz", date(2026, 4, 3), amount, "garden"])
    data = io.BytesIO()
    book.save(data)
    table = read_xlsx(data.getvalue())
    preview = session.imports.preview_payments(table, day_first=True, decimal_comma=True)
    found = [row.payment.amount_cents for row in preview.rows if row.payment and row.is_chosen]
    assert found == [833, 123_450, 1_200, 833_500, 1_250]
    assert preview.rows[0].message == "An amount has at most 2 decimals; 8.335 has 3."
    assert {row.payment.received_on for row in preview.rows if row.payment} == {date(2026, 4, 3)}
    with pytest.raises(ValidationError, match="can be read in two ways"):  # the numbers answer nothing
        session.imports.preview_payments(table)


@pytest.mark.parametrize(("count", "comma", "is_read"), [("1,5", True, False), ("1.000", True, True)])
def test_a_whole_number_is_read_as_the_list_writes_numbers(
    session: Session, count: str, comma: bool, is_read: bool
) -> None:
    text = f'Donor,Campaign,Date,Unit,In kind,Quantity\nAna Ruiz,garden,2026-01-15,books,Books,"{count}"\n'
    row = session.imports.preview_pledges(read_csv(text.encode()), decimal_comma=comma).rows[0]
    assert row.message == ("" if is_read else f"{count} is no whole number.")
    assert row.pledge is not None
    assert row.pledge.quantity == (1_000 if is_read else None)


def test_both_questions_come_at_once(session: Session) -> None:
    text = 'Payer,Date,Amount\nAna Ruiz,03/04/2026,"12,50"\n'
    with pytest.raises(ValidationError) as caught:
        payments(session, text)
    assert sorted(problem.path for problem in caught.value.problems) == ["day_first", "decimal_comma"]


def test_a_list_without_a_header_is_read_by_its_cells(session: Session) -> None:
    preview = payments(session, "Ana Ruiz,2026-03-01,8.34\n")
    assert [(row.payment.amount_cents, row.name) for row in preview.rows if row.payment] == [
        (834, "Ana Ruiz")
    ]


def test_what_is_told_may_stop_the_writing(session: Session) -> None:
    preview = payments(session, "Payer,Date,Amount,Campaign\nAna Ruiz,2026-03-01,8.34,garden\n")
    before = session.payments.totals().count

    def stop(done: int) -> None:
        raise InterruptedError(done)

    with pytest.raises(InterruptedError):
        session.imports.carry_out(preview, told=stop)
    assert session.payments.totals().count == before


def test_command_names_what_columns_hold_in_words(session: Session, tmp_path: Path) -> None:
    session.close()
    path = tmp_path / "list.csv"
    path.write_text("Donor,Date,Amount,Schedule,First due\nAna Ruiz,2026-01-15,120.00,once,2026-02-15\n")
    arguments = ["import", str(session.path), "pledges", str(path), "--on", "2026-06-01", "--dry-run"]
    result = run(*arguments)
    assert (
        "Columns: Donor as name, Date as day of the pledge, Amount as amount, Schedule as schedule, "
        "First due as first day due." in result.stdout
    )
