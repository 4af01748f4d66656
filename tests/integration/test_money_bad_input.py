"""Lists of money as people have them: other currencies, negative amounts, thousands in two ways."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from commission_app.exchange.reading_lists import read_csv
from commission_app.services.session import Session
from tests.factories import make_session
from tests.integration.money_files import record

FOREIGN = "This row is in {}; the file keeps USD. Convert it and enter it by hand."
UNSAID = "The list mixes currencies, and this row does not say which one it is in."
NEGATIVE = "Write an amount without a minus or parentheses; it cannot be negative."


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = make_session(tmp_path, on=date(2026, 9, 17))
    opened.record.load(record())
    yield opened
    opened.close()


def payments(session: Session, *lines: str) -> list[str]:
    preview = session.imports.preview_payments(read_csv("\n".join(lines).encode()))
    return [row.message for row in preview.rows]


def test_payments_of_another_currency_are_refused(session: Session) -> None:
    assert payments(
        session,
        "Donor,Date,Amount,Currency,Campaign",
        'Ana Ruiz,2026-09-01,"1,250.00",usd,garden',
        "Ana Ruiz,2026-09-02,40.00,EUR,garden",
        "Ana Ruiz,2026-09-03,40.00,€,garden",
        "Ana Ruiz,2026-09-04,40.00,,garden",
    ) == ["", FOREIGN.format("EUR"), FOREIGN.format("EUR"), UNSAID]


def test_a_sign_beside_the_amount_names_its_currency(session: Session) -> None:
    assert payments(
        session,
        "Donor,Date,Amount,Campaign",
        'Ana Ruiz,2026-09-01,"$1,250.00",garden',
        "Ana Ruiz,2026-09-02,€ 40.00,garden",
        "Ana Ruiz,2026-09-03,NT$40.00,garden",
    ) == ["", FOREIGN.format("EUR"), FOREIGN.format("NT$")]


def test_a_list_in_the_file_s_currency_need_not_say_so(session: Session) -> None:
    assert payments(
        session,
        "Donor,Date,Amount,Currency,Campaign",
        "Ana Ruiz,2026-09-01,40.00,USD,garden",
        "Ana Ruiz,2026-09-02,41.00,,garden",
    ) == ["", ""]


def test_negative_amounts_and_points_for_thousands_are_refused_in_words(session: Session) -> None:
    assert payments(
        session,
        "Donor,Date,Amount,Campaign",
        "Ana Ruiz,2026-09-01,-50.00,garden",
        "Ana Ruiz,2026-09-02,(25.00),garden",
        'Ana Ruiz,2026-09-03,"1.250,00",garden',
        'Ana Ruiz,2026-09-04,"1,250.00",garden',
        "Ana Ruiz,2026-09-05,40.005,garden",
    ) == [
        NEGATIVE,
        NEGATIVE,
        "Write 1,250.00 if that is the amount.",
        "",
        "An amount has at most 2 decimals; 40.005 has 3.",
    ]


def test_pledges_of_another_currency_are_refused(session: Session) -> None:
    lines = (
        "Donor,Campaign,Pledge date,Amount,Paid so far",
        "Ana Ruiz,garden,2026-09-01,100.00,£20.00",
        "Ana Ruiz,garden,2026-09-01,$100.00,20.00",
    )
    preview = session.imports.preview_pledges(read_csv("\n".join(lines).encode()))
    assert [row.message for row in preview.rows] == [FOREIGN.format("GBP"), ""]
