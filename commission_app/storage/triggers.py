"""Triggers that guard what is final, whoever writes: a posting stays as it was recorded, or is voided."""

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
)
