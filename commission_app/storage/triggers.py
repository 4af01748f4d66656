"""Triggers that guard what is final, whoever writes: a posting and a closed motion with its votes stay as
they are or are voided; approved minutes stay as they are, with the notes on the meeting's items. Receipts,
statements, refunds and payments with a receipt, a deposit or a refund stay or are voided once; in a year
that is closed no money is entered, changed or voided.

A merge of two contacts may change who moved, seconded, voted, gave or got a paper, and an erasure the key.
A closed motion is entered open, then its votes, then it is closed; minutes are approved after the notes on
the items are there. The SHA-256 of the approved paper may be added once. An erasure may change the frozen
words of a receipt or statement while the fact `erasing` stands in the file.
"""

from typing import Final

_PAYMENT_FINAL: Final = "final: This payment has a receipt or a deposit. Void it with a reason instead."
_CLOSED: Final = "final: The year of this day is closed. Date it in the open year, or reopen the year."


def _is_final(payment: str) -> str:
    """SQL: whether a payment has a receipt, a refund, or a place in a deposit that is not voided."""
    return f"""(EXISTS (SELECT 1 FROM receipts WHERE payment_id = {payment})
  OR EXISTS (SELECT 1 FROM refunds WHERE payment_id = {payment})
  OR EXISTS (SELECT 1 FROM deposit_items JOIN deposits ON deposits.id = deposit_items.deposit_id
    WHERE deposit_items.payment_id = {payment} AND deposits.voided_on IS NULL))"""


def _is_closed(day: str) -> str:
    """SQL: whether a day lies in a year that is closed."""
    return f"""EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND {day} BETWEEN from_on AND to_on)"""


def _in_open_years(table: str, day: str) -> tuple[str, ...]:
    """The triggers of a table whose rows are dated: in a closed year none is added, changed or removed."""
    return (
        f"""CREATE TRIGGER {table}_in_open_year BEFORE INSERT ON {table} WHEN {_is_closed("NEW." + day)}
BEGIN SELECT RAISE(ABORT, '{_CLOSED}'); END""",
        f"""CREATE TRIGGER {table}_of_closed_year BEFORE DELETE ON {table} WHEN {_is_closed("OLD." + day)}
BEGIN SELECT RAISE(ABORT, '{_CLOSED}'); END""",
    )


def _changed(*columns: str) -> str:
    """SQL: whether one of some columns gets another value."""
    return " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns)


_PAYMENT: Final = _changed(
    *("id", "received_on", "amount_cents", "method", "reference", "campaign_id", "goods", "goods_cents")
)
_REFUND: Final = _changed("id", "payment_id", '"on"', "amount_cents", "method", "reference", "reason")
_DEPOSIT: Final = _changed("id", '"on"', "account", "reference")
_WRITE_OFF: Final = _changed("id", "pledge_id", '"on"', "amount_cents", "reason", "instalments")
_PLEDGE: Final = _changed("id", "kind", "campaign_id", "pledged_on", "amount_cents", "schedule", "quantity")
_RECEIPT: Final = _changed(
    *("id", "year", "number", "kind", "payment_id", "delivery_id", "issued_on", "amount_cents")
)

TRIGGERS: Final = (
    """CREATE TRIGGER postings_are_final BEFORE UPDATE ON postings
WHEN OLD.voided_on IS NOT NULL
  OR NEW.id IS NOT OLD.id OR NEW.meeting_id IS NOT OLD.meeting_id OR NEW.copy IS NOT OLD.copy
  OR NEW.place IS NOT OLD.place OR NEW.by IS NOT OLD.by OR NEW.posted_at IS NOT OLD.posted_at
  OR NEW.sha256 IS NOT OLD.sha256
BEGIN SELECT RAISE(ABORT, 'final: A posting is final. Void it with a reason instead.'); END""",
    """CREATE TRIGGER postings_stay BEFORE DELETE ON postings
BEGIN SELECT RAISE(ABORT, 'final: A posting is final. Void it with a reason instead.'); END""",
    """CREATE TRIGGER posting_copies_are_final BEFORE UPDATE ON posting_copies
BEGIN SELECT RAISE(ABORT, 'final: A posting copy is frozen. Make a revised copy instead.'); END""",
    """CREATE TRIGGER posting_copies_stay BEFORE DELETE ON posting_copies
BEGIN SELECT RAISE(ABORT, 'final: A posting copy is frozen. Make a revised copy instead.'); END""",
    """CREATE TRIGGER papers_are_final BEFORE UPDATE ON attachments WHEN OLD.use = 'paper'
BEGIN SELECT RAISE(ABORT, 'final: A posting copy is frozen. Make a revised copy instead.'); END""",
    """CREATE TRIGGER papers_stay BEFORE DELETE ON attachments WHEN OLD.use = 'paper'
BEGIN SELECT RAISE(ABORT, 'final: A posting copy is frozen. Make a revised copy instead.'); END""",
    """CREATE TRIGGER motions_are_final BEFORE UPDATE ON motions
WHEN OLD.closed_at IS NOT NULL AND (OLD.voided_on IS NOT NULL
    AND (NEW.voided_on IS NOT OLD.voided_on OR NEW.void_reason IS NOT OLD.void_reason)
  OR NEW.id IS NOT OLD.id OR NEW.meeting_id IS NOT OLD.meeting_id OR NEW.item_id IS NOT OLD.item_id
  OR NEW.position IS NOT OLD.position OR NEW.purpose IS NOT OLD.purpose
  OR NEW.amends_id IS NOT OLD.amends_id OR NEW.minutes_of_id IS NOT OLD.minutes_of_id
  OR NEW.text IS NOT OLD.text OR NEW.method IS NOT OLD.method OR NEW.threshold IS NOT OLD.threshold
  OR NEW.moved_at IS NOT OLD.moved_at OR NEW.closed_at IS NOT OLD.closed_at
  OR NEW.result IS NOT OLD.result OR NEW.regular_seats IS NOT OLD.regular_seats
  OR NEW.quorum_basis IS NOT OLD.quorum_basis OR NEW.quorum_needed IS NOT OLD.quorum_needed
  OR NEW.quorum_present IS NOT OLD.quorum_present
  OR (NEW.mover_id IS NULL) <> (OLD.mover_id IS NULL)
  OR (NEW.seconder_id IS NULL) <> (OLD.seconder_id IS NULL))
BEGIN SELECT RAISE(ABORT, 'final: A closed motion is final. Void it with a reason instead.'); END""",
    """CREATE TRIGGER motions_stay BEFORE DELETE ON motions WHEN OLD.closed_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'final: A closed motion is final. Void it with a reason instead.'); END""",
    """CREATE TRIGGER votes_are_counted BEFORE INSERT ON votes
WHEN EXISTS (SELECT 1 FROM motions WHERE id = NEW.motion_id AND closed_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'final: A closed motion is final. Void it with a reason instead.'); END""",
    """CREATE TRIGGER votes_are_final BEFORE UPDATE ON votes
WHEN (NEW.id IS NOT OLD.id OR NEW.motion_id IS NOT OLD.motion_id OR NEW.seat_id IS NOT OLD.seat_id
    OR NEW.answer IS NOT OLD.answer)
  AND EXISTS (SELECT 1 FROM motions WHERE id IN (OLD.motion_id, NEW.motion_id) AND closed_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'final: A closed motion is final. Void it with a reason instead.'); END""",
    """CREATE TRIGGER votes_stay BEFORE DELETE ON votes
WHEN EXISTS (SELECT 1 FROM motions WHERE id = OLD.motion_id AND closed_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'final: A closed motion is final. Void it with a reason instead.'); END""",
    """CREATE TRIGGER minutes_are_final BEFORE UPDATE ON minutes
WHEN OLD.approved_on IS NOT NULL AND (OLD.sha256 IS NOT NULL AND NEW.sha256 IS NOT OLD.sha256
  OR NEW.id IS NOT OLD.id OR NEW.meeting_id IS NOT OLD.meeting_id OR NEW.style IS NOT OLD.style
  OR NEW.opening IS NOT OLD.opening OR NEW.closing IS NOT OLD.closing
  OR NEW.approved_on IS NOT OLD.approved_on OR NEW.approved_by_id IS NOT OLD.approved_by_id
  OR NEW.as_corrected IS NOT OLD.as_corrected)
BEGIN SELECT RAISE(ABORT, 'final: Approved minutes are final. Enter a correction instead.'); END""",
    """CREATE TRIGGER minutes_stay BEFORE DELETE ON minutes WHEN OLD.approved_on IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'final: Approved minutes are final. Enter a correction instead.'); END""",
    """CREATE TRIGGER item_notes_are_in BEFORE INSERT ON item_notes
WHEN EXISTS (SELECT 1 FROM minutes JOIN agenda_items ON agenda_items.meeting_id = minutes.meeting_id
    WHERE agenda_items.id = NEW.item_id AND minutes.approved_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'final: Approved minutes are final. Enter a correction instead.'); END""",
    """CREATE TRIGGER item_notes_are_final BEFORE UPDATE ON item_notes
WHEN EXISTS (SELECT 1 FROM minutes JOIN agenda_items ON agenda_items.meeting_id = minutes.meeting_id
    WHERE agenda_items.id IN (OLD.item_id, NEW.item_id) AND minutes.approved_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'final: Approved minutes are final. Enter a correction instead.'); END""",
    """CREATE TRIGGER item_notes_stay BEFORE DELETE ON item_notes
WHEN EXISTS (SELECT 1 FROM minutes JOIN agenda_items ON agenda_items.meeting_id = minutes.meeting_id
    WHERE agenda_items.id = OLD.item_id AND minutes.approved_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'final: Approved minutes are final. Enter a correction instead.'); END""",
    f"""CREATE TRIGGER payments_are_final BEFORE UPDATE ON payments
WHEN (OLD.voided_on IS NOT NULL AND ({_changed("voided_on", "void_reason")}) OR {_PAYMENT})
  AND {_is_final("OLD.id")}
BEGIN SELECT RAISE(ABORT, '{_PAYMENT_FINAL}'); END""",
    f"""CREATE TRIGGER payments_stay BEFORE DELETE ON payments WHEN {_is_final("OLD.id")}
BEGIN SELECT RAISE(ABORT, '{_PAYMENT_FINAL}'); END""",
    f"""CREATE TRIGGER payments_of_closed_year_stay BEFORE UPDATE ON payments
WHEN ({_PAYMENT}) AND ({_is_closed("OLD.received_on")} OR {_is_closed("NEW.received_on")})
  OR NEW.voided_on IS NOT OLD.voided_on AND ({_is_closed("OLD.voided_on")} OR {_is_closed("NEW.voided_on")})
BEGIN SELECT RAISE(ABORT, '{_CLOSED}'); END""",
    *_in_open_years("payments", "received_on"),
    f"""CREATE TRIGGER allocations_are_in BEFORE INSERT ON allocations
WHEN {_is_final("NEW.payment_id")} OR EXISTS (SELECT 1 FROM payments
  WHERE id = NEW.payment_id AND {_is_closed("received_on")})
BEGIN SELECT RAISE(ABORT, '{_PAYMENT_FINAL}'); END""",
    f"""CREATE TRIGGER allocations_are_final BEFORE UPDATE ON allocations
WHEN {_is_final("OLD.payment_id")} OR EXISTS (SELECT 1 FROM payments
  WHERE id = OLD.payment_id AND {_is_closed("received_on")})
BEGIN SELECT RAISE(ABORT, '{_PAYMENT_FINAL}'); END""",
    f"""CREATE TRIGGER allocations_stay BEFORE DELETE ON allocations
WHEN {_is_final("OLD.payment_id")} OR EXISTS (SELECT 1 FROM payments
  WHERE id = OLD.payment_id AND {_is_closed("received_on")})
BEGIN SELECT RAISE(ABORT, '{_PAYMENT_FINAL}'); END""",
    f"""CREATE TRIGGER receipts_are_final BEFORE UPDATE ON receipts
WHEN {_RECEIPT} OR OLD.voided_on IS NOT NULL AND ({_changed("voided_on", "void_reason")})
  OR (NEW.contact_id IS NULL) <> (OLD.contact_id IS NULL)
  OR NEW.content IS NOT OLD.content AND NOT EXISTS (SELECT 1 FROM facts WHERE name = 'erasing')
BEGIN SELECT RAISE(ABORT, 'final: A receipt is final. Void it with a reason instead.'); END""",
    """CREATE TRIGGER receipts_stay BEFORE DELETE ON receipts
BEGIN SELECT RAISE(ABORT, 'final: A receipt is final. Void it with a reason instead.'); END""",
    f"""CREATE TRIGGER statements_are_final BEFORE UPDATE ON statements
WHEN {_changed("id", "from_on", "to_on", "issued_on", "amount_cents")}
  OR NEW.content IS NOT OLD.content AND NOT EXISTS (SELECT 1 FROM facts WHERE name = 'erasing')
BEGIN SELECT RAISE(ABORT, 'final: A statement is final. Issue a new one instead.'); END""",
    """CREATE TRIGGER statements_stay BEFORE DELETE ON statements
BEGIN SELECT RAISE(ABORT, 'final: A statement is final. Issue a new one instead.'); END""",
    f"""CREATE TRIGGER refunds_are_final BEFORE UPDATE ON refunds
WHEN {_REFUND} OR OLD.voided_on IS NOT NULL AND ({_changed("voided_on", "void_reason")})
  OR NEW.voided_on IS NOT OLD.voided_on AND {_is_closed("NEW.voided_on")}
BEGIN SELECT RAISE(ABORT, 'final: A refund is final. Void it with a reason, in an open year.'); END""",
    *_in_open_years("refunds", '"on"'),
    """CREATE TRIGGER refund_parts_are_final BEFORE UPDATE ON refund_parts
BEGIN SELECT RAISE(ABORT, 'final: A refund is final. Void it with a reason, in an open year.'); END""",
    f"""CREATE TRIGGER refund_parts_of_closed_year BEFORE DELETE ON refund_parts
WHEN EXISTS (SELECT 1 FROM refunds WHERE id = OLD.refund_id AND {_is_closed('"on"')})
BEGIN SELECT RAISE(ABORT, '{_CLOSED}'); END""",
    f"""CREATE TRIGGER deposits_are_final BEFORE UPDATE ON deposits
WHEN OLD.voided_on IS NOT NULL AND ({_changed("voided_on", "void_reason")})
  OR ({_DEPOSIT}) AND (OLD.voided_on IS NOT NULL OR {_is_closed('OLD."on"')} OR {_is_closed('NEW."on"')})
  OR NEW.voided_on IS NOT OLD.voided_on AND {_is_closed("NEW.voided_on")}
BEGIN SELECT RAISE(ABORT, 'final: A voided deposit, and one of a closed year, stays as it is.'); END""",
    *_in_open_years("deposits", '"on"'),
    f"""CREATE TRIGGER deposit_items_of_closed_year BEFORE DELETE ON deposit_items
WHEN EXISTS (SELECT 1 FROM deposits WHERE id = OLD.deposit_id AND {_is_closed('"on"')})
BEGIN SELECT RAISE(ABORT, '{_CLOSED}'); END""",
    *_in_open_years("write_offs", '"on"'),
    f"""CREATE TRIGGER write_offs_of_closed_year_stay BEFORE UPDATE ON write_offs
WHEN ({_WRITE_OFF}) AND ({_is_closed('OLD."on"')} OR {_is_closed('NEW."on"')})
BEGIN SELECT RAISE(ABORT, '{_CLOSED}'); END""",
    *_in_open_years("pledge_changes", '"on"'),
    f"""CREATE TRIGGER pledge_changes_of_closed_year_stay BEFORE UPDATE ON pledge_changes
WHEN {_is_closed('OLD."on"')} OR {_is_closed('NEW."on"')}
BEGIN SELECT RAISE(ABORT, '{_CLOSED}'); END""",
    *_in_open_years("pledges", "pledged_on"),
    f"""CREATE TRIGGER pledges_of_closed_year_stay BEFORE UPDATE ON pledges
WHEN ({_PLEDGE}) AND ({_is_closed("OLD.pledged_on")} OR {_is_closed("NEW.pledged_on")})
  OR NEW.cancelled_on IS NOT OLD.cancelled_on
    AND ({_is_closed("OLD.cancelled_on")} OR {_is_closed("NEW.cancelled_on")})
  OR NEW.condition_met_on IS NOT OLD.condition_met_on
    AND ({_is_closed("OLD.condition_met_on")} OR {_is_closed("NEW.condition_met_on")})
BEGIN SELECT RAISE(ABORT, '{_CLOSED}'); END""",
    *_in_open_years("deliveries", '"on"'),
    f"""CREATE TRIGGER deliveries_are_final BEFORE UPDATE ON deliveries
WHEN ({_changed("id", "pledge_id", '"on"', "quantity")}) AND ({_is_closed('OLD."on"')}
  OR {_is_closed('NEW."on"')} OR EXISTS (SELECT 1 FROM receipts WHERE delivery_id = OLD.id))
BEGIN SELECT RAISE(ABORT, 'final: This delivery has a receipt, or its year is closed.'); END""",
    f"""CREATE TRIGGER year_closings_are_final BEFORE UPDATE ON year_closings
WHEN {_changed("id", "from_on", "to_on", "closed_on")}
  OR OLD.voided_on IS NOT NULL AND ({_changed("voided_on", "void_reason")})
BEGIN SELECT RAISE(ABORT, 'final: A closed year is reopened with a reason.'); END""",
    """CREATE TRIGGER year_closings_stay BEFORE DELETE ON year_closings
BEGIN SELECT RAISE(ABORT, 'final: A closed year is reopened with a reason.'); END""",
)
