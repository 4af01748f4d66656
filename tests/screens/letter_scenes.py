"""What is drawn of letters to donors: a confirmation, reminders, statements, labels."""

from datetime import date

from commission_app.gui.fundraising.letters_labels import LabelsDialog
from commission_app.gui.fundraising.letters_reminders import ReminderDialog
from commission_app.gui.fundraising.page import FundraisingPage
from commission_app.gui.fundraising.statements_dialog import StatementsDialog
from commission_app.services.pledge_lists import PledgeFilter
from tests.screens.scenes import scene
from tests.screens.stage import Stage


def _pledge_id(stage: Stage, donor: str) -> str:
    return stage.desk.session.pledges.page(PledgeFilter(text=donor)).rows[0].id


def _reminders(stage: Stage) -> ReminderDialog:
    stage.go(FundraisingPage, tab="pledges", action="reminders")
    dialog = stage.window.findChildren(ReminderDialog)[-1]
    stage.settle()
    return dialog


def _statements(stage: Stage) -> StatementsDialog:
    stage.go(FundraisingPage, tab="pledges", action="statements")
    dialog = stage.window.findChildren(StatementsDialog)[-1]
    dialog.from_on.bring_back("2026-01-01")
    dialog.to_on.bring_back("2026-12-31")
    dialog.read()
    stage.settle()
    return dialog


@scene("letters-confirmation")
def _confirmation(stage: Stage) -> None:
    stage.go(FundraisingPage, tab="pledges", record_id=_pledge_id(stage, "Nguyễn"), action="letter")


@scene("letters-reminder")
def _reminder(stage: Stage) -> None:
    stage.go(FundraisingPage, tab="pledges", record_id=_pledge_id(stage, "Rotary"), action="remind")


@scene("letters-reminders", large=True)
def _run(stage: Stage) -> None:
    _reminders(stage)


@scene("letters-reminders-sent")
def _sent(stage: Stage) -> None:
    letters = stage.desk.session.donor_letters
    lines = letters.reminders()
    drafts = letters.drafts([(line.pledge_id, line.tone) for line in lines[:2]])
    letters.record([letter.draft for letter in drafts])
    _reminders(stage)


@scene("letters-reminders-none", file="empty")
def _none(stage: Stage) -> None:
    dialog = ReminderDialog(stage.desk, stage.window)
    dialog.show()


@scene("letters-statements", large=True)
def _year(stage: Stage) -> None:
    _statements(stage)


@scene("letters-statements-issued")
def _issued(stage: Stage) -> None:
    dialog = _statements(stage)
    dialog.to_on.bring_back("2026-09-16")
    dialog.read()
    dialog.go_on()


@scene("letters-statements-again", large=True)
def _again(stage: Stage) -> None:
    dialog = _statements(stage)
    donors = [line.donor.id for line in dialog.table.rows()]
    stage.desk.session.statements.issue(donors, date(2026, 1, 1), date(2026, 12, 31))
    dialog.read()


@scene("letters-statements-none")
def _nothing(stage: Stage) -> None:
    stage.go(FundraisingPage, tab="pledges", action="statements")
    dialog = stage.window.findChildren(StatementsDialog)[-1]
    dialog.from_on.bring_back("2020-01-01")
    dialog.to_on.bring_back("2020-12-31")
    dialog.read()


@scene("letters-labels", large=True)
def _labels(stage: Stage) -> None:
    everybody = [contact.id for contact in stage.desk.session.contacts.all()]
    dialog = LabelsDialog(stage.desk, everybody, stage.window)
    dialog.start.bring_back("5")
    dialog.read()
    dialog.show()
