"""What is drawn of forms: filled by keyboard, with errors, with long and foreign values, brought back."""

from PySide6.QtTest import QTest

from commission_app.gui.fundraising.page import FundraisingPage
from commission_app.gui.fundraising.pledge_form import PledgeForm
from commission_app.gui.fundraising.pledge_steps import TermsForm
from commission_app.gui.inquiries.header import Wish
from commission_app.gui.inquiries.intake import InquirySheet
from commission_app.gui.inquiries.letter_form import LetterSheet
from commission_app.gui.inquiries.page import InquiriesPage
from commission_app.gui.inquiries.reply import ReplySheet
from commission_app.gui.meetings.page import MeetingsPage
from commission_app.gui.members.contact_forms import ContactForm
from commission_app.gui.members.page import MembersPage
from tests.screens.money_scenes import inquiry_id
from tests.screens.scenes import NEXT, scene
from tests.screens.stage import Stage

LONG = "Dr. Anneliese Montgomery-Featherstonehaugh-Württembergisch Đặng Thị Minh Khai"
LETTER = "Dear Mayor Huang,\n\nthank you for your letter. The commission will discuss it on September 24."


def _pledge(stage: Stage) -> PledgeForm:
    page = stage.go(FundraisingPage, tab="pledges", action="new")
    return page.findChildren(PledgeForm)[-1]


def _first_pledge(stage: Stage, donor: str) -> str:
    from commission_app.services.pledge_lists import PledgeFilter

    return stage.desk.session.pledges.page(PledgeFilter(text=donor)).rows[0].id


@scene("forms-pledge-filled", large=True)
def _filled(stage: Stage) -> None:
    form = _pledge(stage)
    form.person.begin_new("Yuki Hashimotto")
    QTest.keyClicks(form.amount.edit, "1200.-")
    form.schedule.every.bring_back("month")
    QTest.keyClicks(form.schedule.count.edit, "7")
    QTest.keyClicks(form.schedule.first_on.edit, "in 2 weeks")


@scene("forms-pledge-errors", large=True)
def _errors(stage: Stage) -> None:
    form = _pledge(stage)
    form.person.begin_new(LONG)
    QTest.keyClicks(form.person.email.edit, "an address that is none")
    QTest.keyClicks(form.amount.edit, "12,50")
    QTest.keyClicks(form.pledged_on.edit, "2/30")
    form.schedule.every.bring_back("dates")
    QTest.keyClicks(form.schedule.dates.area, "1/15")
    form.submit()


@scene("forms-pledge-edit")
def _edit(stage: Stage) -> None:
    stage.go(FundraisingPage, tab="pledges", record_id=_first_pledge(stage, "Lee"), action="edit")


@scene("forms-pledge-terms")
def _terms(stage: Stage) -> None:
    page = stage.go(FundraisingPage, tab="pledges", record_id=_first_pledge(stage, "Lee"), action="terms")
    form = page.findChildren(TermsForm)[-1]
    QTest.keyClicks(form.reason.edit, "Less work this year, as agreed on the phone")


@scene("forms-pledge-brought-back")
def _brought_back(stage: Stage) -> None:
    form = _pledge(stage)
    form.person.begin_new("王小明")
    QTest.keyClicks(form.amount.edit, "250")
    form.cancelled.emit()
    _pledge(stage)


@scene("forms-letter-kept")
def _kept(stage: Stage) -> None:
    page = stage.go(InquiriesPage, record_id=inquiry_id(stage, "Tainan"), action="letter new")
    sheet = page.sheet()
    assert isinstance(sheet, LetterSheet)
    QTest.keyClicks(sheet.subject.edit, "Thank you")
    sheet.form.cancelled.emit()


@scene("forms-letter-errors", large=True)
def _letter_errors(stage: Stage) -> None:
    page = stage.go(InquiriesPage, record_id=inquiry_id(stage, "Tainan"), action="letter new")
    sheet = page.sheet()
    assert isinstance(sheet, LetterSheet)
    QTest.keyClicks(sheet.follow_up_on.edit, "soonish")
    sheet.subject.bring_back("A letter with a very long subject " * 16)
    sheet.text.bring_back("All work and no play makes Jack a dull boy. " * 500)
    sheet.form.submit()


@scene("forms-reply", large=True)
def _reply(stage: Stage) -> None:
    page = stage.go(InquiriesPage, record_id=inquiry_id(stage, "Tainan"))
    page.detail.do(Wish.WRITE)
    sheet = page.sheet()
    assert isinstance(sheet, ReplySheet)
    sheet.area.ensureWidgetVisible(sheet.preview)  # a paper out of sight is not drawn
    sheet.subject.bring_back("Your visit")
    sheet.text.bring_back(LETTER)
    QTest.keyClicks(sheet.follow_up_on.edit, "+30d")


@scene("forms-inquiry-change", large=True)
def _change(stage: Stage) -> None:
    page = stage.go(InquiriesPage, record_id=inquiry_id(stage, "Tainan"), action="change")
    sheet = page.sheet()
    assert isinstance(sheet, InquirySheet)
    sheet.form.city.begin_new("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch")
    sheet.form.person.begin_new(LONG)


@scene("forms-contact", large=True)
def _contact(stage: Stage) -> None:
    page = stage.go(MembersPage, tab="contacts", action="new")
    form = page.findChildren(ContactForm)[-1]
    QTest.keyClicks(form.fields["name"].control(), "Yuki Hashimotto")
    QTest.keyClicks(form.fields["phone"].control(), "not a number")
    form.submit()


@scene("forms-item-new")
def _item(stage: Stage) -> None:
    meeting_id = stage.meeting(NEXT).meeting.id
    page = stage.go(MeetingsPage, tab="agenda", record_id=meeting_id, action="new-item new-business")
    editor = page.detail.agenda.outline.editor
    QTest.keyClicks(editor.title.edit, "A garden for Tainan " * 6)
    QTest.keyClicks(editor.minutes.edit, "900")
    editor.add_wanted.emit()
