"""The message bar after each step of the treasurer: what happened, and Undo only where it can be undone."""

from collections.abc import Callable
from datetime import date

import pytest

from commission_app.domain.deposits import DepositDraft
from commission_app.domain.donor_letters import DonorLetterKind, Tone, VolunteerHoursDraft
from commission_app.gui.desk import Desk
from commission_app.gui.main_window import MainWindow
from commission_app.services.pledge_lists import PledgeFilter
from commission_app.services.session import Session
from tests.gui.conftest import TODAY


def _issue(session: Session) -> None:
    session.receipts.issue(session.receipts.waiting_ids()[-1:])


def _void_receipt(session: Session) -> None:
    line = next(one for one in session.receipts.page().rows if not one.voided_on)
    session.receipts.void(line.id, TODAY, "The name was wrong")


def _deposit(session: Session) -> None:
    session.deposits.make(DepositDraft(on=TODAY, payment_ids=(session.deposits.waiting()[-1].id,)))


def _state(session: Session) -> None:
    donor = session.contacts.all(containing="Harold Lindqvist")[0]
    session.statements.issue([donor.id], date(2026, 1, 1), date(2026, 8, 31))


def _remind(session: Session) -> None:
    pledge = session.pledges.page(PledgeFilter(text="Rotary")).rows[0]
    letter = session.donor_letters.draft(pledge.id, DonorLetterKind.REMINDER, Tone.FIRM)
    session.donor_letters.record([letter.draft])


def _give_time(session: Session) -> None:
    who = session.contacts.all()[0].id
    session.volunteers.record(VolunteerHoursDraft(contact_id=who, on=TODAY, minutes=90))


def _reopen(session: Session) -> None:
    closing = next(one.closing for one in session.years.years() if one.closing is not None)
    session.years.reopen(closing.id, "A check was forgotten")


@pytest.mark.parametrize(
    ("step", "said", "may_undo"),
    [
        (_issue, "Issued the receipt 2026-", False),
        (_void_receipt, "Voided the receipt 202", False),
        (_deposit, "Made a deposit of 1 payment, ", True),
        (_state, "Issued the statement of Harold Lindqvist ", False),
        (_reopen, "Reopened the year ", False),
        (_remind, "Recorded a firm reminder to Rotary Club of Alder Glen.", True),
        (_give_time, "Recorded 1:30 hours by ", True),
    ],
)
def test_undo_stands_only_beside_what_can_be_undone(
    main_window: MainWindow, desk: Desk, step: Callable[[Session], None], said: str, may_undo: bool
) -> None:
    assert desk.operations.run(step, desk.session) is not None
    assert desk.messages.current().text.startswith(said)
    assert main_window.bar.undo.isVisibleTo(main_window) is may_undo
    assert (desk.session.history.undoable() is not None) is may_undo
