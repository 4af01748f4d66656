"""Numbers of receipts are never given out twice: this computer keeps in mind what any state of a file had."""

from contextlib import closing
from datetime import date
from pathlib import Path

from commission_app.bootstrap import CommissionProgram
from commission_app.domain.campaigns import CampaignDraft
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.payments import PaymentDraft
from commission_app.domain.receipts import ReceiptKind
from commission_app.services.session import Session
from commission_app.storage.shelf import Shelf, every_shelf
from tests.factories import make_session

TODAY = date(2026, 6, 15)


def pay(session: Session, count: int) -> list[str]:
    donor = session.contacts.add(ContactDraft(name="Ana Ruiz"))
    campaign = session.campaigns.add(CampaignDraft(name="Youth exchange"))
    draft = PaymentDraft(payer_id=donor, received_on=TODAY, amount_cents=5000, campaign_id=campaign)
    return [session.payments.record(draft) for _ in range(count)]


def reopened(path: Path) -> Session:
    return CommissionProgram().open_writing(path, who="Ana Ruiz", on=TODAY)


def numbers(session: Session) -> list[tuple[int, bool]]:
    """The numbers that were given out, and whether each was lost."""
    lines = session.receipts.lines(session.receipts.ids())
    return sorted((int(line.label[-4:]), line.kind is ReceiptKind.LOST) for line in lines)


def forget() -> None:
    """Take away what was kept in mind, as if another program had cleaned up."""
    for shelf in every_shelf():
        shelf.note(numbers={})


def test_the_highest_number_is_kept_beside_the_file(tmp_path: Path) -> None:
    with closing(make_session(tmp_path, on=TODAY)) as session:
        assert session.context.known_number(2026) == 0
        session.receipts.issue(pay(session, 3))
        assert session.context.known_number(2026) == 3
        assert session.context.known_number(2025) == 0
        session.context.note_number(2026, 2)
        assert session.context.known_number(2026) == 3
        shelf = Shelf.beside(session.path)
    assert Shelf(shelf.folder).notes().numbers == {"2026": 3}


def test_no_number_is_given_out_twice_after_a_restore(tmp_path: Path) -> None:
    with closing(make_session(tmp_path, on=TODAY)) as session:
        payments = pay(session, 4)
        session.receipts.issue(payments[:1])
        kept, path = session.backups.make(), session.path
        session.receipts.issue(payments[1:3])
    CommissionProgram().restore(kept.path, path)
    with closing(reopened(path)) as session:
        assert numbers(session) == [(1, False)]
        session.receipts.issue(payments[1:2])
        assert numbers(session) == [(1, False), (2, True), (3, True), (4, False)]


def test_the_file_that_a_restore_keeps_aside_is_asked_too(tmp_path: Path) -> None:
    with closing(make_session(tmp_path, on=TODAY)) as session:
        payments = pay(session, 4)
        kept, path = session.backups.make(), session.path
        session.receipts.issue(payments[:2])
    forget()
    CommissionProgram().restore(kept.path, path)
    with closing(reopened(path)) as session:
        assert session.context.known_number(2026) == 2
        session.receipts.issue(payments[:1])
        assert numbers(session)[-1] == (3, False)
    CommissionProgram().undo_restore(path)
    with closing(reopened(path)) as session:
        session.receipts.issue(payments[2:])
        assert [number for number, _ in numbers(session)] == [1, 2, 3, 4, 5]
        assert [number for number, is_lost in numbers(session) if is_lost] == [3]


def test_a_file_of_another_record_that_was_replaced_has_no_say(tmp_path: Path) -> None:
    with closing(make_session(tmp_path, on=TODAY)) as session:
        kept = session.backups.make()
    (tmp_path / "other").mkdir()
    with closing(make_session(tmp_path / "other", on=TODAY)) as other:
        other.receipts.issue(pay(other, 2))
        path = other.path
    CommissionProgram().restore(kept.path, path)
    with closing(reopened(path)) as session:
        assert session.context.known_number(2026) == 0


def test_a_damaged_file_that_is_kept_aside_does_not_hinder_the_restore(tmp_path: Path) -> None:
    with closing(make_session(tmp_path, on=TODAY)) as session:
        payments = pay(session, 2)
        kept, path = session.backups.make(), session.path
        session.receipts.issue(payments)
    path.write_bytes(path.read_bytes()[:30_000])
    CommissionProgram().restore(kept.path, path)
    with closing(reopened(path)) as session:
        assert session.context.known_number(2026) == 2, "it was noted while the file was whole"
