"""Erasing a person: nothing of them is left in the bytes of the file; what they did stays."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from commission_app.domain.campaigns import CampaignDraft
from commission_app.domain.contacts import ContactDraft, ContactKind
from commission_app.domain.donor_letters import DonorLetterKind, Sending
from commission_app.domain.inquiries import (
    Channel,
    CityDraft,
    InquiryDraft,
    LetterDirection,
    LetterDraft,
)
from commission_app.domain.meetings import AttendanceState, MeetingDraft, MeetingState
from commission_app.domain.members import OfficeTitle, TermDraft, TermEnd
from commission_app.domain.payments import PaymentDraft
from commission_app.domain.pledges import PledgeDraft
from commission_app.domain.schedules import Every, Schedule
from commission_app.domain.text import fold
from commission_app.errors import ConflictError, ValidationError
from commission_app.services.proceedings_roll import RollMark
from commission_app.services.session import Session
from commission_app.storage import marks, replay
from commission_app.storage.tables import (
    attachments,
    donor_letters,
    payments,
    receipts,
    statements,
    year_closings,
)
from tests.factories import make_session

TODAY = date(2026, 6, 15)
REASON = "Asked in writing on June 1"
PEOPLE = (
    ContactDraft(
        name="José Álvarez Núñez",
        email="jose.alvarez@example.org",
        phone="408 555 0134",
        address="12 Almond Court\nAlder Glen",
        language="Español mexicano",
        note="Plays the cello in Oakhurst",
    ),
    ContactDraft(name="王小明", email="xiaoming@example.org", phone="408 555 0135", note="喜歡下棋"),
    ContactDraft(name="Nguyễn Văn Đạt", email="dat.nguyen@example.org", phone="+84 24 5550 1360"),
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = make_session(tmp_path, on=TODAY)
    yield made
    made.close()


def bytes_around(session: Session) -> bytes:
    """What stands in the file and beside it."""
    return b"".join(path.read_bytes() for path in session.path.parent.iterdir() if path.is_file())


def traces(session: Session, draft: ContactDraft) -> list[str]:
    """What of a contact can be found in those bytes: each text as it is and folded."""
    found = bytes_around(session)
    texts = [draft.name, draft.email, draft.phone, draft.address, draft.language, draft.note]
    forms = {form for text in texts if text for form in (text, fold(text), json.dumps(text)[1:-1])}
    return sorted(form for form in forms if form.encode() in found)


def active(session: Session, draft: ContactDraft) -> str:
    """A person who sat, was called at a roll, gave money, wrote, and was typed about."""
    earlier = replace(draft, phone="408 555 0199", name=f"{draft.name} Smith")
    contact_id = session.contacts.add(earlier)
    session.contacts.change(contact_id, draft)
    seat = session.members.seats()[0].seat
    term = TermDraft(
        seat_id=seat.id, contact_id=contact_id, from_on=date(2025, 1, 1), to_on=None, appointed_by="Mayor"
    )
    term_id = session.members.appoint(term)
    meeting_id = session.meetings.schedule(MeetingDraft(starts=datetime(2026, 2, 26, 18)))
    session.meetings.record_results({meeting_id: MeetingState.HELD})
    session.proceedings.record_roll(
        meeting_id, [RollMark(contact_id=contact_id, seat_id=seat.id, state=AttendanceState.PRESENT)]
    )
    session.members.end_term(term_id, TermEnd.RESIGNED, date(2026, 5, 1))
    campaign = session.campaigns.add(CampaignDraft(name="Youth exchange"))
    session.payments.record(
        PaymentDraft(payer_id=contact_id, received_on=TODAY, amount_cents=5000, campaign_id=campaign)
    )
    session.drafts.keep("contact:new", "a new contact", {"page": "members"}, {"name": draft.name})
    session.drafts.keep("letter:new", "a letter", {"page": "inquiries"}, {"subject": "Thanks"})
    session.sit_down(draft.name)
    session.contacts.add(ContactDraft(name="Somebody Else"))
    session.sit_down("Ana Ruiz")
    return contact_id


@pytest.mark.parametrize("draft", PEOPLE, ids=lambda draft: draft.name)
def test_nothing_of_the_person_is_left_in_the_bytes(session: Session, draft: ContactDraft) -> None:
    contact_id = active(session, draft)
    assert draft.name in traces(session, draft)
    assert session.erasure.erase(contact_id, REASON) == "Former member"
    assert traces(session, draft) == []
    assert b"408 555 0199" not in bytes_around(session)
    session.close()
    assert traces(session, draft) == []


def test_what_they_did_stays_under_a_name_that_says_nothing(session: Session) -> None:
    contact_id = active(session, PEOPLE[0])
    session.erasure.erase(contact_id, REASON)
    left = session.contacts.get(contact_id)
    assert (left.name, left.email, left.phone, left.address) == ("Former member", None, None, None)
    assert (left.language, left.note, left.key) == (None, None, contact_id)
    assert session.members.terms_of(session.members.seats()[0].seat.id)[0].holder.name == "Former member"
    assert session.members.attendance(2026).summaries[contact_id].present == 1
    assert session.campaigns.standings()[0].received_cents == 5000
    assert [draft.key for draft in session.drafts.all()] == ["letter:new"]


def test_the_history_tells_it_without_the_name(session: Session) -> None:
    contact_id = active(session, PEOPLE[2])
    session.erasure.erase(contact_id, REASON)
    told = [(action.who, action.what) for action in session.history.recent()]
    assert told[0] == ("Ana Ruiz", "erased a person’s data (Asked in writing on June 1)")
    assert told[1] == ("Former member", "added Somebody Else to the contacts")
    assert told[2] == ("Ana Ruiz", "recorded a payment of $50.00 from Former member")
    assert ("Ana Ruiz", "appointed Former member to Seat 1") in told
    assert ("Ana Ruiz", "changed the contact Former member") in told


def test_the_log_still_tells_how_every_row_came_about(session: Session) -> None:
    contact_id = active(session, PEOPLE[1])
    session.erasure.erase(contact_id, REASON)
    assert [check.problems for check in session.verification.run() if not check.is_good] == []


def test_several_are_numbered(session: Session) -> None:
    names = [session.erasure.erase(session.contacts.add(draft), REASON) for draft in PEOPLE]
    assert names == ["Former member", "Former member 2", "Former member 3"]


def test_no_undo_brings_the_data_back(session: Session) -> None:
    contact_id = active(session, PEOPLE[0])
    session.erasure.erase(contact_id, REASON)
    assert session.history.undoable() is None
    assert session.history.redoable() is None
    refused = {}
    for action in session.history.recent():
        reason = session.history.entry(action.id).reason_not_to_undo
        try:
            session.history.undo(action.id)
        except ConflictError as error:
            refused[action.what] = str(error)
            assert reason == str(error)
        assert traces(session, PEOPLE[0]) == []
    what = "erased a person’s data (Asked in writing on June 1)"
    assert refused[what] == "What was erased cannot come back."
    told = f"Ana Ruiz has {what} since, which touched the same record."
    assert refused["changed the contact Former member"] == told


def test_who_is_still_active_is_erased_only_when_that_is_confirmed(session: Session) -> None:
    contact_id = session.contacts.add(PEOPLE[0])
    seat = session.members.seats()[0].seat
    session.members.appoint(TermDraft(seat_id=seat.id, contact_id=contact_id, from_on=date(2026, 1, 1)))
    session.members.elect(OfficeTitle.VICE_CHAIR, contact_id, date(2026, 1, 1))
    campaign = session.campaigns.add(CampaignDraft(name="Youth exchange"))
    pledge = PledgeDraft(
        donor_id=contact_id,
        campaign_id=campaign,
        pledged_on=TODAY,
        amount_cents=1000,
        schedule=Schedule(every=Every.ONCE, first_on=TODAY),
    )
    session.pledges.record(pledge)
    plan = session.erasure.plan(contact_id)
    assert plan.standing == ("holds Seat 1", "is Vice Chair", "has an open pledge")
    assert plan.stays == ("1 term", "1 office", "1 pledge")
    with pytest.raises(ConflictError, match="holds Seat 1, is Vice Chair, has an open pledge"):
        session.erasure.erase(contact_id, REASON)
    assert session.contacts.get(contact_id).name == PEOPLE[0].name
    session.erasure.erase(contact_id, REASON, although_active=True)
    assert traces(session, PEOPLE[0]) == []


def test_texts_about_them_are_told_and_left(session: Session) -> None:
    draft = PEOPLE[2]
    contact_id = session.contacts.add(draft)
    city = session.cities.add(CityDraft(name="Hue", country="VN"))
    inquiry = InquiryDraft(city_id=city, received_on=date(2026, 5, 1), channel=Channel.EMAIL)
    inquiry_id = session.inquiries.record(inquiry)
    first = LetterDraft(
        inquiry_id=inquiry_id,
        direction=LetterDirection.IN,
        on=date(2026, 5, 2),
        channel=Channel.EMAIL,
        text=f"Please write to {draft.name}, {draft.email}.",
    )
    cleaned = replace(first, on=date(2026, 5, 3))
    session.inquiries.add_letter(first)
    letter_id = session.inquiries.add_letter(cleaned)
    session.inquiries.change_letter(letter_id, replace(cleaned, text="Please write to us."))
    session.inquiries.close_step(inquiry_id, "contact", done_on=TODAY, by=draft.name)
    assert session.erasure.plan(contact_id).by_hand == ("the letter of May 2, 2026: text",)
    session.erasure.erase(contact_id, REASON)
    letters = {one.on.day: one.text for one in session.inquiries.get(inquiry_id).letters}
    assert letters == {2: first.text, 3: "Please write to us."}
    assert bytes_around(session).count(draft.name.encode()) == 2  # the letter, and the log that made it
    assert [check for check in session.verification.run() if not check.is_good] == []


def test_an_organization_is_not_erased(session: Session) -> None:
    rotary = session.contacts.add(ContactDraft(name="Rotary Club", kind=ContactKind.ORGANIZATION))
    with pytest.raises(ConflictError, match="Only a person"):
        session.erasure.plan(rotary)


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        (" ", "Say why"),
        ("José asked", "Leave the name out"),
        ("Mail of jose.alvarez@example.org", "Leave out what tells"),
        ("x" * 301, "longer than 300"),
    ],
)
def test_the_reason_is_asked_and_names_nobody(session: Session, reason: str, message: str) -> None:
    contact_id = session.contacts.add(PEOPLE[0])
    with pytest.raises(ValidationError, match=message):
        session.erasure.erase(contact_id, reason)


def test_who_is_at_the_keyboard_is_not_erased(session: Session) -> None:
    contact_id = session.contacts.add(ContactDraft(name="Ana Ruiz"))
    with pytest.raises(ConflictError, match="at the keyboard"):
        session.erasure.erase(contact_id, REASON)


def test_a_name_that_is_also_a_month_leaves_the_month(session: Session) -> None:
    contact_id = session.contacts.add(ContactDraft(name="May"))
    session.meetings.schedule(MeetingDraft(starts=datetime(2026, 5, 28, 18)))
    session.erasure.erase(contact_id, REASON)
    told = [action.what for action in session.history.recent(3)]
    assert told[1:] == ["entered the meeting of May 28", "added Former member to the contacts"]


def test_their_own_papers_go_too_unless_they_are_to_stay(session: Session, tmp_path: Path) -> None:
    for number, with_papers in enumerate((True, False)):
        name = ("Ines Aalto", "Juhani Virta")[number]
        contact_id = session.contacts.add(ContactDraft(name=name))
        data = f"resume number {number}".encode()
        with session.context.database.writing("attached a file") as writer:
            sha256 = writer.keep_bytes(data)
            writer.insert(
                attachments,
                noun="contacts",
                of_id=contact_id,
                name=f"{name}.txt",
                type="text/plain",
                sha256=sha256,
                size=len(data),
            )
        assert session.erasure.plan(contact_id).papers == (f"{name}.txt",)
        session.erasure.erase(contact_id, REASON, with_papers=with_papers)
        assert (data in bytes_around(session)) is not with_papers
    assert b"Ines Aalto" not in bytes_around(session)


def test_backups_go_after_a_new_one_was_made(session: Session, tmp_path: Path) -> None:
    contact_id = active(session, PEOPLE[0])
    (second := tmp_path / "stick").mkdir()
    session.backups.choose_second_place(second)
    session.backups.make("manual")
    session.erasure.erase(contact_id, REASON)
    old = session.erasure.plan(contact_id).backups
    assert {backup.path.parent.name for backup in old} == {session.backups.folder.name, "glen backups"}
    made = session.erasure.remove_backups(old)
    assert [backup.path.exists() for backup in old] == [False] * len(old)
    left = session.erasure.backups()
    assert {backup.path.name for backup in left} == {made.path.name}
    assert not any(PEOPLE[0].name.encode() in backup.path.read_bytes() for backup in left)


QUILLON = ContactDraft(key="pq", name="Pía Quillón", phone="(408) 555-0177", email="pia@example.org")
WRITTEN = (
    "Quillon, Pia",
    "QUILLÓN Pía",
    "408-555-0177",
    "4085550177",
    "+1 (408) 555.0177",
    "Qui\u0301llon Pia",
)


def told_in_letters(session: Session, texts: Sequence[str]) -> None:
    """A letter a text, on the days of May."""
    city = session.cities.add(CityDraft(name="Hue", country="VN"))
    inquiry = InquiryDraft(city_id=city, received_on=date(2026, 5, 1), channel=Channel.EMAIL)
    inquiry_id = session.inquiries.record(inquiry)
    for day, text in enumerate(texts, 1):
        session.inquiries.add_letter(
            LetterDraft(
                inquiry_id=inquiry_id,
                direction=LetterDirection.IN,
                on=date(2026, 5, day),
                channel=Channel.EMAIL,
                text=f"Ask about it: {text}.",
            )
        )


def test_a_name_in_another_order_and_a_number_written_otherwise_are_told(session: Session) -> None:
    contact_id = session.contacts.add(QUILLON)
    others = ("Pia Braga", "Quillon Street; later Pia came", "14085550178", "4085550177123", "408-555-017")
    told_in_letters(session, (*WRITTEN, *others))
    told = session.erasure.plan(contact_id).by_hand
    assert told == tuple(f"the letter of May {day}, 2026: text" for day in range(1, len(WRITTEN) + 1))


def test_what_is_changed_before_erasing_leaves_the_history_however_it_was_written(session: Session) -> None:
    contact_id = session.contacts.add(QUILLON)
    told_in_letters(session, WRITTEN)
    for inquiry in session.inquiries.all():
        for letter in session.inquiries.get(inquiry.inquiry.id).letters:
            draft = LetterDraft(
                inquiry_id=letter.inquiry_id,
                direction=letter.direction,
                on=letter.on,
                channel=letter.channel,
                text="Ask us.",
            )
            session.inquiries.change_letter(letter.id, draft)
    assert session.erasure.plan(contact_id).by_hand == ()
    session.erasure.erase(contact_id, REASON)
    found = bytes_around(session)
    assert [text for text in (*WRITTEN, "Quillon") if text.encode() in found] == []
    assert [check for check in session.verification.run() if not check.is_good] == []


def test_who_signed_with_the_name_in_another_order_is_erased(session: Session) -> None:
    contact_id = session.contacts.add(QUILLON)
    session.sit_down("Quillon, Pia")
    session.contacts.add(ContactDraft(name="Somebody Else"))
    session.sit_down("Ana Ruiz")
    session.erasure.erase(contact_id, REASON)
    assert [action.who for action in session.history.recent(2)] == ["Ana Ruiz", "Former member"]
    assert b"Quillon" not in bytes_around(session)


def test_keys_that_have_the_name_are_told_and_replaced(session: Session) -> None:
    contact_id = session.contacts.add(QUILLON)
    other = session.contacts.add(ContactDraft(key="maria-quillon", name="María Quillón"))
    campaign = session.campaigns.add(CampaignDraft(key="pia-quillon-fund", name="Youth exchange"))
    for donor, key in ((contact_id, "quillon-pledge"), (other, "quillon-2"), (contact_id, "p7")):
        session.pledges.record(
            PledgeDraft(
                key=key,
                donor_id=donor,
                campaign_id=campaign,
                pledged_on=TODAY,
                amount_cents=1000,
                schedule=Schedule(every=Every.ONCE, first_on=TODAY),
            )
        )
    assert session.erasure.plan(contact_id).keys == ("pia-quillon-fund", "quillon-pledge")
    session.erasure.erase(contact_id, REASON, although_active=True)
    assert {account.pledge.key for account in session.pledges.accounts()} >= {"quillon-2", "p7"}
    found = bytes_around(session)
    assert b"quillon-pledge" not in found and b"pia-quillon" not in found
    assert session.contacts.get(other).key == "maria-quillon"
    assert [check for check in session.verification.run() if not check.is_good] == []


def test_what_is_changed_after_erasing_leaves_the_history_and_the_bytes_too(session: Session) -> None:
    contact_id = session.contacts.add(QUILLON)
    told_in_letters(session, WRITTEN)
    session.erasure.erase(contact_id, REASON)
    assert b"Quillon" in bytes_around(session)
    for inquiry in session.inquiries.all():
        for letter in session.inquiries.get(inquiry.inquiry.id).letters:
            draft = LetterDraft(
                inquiry_id=letter.inquiry_id,
                direction=letter.direction,
                on=letter.on,
                channel=letter.channel,
                text=f"{letter.text} Answered.",
            )
            session.inquiries.change_letter(letter.id, draft)  # it still tells of them
            session.inquiries.change_letter(letter.id, replace(draft, text="Ask us."))
            with pytest.raises(ConflictError, match="What was erased cannot come back"):
                session.history.undo()
    found = bytes_around(session)
    assert [text for text in (*WRITTEN, "Quillon") if text.encode() in found] == []
    assert [check for check in session.verification.run() if not check.is_good] == []


def test_what_was_removed_after_erasing_can_come_back(session: Session) -> None:
    contact_id = session.contacts.add(QUILLON)
    told_in_letters(session, WRITTEN[:1])
    session.erasure.erase(contact_id, REASON)
    [inquiry] = session.inquiries.all()
    [letter] = session.inquiries.get(inquiry.inquiry.id).letters
    session.inquiries.remove_letter(letter.id)
    session.history.undo()
    assert session.inquiries.get(inquiry.inquiry.id).letters == (letter,)


def papered(session: Session, draft: ContactDraft) -> str:
    """A donor with a receipt, a statement, a letter and a deposit, whose year is closed by themselves."""
    contact_id = active(session, draft)
    with session.context.database.reading() as connection:
        payment_id = connection.execute(payments.select()).mappings().one()["id"]
    session.receipts.issue([payment_id])
    empty = dict.fromkeys(
        ("body_name", "full_name", "city_line", "date_line", "subject", "text", "footer"), ""
    )
    to_lines = [draft.name, *str(draft.address).splitlines()]
    words = {**empty, "to_lines": to_lines, "address_lines": ["Alder Glen"]}
    with session.context.database.writing("wrote to a donor") as writer:
        writer.insert(
            statements,
            contact_id=contact_id,
            from_on=date(2026, 1, 1),
            to_on=TODAY,
            issued_on=TODAY,
            amount_cents=5000,
            content=words,
        )
        letter = writer.insert(
            donor_letters,
            contact_id=contact_id,
            kind=DonorLetterKind.THANKS,
            on=TODAY,
            sending=Sending.LETTER,
            subject=f"Thanks, {draft.name}",
            text=f"{{Dear {draft.name}}}, thank you.",
        )
        writer.update(donor_letters, letter, subject=f"Many thanks, {draft.name}")
        writer.insert(
            year_closings,
            from_on=date(2025, 1, 1),
            to_on=date(2025, 12, 31),
            closed_on=TODAY,
            closed_by=draft.name,
        )
    return contact_id


def test_frozen_papers_and_letters_forget_the_donor_in_the_file_and_in_its_history(session: Session) -> None:
    draft = PEOPLE[0]
    contact_id = papered(session, draft)
    by_hand = session.erasure.plan(contact_id).by_hand
    assert not any("receipt" in told or "letter" in told or "year" in told for told in by_hand)
    assert "1 receipt" in session.erasure.plan(contact_id).stays
    session.erasure.erase(contact_id, REASON)
    assert traces(session, draft) == []
    found = bytes_around(session)
    assert b"Almond Court" not in found
    with session.context.database.reading() as connection:
        statement = connection.execute(statements.select()).mappings().one()
        assert statement["content"]["to_lines"] == ["Former member", "(erased)", "(erased)"]
        assert statement["content"]["address_lines"] == ["Alder Glen"]
        [receipt] = connection.execute(receipts.select()).mappings().all()
        assert receipt["content"]["to_lines"][0] == "Former member"
        assert (receipt["number"], receipt["amount_cents"]) == (1, 5000)
        letter = connection.execute(donor_letters.select()).mappings().one()
        assert (letter["subject"], letter["text"]) == (
            "Many thanks, Former member",
            "{Dear Former member}, thank you.",
        )
        closing = connection.execute(year_closings.select()).mappings().one()
        assert closing["closed_by"] == "Former member"
        assert marks.fact(connection, "erasing") is None
        assert next(replay.differences(connection), None) is None


def test_the_papers_of_others_keep_their_address_though_it_is_the_same(session: Session) -> None:
    first = papered(session, PEOPLE[0])
    other = session.contacts.add(ContactDraft(name="Daniel Lee", address=PEOPLE[0].address))
    with session.context.database.writing("wrote to a donor") as writer:
        writer.insert(
            donor_letters,
            contact_id=other,
            kind=DonorLetterKind.THANKS,
            on=TODAY,
            sending=Sending.LETTER,
            text="Alder Glen",
        )
    session.erasure.erase(first, REASON)
    with session.context.database.reading() as connection:
        kept = connection.execute(donor_letters.select().where(donor_letters.c.contact_id == other))
        assert kept.mappings().one()["text"] == "Alder Glen"


def test_who_was_merged_into_the_person_is_erased_too(session: Session) -> None:
    first = session.contacts.add(ContactDraft(name="Zebulon Quixworth", email="zq@example.org"))
    other = ContactDraft(name="Zeb Quacksalver", address="Box 9999\nAlder Glen", phone="408 555 0177")
    papered(session, other)
    [twin] = session.contacts.all(containing="Quacksalver")
    session.merging.merge(first, twin.id)
    session.sit_down(other.name)
    session.contacts.add(ContactDraft(name="Somebody Else"))
    session.sit_down("Ana Ruiz")
    session.erasure.erase(first, REASON)
    assert traces(session, other) == []
    assert b"Quixworth" not in bytes_around(session) and b"Quacksalver" not in bytes_around(session)
    assert all(check.is_good for check in session.verification.run())
