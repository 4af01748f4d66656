"""Triggers that guard what is final, whoever writes: a posting and a closed motion with its votes stay as
they are or are voided; approved minutes stay as they are, with the notes on the meeting's items.

A merge of two contacts may change who moved, seconded or voted, and an erasure the key. A closed motion is
entered open, then its votes, then it is closed; minutes are approved after the notes on the items are there.
The SHA-256 of the approved paper may be added once.
"""

from typing import Final

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
)
