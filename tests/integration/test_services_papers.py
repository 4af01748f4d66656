"""Every paper from the record: what it says, what it leaves out, and what it lacks in a new file."""

import io
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from commission_app.bootstrap import CommissionProgram
from commission_app.documents.printed import draw
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.deposits import DepositDraft
from commission_app.domain.meetings import AttendanceState, MeetingState
from commission_app.domain.members import TermEnd
from commission_app.domain.money import format_money
from commission_app.domain.papers import KINDS, NothingToPrintError, Option, PaperChoice, Reader
from commission_app.domain.payments import PaymentDraft
from commission_app.domain.pledges import PledgeDraft, PledgeKind
from commission_app.domain.report_paper import FrozenPaper, ReportPaper
from commission_app.domain.schedules import Every, Schedule
from commission_app.errors import NotFoundError
from commission_app.services.inquiry_views import InquiryView
from commission_app.services.papers import MAKERS
from commission_app.services.proceedings_roll import RollMark
from commission_app.services.session import Session
from tests.factories import make_session
from tests.pdf_words import words_of

TODAY = date(2026, 9, 17)
NOW = datetime(2026, 9, 17, 9, 41, tzinfo=ZoneInfo("America/Los_Angeles")).astimezone(UTC)


def _now() -> datetime:
    return NOW


@pytest.fixture
def session(sample: Path, tmp_path: Path) -> Iterator[Session]:
    copy = Path(shutil.copy(sample, tmp_path / "glen.commission"))
    made = CommissionProgram(now=_now).open_writing(copy, who="Ana Ruiz")
    yield made
    made.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Session]:
    made = make_session(tmp_path, on=TODAY)
    yield made
    made.close()


def text_of(session: Session, slug: str, choice: PaperChoice | None = None) -> str:
    return words_of(draw(session.papers.paper(slug, choice).content).data)


def rows_of(session: Session, slug: str, choice: PaperChoice | None = None) -> list[tuple[str, ...]]:
    """The cells of all tables of a report, without the spaces that do not break."""
    content = session.papers.paper(slug, choice).content
    assert isinstance(content, ReportPaper)
    tables = [block.table for block in content.blocks if block.table is not None]
    return [tuple(cell.replace("\u00a0", " ") for cell in row) for table in tables for row in table.rows]


def inquiry(session: Session, city: str) -> InquiryView:
    return next(view for view in session.inquiries.all() if view.city.city.name == city)


# ---- All of them ----------------------------------------------------------------------------------


def test_every_kind_has_its_maker_and_every_maker_its_kind() -> None:
    assert [kind.slug for kind in KINDS] == list(dict.fromkeys(kind.slug for kind in KINDS))
    assert {kind.slug for kind in KINDS} == set(MAKERS)


@pytest.mark.parametrize("slug", [kind.slug for kind in KINDS])
def test_every_paper_prints_on_both_sizes_under_the_letterhead(session: Session, slug: str) -> None:
    for size, width in (("letter", 612), ("a4", 595)):
        paper = session.papers.paper(slug, PaperChoice(size=size))
        printed = draw(paper.content)
        page = PdfReader(io.BytesIO(printed.data)).pages[0]
        assert int(page.mediabox.width) == width
        assert slug == "labels" or "City of Alder Glen, California" in page.extract_text()
        assert printed.missing == ()
        assert paper.choice.size == size
        assert paper.file_name.endswith(".pdf") and "/" not in paper.file_name
        assert "Alder Glen Sister Cities Commission" in paper.subject
    assert ("Private: not for the packet" in text_of(session, slug)) == (
        paper.is_private and isinstance(paper.content, ReportPaper)
    )


@pytest.mark.parametrize("slug", [kind.slug for kind in KINDS])
def test_in_a_new_file_a_paper_prints_or_says_what_it_lacks(empty: Session, slug: str) -> None:
    try:
        assert text_of(empty, slug)
    except NothingToPrintError as error:
        people = {
            "organizations",
            "campaigns",
            "pledges",
            "contacts",
            "vacancies",
            "gifts",
            "overdue",
            "receipts",
            "deposits",
            "payments",
        }
        assert error.lacks in {"meetings", "cancelled", "inquiries", "postings", "actions", "items"} | people
        assert str(error).endswith(".")


def test_a_commission_without_fundraising_has_no_papers_of_money(empty: Session) -> None:
    assert any(kind.reader is Reader.TREASURER for kind in empty.papers.kinds())
    empty.commission.set_rule("fundraising.allowed", False, from_on=None, source=None, note=None)
    assert not any(kind.reader is Reader.TREASURER for kind in empty.papers.kinds())


def test_what_is_offered_is_what_can_be_printed(session: Session) -> None:
    for kind in session.papers.kinds():
        shown = session.papers.paper(kind.slug).choice
        for option in kind.options:
            for offer in session.papers.offers(kind.slug, option, shown)[:4]:
                paper = session.papers.paper(kind.slug, shown.picked(option, offer.value))
                assert getattr(paper.choice, option.value) == offer.value


def test_records_that_are_gone_are_told(session: Session) -> None:
    with pytest.raises(NotFoundError):
        session.papers.paper("roster", PaperChoice(organization="gone"))
    with pytest.raises(NotFoundError):
        session.papers.paper("inquiry", PaperChoice(inquiry="gone"))
    with pytest.raises(NotFoundError):
        session.papers.paper("agenda", PaperChoice(copy=3))
    with pytest.raises(NotFoundError):
        session.papers.paper("poem")


# ---- Meetings -------------------------------------------------------------------------------------


def test_the_agenda_is_the_draft_and_after_posting_the_frozen_bytes(session: Session) -> None:
    draft = session.papers.paper("agenda")
    assert draft.choice.copy == 0 and "DRAFT" in text_of(session, "agenda")
    meeting_id = draft.choice.meeting
    assert meeting_id is not None
    copy = session.postings.make_copy(meeting_id)
    frozen = session.postings.pdf(copy)
    session.agendas.remove(session.agendas.items(meeting_id)[0].id)
    posted = session.papers.paper("agenda")
    assert isinstance(posted.content, FrozenPaper) and posted.content.data == frozen
    assert posted.choice.copy == 1
    assert "DRAFT" in text_of(session, "agenda", PaperChoice(meeting=meeting_id, copy=0))
    offers = session.papers.offers("agenda", Option.COPY, posted.choice)
    assert [offer.value for offer in offers] == [1, 0]


def test_the_notice_of_cancellation_says_which_meeting_and_the_next(session: Session) -> None:
    text = text_of(session, "cancellation")
    assert "called for Thursday, April 23, 2026, at 6:00 PM" in text and "is cancelled" in text
    assert "The next meeting is on Thursday, May 28, 2026" in text
    assert "Signature: Ana Ruiz, Secretary" in text
    scheduled = session.papers.paper("agenda").choice.meeting
    with pytest.raises(NothingToPrintError):
        session.papers.paper("cancellation", PaperChoice(meeting=scheduled))


def test_the_calendar_has_every_meeting_with_its_posting_deadline(session: Session) -> None:
    text = text_of(session, "calendar")
    assert "Thu, Sep 24 6:00 PM Regular" in text and "Mon, Sep 21, 6:00 PM Scheduled" in text
    assert "Thu, Oct 22 6:00 PM Regular Mon, Oct 19, 6:00 PM Projected" in text
    assert text.count("Cancelled") == 1
    assert "10 meetings" in text


# ---- People ---------------------------------------------------------------------------------------


def test_the_roster_of_seats_is_certified_as_of_its_day(session: Session) -> None:
    text = text_of(session, "seats")
    assert "Seat 5 Grace Okonkwo-Bauer" in text and "Holdover" in text
    assert "Seat 7 Mayor Vacant" in text and "10 of 11 seats filled" in text
    assert "I certify that this is the roster" in text and "Signature: City Clerk" in text
    before = text_of(session, "seats", PaperChoice(as_of=date(2025, 1, 2)))
    assert "As of January 2, 2025" in before


def test_the_register_has_every_term_holdover_and_gap_of_each_seat(session: Session) -> None:
    def rows_for(seat: str, choice: PaperChoice | None = None) -> list[tuple[str, ...]]:
        return [row[1:] for row in rows_of(session, "register", choice) if row[0] == seat]

    assert len({row[0] for row in rows_of(session, "register")}) == 11
    gap, term = rows_for("Seat 7")
    assert gap[0] == "Vacant" and gap[2] == "still"
    assert term[0] == "Walter Achterberg" and term[-1] == "Resigned"
    holdover, term = rows_for("Seat 5")
    assert holdover[0] == "Grace Okonkwo-Bauer, holdover" and term[-1] == "Expired"
    assert "I certify that this register" in text_of(session, "register")
    [before] = rows_for("Seat 5", PaperChoice(as_of=date(2026, 6, 30)))
    assert before[0] == "Grace Okonkwo-Bauer" and not before[-1]


def test_the_vacancy_notice_says_until_when_nobody_is_appointed(session: Session) -> None:
    posted = text_of(session, "vacancy")
    assert "Seat 7" in posted and "not before September 16, 2026" in posted and "54974" in posted
    view = next(view for view in session.members.seats() if view.seat.key == "regular-2")
    assert view.standing.term is not None
    session.members.end_term(view.standing.term.id, TermEnd.RESIGNED, date(2026, 9, 10))
    text = text_of(session, "vacancy")
    assert "Seat 2" in text and "Seat 7" not in text  # the notice of seat 7 is posted
    assert "To be posted by September 30, 2026" in text
    assert "not before October 1, 2026, if this is posted today" in text
    assert "I posted this notice" in text


def test_terms_ending_are_those_of_the_next_year(session: Session) -> None:
    text = text_of(session, "terms-ending")
    assert "Terms ending in 2027" in text and "Harold Lindqvist" in text and "54972" in text
    assert "No term expires in 2040." in text_of(session, "terms-ending", PaperChoice(year=2040))


def test_attendance_counts_each_member_over_the_period(session: Session) -> None:
    matrix = session.members.attendance(2026)
    expected = []
    for contact in matrix.members:
        of = matrix.summaries[contact.id]
        counts = tuple(map(str, (of.present, of.remote, of.excused, of.absent)))
        remote = matrix.remote[contact.id]
        uses = f"{remote.uses} of {remote.allowed}"
        expected.append((contact.name, *counts, f"{of.share:.0%}", str(of.longest_absence), uses))
    assert expected and rows_of(session, "attendance") == expected
    none = PaperChoice(from_on=date(2020, 1, 1), to_on=date(2020, 12, 31))
    assert "No roll was recorded" in text_of(session, "attendance", none)


def test_the_roster_has_count_margin_forecast_and_names_no_minor(session: Session) -> None:
    organization = session.organizations.all()[0]
    session.organizations.add_member(
        organization.organization.id, "", date(2026, 1, 1), None, ContactDraft(name="Tim Young", minor=True)
    )
    text = text_of(session, "roster")
    assert "Members 23 Needed 20 Margin 3 above the minimum" in text
    assert "Forecast Falls under 20 on" in text or "Not under 20" in text
    assert "Tim Young" not in text and "A person under 18" in text
    assert "Tim Young" in text_of(session, "roster", PaperChoice(minors=True))


@pytest.mark.parametrize("slug", [kind.slug for kind in KINDS if Option.MINORS in kind.options])
def test_a_minor_is_named_on_paper_only_if_that_is_asked_for(session: Session, slug: str) -> None:
    organization = session.organizations.all()[0].organization
    who = ContactDraft(name="Tim Young", email="tim@example.org", minor=True)
    session.organizations.add_member(organization.id, "", date(2026, 1, 1), None, who)
    tim = session.contacts.all(containing="Tim Young")[0].id
    held = [view for view in session.meetings.all() if view.meeting.state is MeetingState.HELD]
    mark = RollMark(contact_id=tim, seat_id=None, state=AttendanceState.PRESENT)
    session.proceedings.record_roll(held[-1].meeting.id, [mark])
    session.pledges.record(
        PledgeDraft(
            donor_id=tim,
            campaign_id=session.campaigns.all()[0].id,
            pledged_on=date(2026, 1, 5),
            amount_cents=1_000_000,
            schedule=Schedule(every=Every.ONCE, first_on=date(2026, 2, 5)),
        )
    )
    gift = PaymentDraft(
        payer_id=tim,
        received_on=date(2026, 9, 1),
        amount_cents=500,
        campaign_id=session.campaigns.all()[0].id,
    )
    paid = session.payments.record(gift)
    session.deposits.make(DepositDraft(on=date(2026, 9, 2), payment_ids=(paid,)))
    usual = text_of(session, slug)
    assert "Tim Young" not in usual and "tim@example.org" not in usual and "under 18" in usual
    assert "Tim Young" in text_of(session, slug, PaperChoice(minors=True))


def test_the_directory_has_every_contact(session: Session) -> None:
    assert [row[0] for row in rows_of(session, "contacts")] == [one.name for one in session.contacts.all()]


# ---- Inquiries ------------------------------------------------------------------------------------


def test_clocks_say_where_every_open_inquiry_stands(session: Session) -> None:
    standing = {row[0]: row[3] for row in rows_of(session, "clocks")}
    assert standing["Huế, Vietnam"] == "Last meeting; list it by Mon 21 Sep 2026 6:00 PM"
    assert standing["Ekaterinburg, Russia"].startswith("Overdue: not discussed; its third meeting was")
    assert standing["Cape Coast, Ghana"] == "Own initiative, no clock"
    open_ones = [view for view in session.inquiries.all() if not view.inquiry.is_closed]
    assert set(standing) == {view.place for view in open_ones}


def test_the_story_has_steps_letters_and_agendas(session: Session) -> None:
    view = inquiry(session, "Tainan")
    text = text_of(session, "inquiry", PaperChoice(inquiry=view.inquiry.id))
    assert "Inquiry: Tainan, Taiwan" in text and "Received May 12, 2026" in text
    assert all(line.title.split()[0] in text for line in view.steps)
    for letter in view.letters:
        assert (letter.subject or "") in text


def test_a_recorded_letter_prints_its_own_words_and_its_day(session: Session) -> None:
    view = inquiry(session, "Tainan")
    choice = PaperChoice(inquiry=view.inquiry.id)
    offers = session.papers.offers("reply", Option.LETTER, choice)
    assert offers[0].value == ""
    assert "Thank you for your" in text_of(session, "reply", choice)
    sent = [offer for offer in offers if offer.value]
    for offer in sent:
        letter = next(one for one in view.letters if one.id == offer.value)
        text = text_of(session, "reply", choice.picked(Option.LETTER, offer.value))
        assert " ".join((letter.text or "").split())[:60] in text
    assert session.papers.paper("reply", choice).contact_ids == tuple(
        [view.inquiry.contact_id] if view.inquiry.contact_id else []
    )


# ---- Money ----------------------------------------------------------------------------------------


def test_open_pledges_add_up_and_the_public_form_names_nobody(session: Session) -> None:
    text = text_of(session, "pledges")
    public = text_of(session, "pledges", PaperChoice(public=True))
    money = [a for a in session.pledges.accounts() if a.pledge.kind is PledgeKind.MONEY and a.balance_cents]
    total = format_money(sum(account.balance_cents for account in money), sign=True)
    assert f"open pledges, {total}" in text and f"open pledges, {total}" in public
    assert "Private" not in public
    for account in money:
        name = session.contacts.get(account.pledge.donor_id).name
        assert name.split()[-1] in text and name not in public


def test_one_campaign_alone_can_be_printed(session: Session) -> None:
    garden = next(one for one in session.campaigns.all() if "Garden" in one.name)
    text = text_of(session, "pledges", PaperChoice(campaign=garden.id))
    assert "Friendship Garden" in text and "Student Exchange" not in text and "All campaigns" not in text


def test_pledges_and_aging_are_as_of_their_day(session: Session) -> None:
    early = PaperChoice(as_of=date(2020, 1, 1))
    assert "No pledge is open." in text_of(session, "pledges", early)
    assert "Nothing is open." in text_of(session, "aging", early)


def test_aging_has_every_donor_and_the_total(session: Session) -> None:
    aging = session.pledges.aging()
    text = text_of(session, "aging")
    public = text_of(session, "aging", PaperChoice(public=True))
    assert f"Total {format_money(aging.total.cents[0], sign=True)}" in text
    total = format_money(aging.total.total_cents, sign=True)
    assert total in text and total.removeprefix("$") in public
    for donor_id, _ in aging.donors:
        assert session.contacts.get(donor_id).name not in public


def test_an_estimate_of_a_gift_in_kind_is_on_no_paper(session: Session) -> None:
    draft = PledgeDraft(
        kind=PledgeKind.IN_KIND,
        donor_id=session.contacts.all()[0].id,
        campaign_id=session.campaigns.all()[0].id,
        pledged_on=TODAY,
        description="Cherry trees",
        unit="trees",
        quantity=7,
        estimate_cents=123_457,
    )
    pledge = PaperChoice(pledge=session.pledges.record(draft))
    assert "Cherry trees 7 trees 0" in text_of(session, "pledges")
    for text in (text_of(session, "pledges"), text_of(session, "confirmation", pledge)):
        assert "Cherry trees" in text and "1,234.57" not in text


def test_the_acknowledgement_goes_to_its_donor(session: Session) -> None:
    paper = session.papers.paper("confirmation")
    assert paper.choice.pledge is not None
    view = session.pledges.account(paper.choice.pledge)
    assert paper.contact_ids == (view.donor.id,)
    assert "It is not a receipt" in text_of(session, "confirmation")
    offer = session.papers.pledge_words(paper.choice.pledge)
    assert offer is not None and offer.text == view.donor.name


# ---- E-mails --------------------------------------------------------------------------------------


def test_groups_are_who_is_there_today(session: Session) -> None:
    groups = {group.organization or group.kind: group for group in session.mail.groups()}
    assert list(groups)[:4] == ["commissioners", "alternates", "liaisons", "staff"]
    assert len(groups["commissioners"].people) == 6
    society = groups["Alder Glen Friendship Society"]
    assert len(society.people) == session.organizations.all()[0].roster.active


def test_several_are_blind_copies_and_one_is_written_to(session: Session) -> None:
    commissioners = [person.id for person in session.mail.groups()[0].people]
    together = session.mail.members_together(commissioners)
    assert together.is_majority and together.needed == 4
    several = session.mail.draft(commissioners, subject="s", text="t")
    assert len(several.bcc) == 6
    assert [one.address for one in several.to] == ["sistercities@alderglen.example.org"]
    alone = session.mail.draft(commissioners[:1], subject="s", text="t")
    assert len(alone.to) == 1 and alone.bcc == ()
    assert not session.mail.members_together(commissioners[:1]).is_majority


def test_who_is_at_the_keyboard_counts(session: Session) -> None:
    others = [person.id for person in session.mail.groups()[0].people if person.name != "Ana Ruiz"]
    assert session.mail.members_together(others[:3]).is_majority
    session.sit_down("Rosa Delgado")
    assert not session.mail.members_together(others[:3]).is_majority


def test_a_file_left_alone_for_years_is_told_year_by_year(sample: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(sample, tmp_path / "glen.commission"))
    with closing(CommissionProgram(now=_now).open_reading(copy, on=date(2100, 12, 31))) as session:
        paper = session.papers.paper("state").content
        told = [one for one in session.attention.findings() if one.rule == "meeting-outcome"]
    assert isinstance(paper, ReportPaper)
    rows = [row for block in paper.blocks if block.table for row in block.table.rows]
    days = [row for row in rows if row[1] == "Not in the file: held, no quorum or cancelled?"]
    assert len(told) > 500
    assert len(days) == 2101 - 2026
    assert days[-1][2:] == ("10 regular meetings of 2100", "from Jan\u00a028,\u00a02100")
    assert len(PdfReader(io.BytesIO(draw(paper).data)).pages) < 8
