"""Confirmations and reminders: what they say, which tone comes next, and what is on record."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from commission_app.documents import letter
from commission_app.domain.campaigns import CampaignDraft
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.deposits import RefundDraft
from commission_app.domain.donor_letters import DonorLetterKind, Sending, Tone
from commission_app.domain.findings import Level
from commission_app.domain.payments import PaymentDraft
from commission_app.domain.pledges import (
    DeliveryDraft,
    PledgeDraft,
    PledgeKind,
    TermsChangeDraft,
    WriteOffDraft,
)
from commission_app.domain.report_paper import Block
from commission_app.domain.schedules import Every, Instalment, Schedule
from commission_app.errors import NotFoundError, ValidationError
from commission_app.services.donor_letters import WrittenLetter, bundle_of
from commission_app.services.session import Session
from tests.factories import make_session
from tests.pdf_words import pages_of

TODAY = date(2026, 6, 1)
APRIL = date(2026, 4, 26)
CONFIRMATION, REMINDER = DonorLetterKind.CONFIRMATION, DonorLetterKind.REMINDER


@dataclass
class Glen:
    """A file with one donor and one campaign."""

    session: Session
    donor: str
    campaign: str

    def pledge(self, **more: object) -> str:
        given: dict[str, Any] = {
            "amount_cents": 10_000,
            "schedule": Schedule(every=Every.MONTH, count=12, first_on=date(2026, 2, 28)),
            **more,
        }
        made = PledgeDraft(
            donor_id=self.donor, campaign_id=self.campaign, pledged_on=date(2026, 2, 1), **given
        )
        return self.session.pledges.record(made)

    def pay(self, pledge_id: str, cents: int, on: date) -> None:
        parts = self.session.payments.propose(cents, on, [pledge_id])
        self.session.payments.record(
            PaymentDraft(payer_id=self.donor, received_on=on, amount_cents=cents, allocations=parts)
        )

    def confirm(self, pledge_id: str) -> WrittenLetter:
        return self.session.donor_letters.draft(pledge_id, CONFIRMATION)

    def remind(self, pledge_id: str, on: date) -> Tone | None:
        """Write the reminder that comes next and record it."""
        written = self.session.donor_letters.draft(pledge_id, REMINDER, on=on)
        self.session.donor_letters.record([written.draft])
        return written.draft.tone


@pytest.fixture
def glen(tmp_path: Path) -> Iterator[Glen]:
    session = make_session(tmp_path, on=TODAY)
    donor = session.contacts.add(
        ContactDraft(name="Ana Ruiz", email="ana@example.org", address="1 Main Street\nAlder Glen, CA 95000")
    )
    yield Glen(session, donor, session.campaigns.add(CampaignDraft(name="Garden")))
    session.close()


def table(blocks: tuple[Block, ...]) -> list[tuple[str, ...]]:
    found = next(block.table for block in blocks if block.table is not None)
    return [tuple(cell.replace("\u00a0", " ") for cell in row) for row in (*found.rows, found.total) if row]


def test_a_reminder_names_promised_paid_and_each_overdue_installment(glen: Glen) -> None:
    pledge_id = glen.pledge()
    glen.pay(pledge_id, 834, date(2026, 3, 1))
    [line] = glen.session.donor_letters.reminders()
    assert (line.pledged_cents, line.paid_cents, line.overdue_cents) == (10_000, 834, 2_502)
    assert (line.since, line.tone, line.sent, line.is_proposed) == (date(2026, 3, 28), Tone.GENTLE, (), True)
    written = glen.session.donor_letters.draft(pledge_id, REMINDER)
    assert written.draft.amount_cents == 2_502
    assert table(written.paper.blocks) == [
        ("Mar 28, 2026", "8.34", "0.00", "8.34"),
        ("Apr 28, 2026", "8.34", "0.00", "8.34"),
        ("May 28, 2026", "8.34", "0.00", "8.34"),
        ("Total", "$25.02", "$0.00", "$25.02"),
    ]
    [page] = pages_of(letter.draw(written.paper).data)
    for said in (
        "$100.00",
        "$8.34",
        "$25.02, the oldest part since March 28, 2026",
        "1 Main Street",
        "Payable to",
    ):
        assert said in page


def test_tones_follow_one_another_and_nobody_is_reminded_twice_in_fourteen_days(glen: Glen) -> None:
    pledge_id = glen.pledge()
    assert glen.remind(pledge_id, date(2026, 4, 1)) is Tone.GENTLE
    [line] = glen.session.donor_letters.reminders(date(2026, 4, 14))
    assert (line.tone, line.waits_until, line.is_proposed) == (Tone.FIRM, date(2026, 4, 15), False)
    [line] = glen.session.donor_letters.reminders(date(2026, 4, 15))
    assert line.waits_until is None and line.is_proposed
    assert glen.remind(pledge_id, date(2026, 4, 15)) is Tone.FIRM
    assert glen.remind(pledge_id, date(2026, 5, 1)) is Tone.FINAL
    [line] = glen.session.donor_letters.reminders()
    assert (line.tone, line.is_proposed, len(line.sent)) == (Tone.FINAL, False, 3)


def test_what_was_paid_since_begins_gently_again(glen: Glen) -> None:
    pledge_id = glen.pledge()
    glen.remind(pledge_id, date(2026, 3, 20))
    glen.pay(pledge_id, 834, date(2026, 3, 25))
    [line] = glen.session.donor_letters.reminders()
    assert (line.since, line.sent, line.tone) == (date(2026, 3, 28), (), Tone.GENTLE)


def test_what_waits_is_not_reminded(glen: Glen) -> None:
    pledge_id = glen.pledge(condition="The council approves the garden")
    assert glen.session.donor_letters.reminders() == []
    text = glen.confirm(pledge_id).paper.text
    assert "nothing is due until its condition is met" in text
    assert "Your pledge is made on a condition: The council approves the garden." in text


def test_a_matching_pledge_says_what_it_matches(glen: Glen) -> None:
    pledge_id = glen.pledge(match_percent=50, match_until=date(2026, 12, 31))
    wanted = "matches 50 % of what others give to Garden until December 31, 2026, up to $100.00."
    assert wanted in glen.confirm(pledge_id).paper.text


def test_a_confirmation_is_never_a_receipt_whatever_was_edited(glen: Glen) -> None:
    written = glen.confirm(glen.pledge())
    edited = written.edited(replace(written.reply, text="Thanks."))
    [page] = pages_of(letter.draw(edited.paper).data)
    assert "It is not a receipt, and no acknowledgement for your taxes." in page
    assert edited.draft.text == "Thanks."


def test_a_pledge_in_kind_is_confirmed_without_a_value(glen: Glen) -> None:
    pledge_id = glen.pledge(
        kind=PledgeKind.IN_KIND,
        amount_cents=None,
        schedule=None,
        description="Host family",
        unit="nights",
        quantity=12,
        estimate_cents=99_900,
    )
    [page] = pages_of(letter.draw(glen.confirm(pledge_id).paper).data)
    assert "Host family, 12 nights" in page and "$" not in page and "999" not in page


@pytest.mark.parametrize(("on", "reminded"), [(date(2026, 5, 19), "2026-05-19"), (date(2026, 5, 18), None)])
def test_home_is_calm_for_fourteen_days_after_everybody_was_reminded(
    glen: Glen, on: date, reminded: str | None
) -> None:
    pledge_id = glen.pledge(schedule=Schedule(every=Every.ONCE, first_on=date(2026, 5, 1)))
    glen.remind(pledge_id, on)
    [told] = [one for one in glen.session.attention.pressing() if one.rule == "pledge-overdue"]
    assert told.values.get("reminded_on") == reminded
    assert told.level is (Level.INFO if reminded else Level.OVERDUE)


def test_a_reminder_of_what_was_due_before_makes_nothing_calm(glen: Glen) -> None:
    pledge_id = glen.pledge(amount_cents=20_000, schedule=thirds(date(2026, 4, 26), date(2026, 5, 26)))
    glen.remind(pledge_id, date(2026, 5, 20))
    glen.pay(pledge_id, 10_000, date(2026, 5, 21))
    [told] = [one for one in glen.session.attention.pressing() if one.rule == "pledge-overdue"]
    assert told.level is Level.OVERDUE


# ---- Every sentence is true for every state of the pledge ------------------------------------------


def thirds(*days: date) -> Schedule:
    """One part of a hundred dollars on each of some days."""
    parts = tuple(Instalment(due_on=day, amount_cents=10_000) for day in days)
    return Schedule(every=Every.DATES, dates=parts)


def said(glen: Glen, pledge_id: str, tone: Tone, on: date = TODAY) -> str:
    written = glen.session.donor_letters.draft(pledge_id, REMINDER, tone, on)
    return written.paper.text.replace("\u00a0", " ")


@pytest.mark.parametrize("tone", Tone)
def test_one_part_that_is_due_is_told_with_its_day(glen: Glen, tone: Tone) -> None:
    pledge_id = glen.pledge(schedule=Schedule(every=Every.ONCE, first_on=date(2026, 5, 26)))
    text = said(glen, pledge_id, tone)
    assert "your pledge of $100.00 to Garden, made on February 1, 2026." in text
    assert "We have received nothing of it so far." in text
    assert "$100.00 that was due on May 26, 2026 is still open." in text
    assert "\n\n\n" not in text and "  " not in text and "{" not in text


@pytest.mark.parametrize("tone", Tone)
def test_a_part_paid_in_part_is_told_as_what_is_still_open_of_it(glen: Glen, tone: Tone) -> None:
    pledge_id = glen.pledge(schedule=Schedule(every=Every.ONCE, first_on=date(2026, 5, 26)))
    glen.pay(pledge_id, 4_000, date(2026, 5, 20))
    text = said(glen, pledge_id, tone)
    assert "We have received $40.00 of it so far." in text
    assert "$60.00 of what was due on May 26, 2026 is still open." in text


@pytest.mark.parametrize("tone", Tone)
def test_each_part_that_is_due_has_its_own_day(glen: Glen, tone: Tone) -> None:
    pledge_id = glen.pledge(amount_cents=30_000, schedule=thirds(date(2026, 3, 26), APRIL, date(2026, 9, 1)))
    glen.pay(pledge_id, 2_500, date(2026, 3, 20))
    text = said(glen, pledge_id, tone)
    assert "$175.00 is past due: $75.00 since March 26, 2026 and $100.00 since April 26, 2026." in text
    [page] = pages_of(letter.draw(glen.session.donor_letters.draft(pledge_id, REMINDER, tone).paper).data)
    assert "$175.00, the oldest part since March 26, 2026" in page


def test_of_many_parts_the_oldest_is_told_and_the_table_has_each(glen: Glen) -> None:
    pledge_id = glen.pledge()
    text = said(glen, pledge_id, Tone.FIRM)
    wanted = "past due, the oldest part since February 28, 2026; the table below names each part."
    assert f"$33.36 is {wanted}" in text


@pytest.mark.parametrize("tone", Tone)
def test_what_was_paid_since_the_last_letter_is_thanked_for(glen: Glen, tone: Tone) -> None:
    pledge_id = glen.pledge(amount_cents=30_000, schedule=thirds(date(2026, 3, 26), APRIL, date(2026, 9, 1)))
    glen.pay(pledge_id, 1_000, date(2026, 4, 1))
    assert "came in" not in said(glen, pledge_id, tone)
    glen.remind(pledge_id, date(2026, 5, 1))
    assert "came in" not in said(glen, pledge_id, tone)
    glen.pay(pledge_id, 2_000, TODAY)
    assert "Thank you for the $20.00 that came in on June 1, 2026." in said(glen, pledge_id, tone)
    glen.pay(pledge_id, 500, date(2026, 5, 20))
    assert "Thank you for the $25.00 that came in since May 1, 2026." in said(glen, pledge_id, tone)


def test_the_last_reminder_names_the_letters_that_went_out_and_no_others(glen: Glen) -> None:
    pledge_id = glen.pledge(schedule=Schedule(every=Every.ONCE, first_on=date(2026, 3, 26)))
    assert "We wrote to you" not in said(glen, pledge_id, Tone.FINAL)
    glen.remind(pledge_id, date(2026, 4, 1))
    glen.remind(pledge_id, date(2026, 4, 20))
    drafted = glen.session.donor_letters.draft(pledge_id, REMINDER, on=date(2026, 5, 10))
    glen.session.donor_letters.record([drafted.draft], Sending.EMAIL)
    assert "We wrote to you about your pledge on April 1, 2026 and April 20, 2026." in said(
        glen, pledge_id, Tone.FINAL
    )


@pytest.mark.parametrize("tone", Tone)
def test_changed_terms_are_not_told_as_what_was_promised_then(glen: Glen, tone: Tone) -> None:
    pledge_id = glen.pledge(schedule=Schedule(every=Every.ONCE, first_on=date(2026, 5, 26)))
    terms = Schedule(every=Every.ONCE, first_on=date(2026, 5, 28))
    glen.session.pledges.change_terms(
        TermsChangeDraft(pledge_id=pledge_id, on=date(2026, 5, 2), amount_cents=6_000, schedule=terms)
    )
    wanted = "your pledge to Garden, made on February 1, 2026 and since then changed to $60.00."
    assert wanted in said(glen, pledge_id, tone)
    assert wanted in glen.confirm(pledge_id).paper.text
    paper = glen.session.donor_letters.draft(pledge_id, REMINDER, tone).paper
    assert dict(paper.blocks[0].facts)["Pledged"] == "$60.00"


def test_what_was_given_back_is_not_told_as_received(glen: Glen) -> None:
    pledge_id = glen.pledge(schedule=Schedule(every=Every.ONCE, first_on=date(2026, 5, 26)))
    glen.pay(pledge_id, 5_000, date(2026, 5, 3))
    [payment] = glen.session.pledges.account(pledge_id).rows.payments
    parts = glen.session.refunds.propose(payment.id, 2_000)
    glen.session.refunds.refund(
        RefundDraft(
            payment_id=payment.id, on=date(2026, 5, 9), amount_cents=2_000, reason="Too much", parts=parts
        )
    )
    wanted = "We have received $30.00 of it so far, without what we gave back."
    assert wanted in said(glen, pledge_id, Tone.FIRM)


def test_a_confirmation_of_what_is_open_says_so(glen: Glen) -> None:
    pledge_id = glen.pledge(amount_cents=30_000, schedule=thirds(date(2026, 3, 26), APRIL, date(2026, 9, 1)))
    glen.pay(pledge_id, 10_000, date(2026, 3, 20))
    assert (
        "2 installments are open, the first was due on April 26, 2026." in glen.confirm(pledge_id).paper.text
    )
    glen.pay(pledge_id, 10_000, date(2026, 4, 20))
    assert "$100.00 is due on September 1, 2026." in glen.confirm(pledge_id).paper.text
    draft = WriteOffDraft(pledge_id=pledge_id, on=date(2026, 5, 30), amount_cents=10_000, reason="Moved away")
    glen.session.pledges.write_off(draft)
    text = glen.confirm(pledge_id).paper.text
    assert "nothing of it is open." in text and "all of it is paid" not in text


def test_a_gift_in_kind_that_came_is_thanked_for_without_a_value(glen: Glen) -> None:
    pledge_id = glen.pledge(
        kind=PledgeKind.IN_KIND,
        amount_cents=None,
        schedule=None,
        description="Cherry saplings",
        unit="trees",
        quantity=24,
        estimate_cents=99_900,
    )
    deliver = glen.session.pledges.deliver
    deliver(DeliveryDraft(pledge_id=pledge_id, on=date(2026, 5, 4), quantity=10))
    text = glen.confirm(pledge_id).paper.text
    assert "Thank you for your gift to Garden: Cherry saplings." in text
    assert "What came on May 4, 2026: 10 of 24 trees. We will agree on the days of the rest with you." in text
    deliver(DeliveryDraft(pledge_id=pledge_id, on=date(2026, 5, 9), quantity=14))
    written = glen.confirm(pledge_id)
    [page] = pages_of(letter.draw(written.paper).data)
    assert "What came by May 9, 2026: 24 trees." in page and "agree on the days" not in page
    assert "It is not a receipt" in page and "confirms your pledge" not in page
    assert "$" not in page and "999" not in page
    assert (written.draft.kind, written.draft.amount_cents) == (DonorLetterKind.THANKS, None)


def test_letters_are_recorded_in_one_step_and_taken_back_by_one_undo(glen: Glen) -> None:
    letters = glen.session.donor_letters
    first, second = glen.pledge(), glen.pledge(amount_cents=24_000)
    written = letters.drafts([(first, Tone.GENTLE), (second, Tone.FIRM)])
    letters.record([one.draft for one in written], Sending.EMAIL)
    assert [(one.tone, one.sending) for one in letters.of_pledge(second)] == [(Tone.FIRM, Sending.EMAIL)]
    assert len(letters.of_donor(glen.donor)) == 2
    assert glen.session.history.recent()[0].what == "recorded 2 letters to donors"
    glen.session.history.undo()
    assert letters.of_donor(glen.donor) == []


def test_many_letters_are_one_pdf_with_pages_and_bookmarks_of_their_own(glen: Glen) -> None:
    letters = glen.session.donor_letters
    written = letters.drafts([(glen.pledge(), Tone.GENTLE), (glen.pledge(), Tone.FINAL)])
    pages = pages_of(letter.draw_bundle(bundle_of(written, "Reminders")).data)
    assert len(pages) == 2 and all("Page 1 of 1" in page for page in pages)
    assert "This is our last reminder" in pages[1] and "last reminder" not in pages[0]


def test_a_donor_without_address_or_email_is_written_to_all_the_same(glen: Glen) -> None:
    glen.session.contacts.change(glen.donor, ContactDraft(name="Ana Ruiz"))
    written = glen.session.donor_letters.draft(glen.pledge(), REMINDER)
    assert written.paper.to_lines == ("Ana Ruiz",) and not written.has_address
    assert written.mail(b"%PDF") is None


def test_an_email_has_the_letter_and_its_words(glen: Glen) -> None:
    mail = glen.session.donor_letters.draft(glen.pledge(), REMINDER).mail(b"%PDF")
    assert mail is not None
    assert [one.address for one in mail.to] == ["ana@example.org"] and mail.bcc == ()
    assert mail.files[0].name == "reminder-2026-06-01.pdf" and "Dear Ana Ruiz," in mail.text


def test_what_was_written_off_is_not_asked_for(glen: Glen) -> None:
    pledge_id = glen.pledge()
    draft = WriteOffDraft(pledge_id=pledge_id, on=date(2026, 5, 30), amount_cents=10_000, reason="Moved away")
    glen.session.pledges.write_off(draft)
    assert glen.session.donor_letters.reminders() == []


def test_a_letter_is_refused_with_the_reason(glen: Glen) -> None:
    with pytest.raises(NotFoundError):
        glen.session.donor_letters.draft("gone", REMINDER)
    draft = replace(glen.confirm(glen.pledge()).draft, text="x" * 20_001)
    with pytest.raises(ValidationError):
        glen.session.donor_letters.record([draft])
