"""Add the proceedings: what happens at a meeting, its motions and votes, its action items and its minutes.

Revision: 0002
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE corrections (
    id TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    "on" TEXT NOT NULL,
    "by" TEXT,
    text TEXT NOT NULL,
    CONSTRAINT pk_corrections PRIMARY KEY (id),
    CONSTRAINT fk_corrections_meeting_id FOREIGN KEY(meeting_id)
        REFERENCES meetings (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_corrections_meeting_id ON corrections (meeting_id)""",
    """CREATE TABLE departures (
    id TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    left_at TEXT NOT NULL,
    returned_at TEXT NOT NULL,
    CONSTRAINT pk_departures PRIMARY KEY (id),
    CONSTRAINT ck_departures_returned_at_order
        CHECK (returned_at IS NULL OR left_at IS NULL OR returned_at >= left_at),
    CONSTRAINT fk_departures_meeting_id FOREIGN KEY(meeting_id)
        REFERENCES meetings (id) ON DELETE RESTRICT,
    CONSTRAINT fk_departures_contact_id FOREIGN KEY(contact_id)
        REFERENCES contacts (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_departures_contact_id ON departures (contact_id)""",
    """CREATE INDEX ix_departures_meeting_id ON departures (meeting_id)""",
    """CREATE TABLE recesses (
    id TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    from_at TEXT NOT NULL,
    until_at TEXT,
    CONSTRAINT pk_recesses PRIMARY KEY (id),
    CONSTRAINT ck_recesses_until_at_order
        CHECK (until_at IS NULL OR from_at IS NULL OR until_at >= from_at),
    CONSTRAINT fk_recesses_meeting_id FOREIGN KEY(meeting_id)
        REFERENCES meetings (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_recesses_meeting_id ON recesses (meeting_id)""",
    """CREATE TABLE seatings (
    id TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    seat_id TEXT NOT NULL,
    from_at TEXT NOT NULL,
    until_at TEXT,
    CONSTRAINT pk_seatings PRIMARY KEY (id),
    CONSTRAINT ck_seatings_until_at_order
        CHECK (until_at IS NULL OR from_at IS NULL OR until_at >= from_at),
    CONSTRAINT fk_seatings_meeting_id FOREIGN KEY(meeting_id)
        REFERENCES meetings (id) ON DELETE RESTRICT,
    CONSTRAINT fk_seatings_contact_id FOREIGN KEY(contact_id)
        REFERENCES contacts (id) ON DELETE RESTRICT,
    CONSTRAINT fk_seatings_seat_id FOREIGN KEY(seat_id) REFERENCES seats (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_seatings_contact_id ON seatings (contact_id)""",
    """CREATE INDEX ix_seatings_meeting_id ON seatings (meeting_id)""",
    """CREATE INDEX ix_seatings_seat_id ON seatings (seat_id)""",
    """CREATE TABLE action_items (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    item_id TEXT,
    text TEXT NOT NULL,
    contact_id TEXT,
    due_on TEXT,
    due_next_meeting INTEGER NOT NULL,
    done_on TEXT,
    done_note TEXT,
    search_key TEXT NOT NULL,
    CONSTRAINT pk_action_items PRIMARY KEY (id),
    CONSTRAINT ck_action_items_due_next_meeting CHECK (due_next_meeting BETWEEN 0 AND 1),
    CONSTRAINT ck_action_items_due CHECK (due_next_meeting = 0 OR due_on IS NULL),
    CONSTRAINT ck_action_items_done CHECK (done_note IS NULL OR done_on IS NOT NULL),
    CONSTRAINT uq_action_items_key UNIQUE ("key"),
    CONSTRAINT fk_action_items_meeting_id FOREIGN KEY(meeting_id)
        REFERENCES meetings (id) ON DELETE RESTRICT,
    CONSTRAINT fk_action_items_item_id FOREIGN KEY(item_id)
        REFERENCES agenda_items (id) ON DELETE RESTRICT,
    CONSTRAINT fk_action_items_contact_id FOREIGN KEY(contact_id)
        REFERENCES contacts (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_action_items_contact_id ON action_items (contact_id)""",
    """CREATE INDEX ix_action_items_due_on ON action_items (due_on)""",
    """CREATE INDEX ix_action_items_item_id ON action_items (item_id)""",
    """CREATE INDEX ix_action_items_meeting_id ON action_items (meeting_id)""",
    """CREATE TABLE item_notes (
    id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    began_at TEXT,
    spent_seconds INTEGER NOT NULL,
    style TEXT,
    text TEXT,
    referred_to TEXT,
    pulled INTEGER NOT NULL,
    added TEXT,
    CONSTRAINT pk_item_notes PRIMARY KEY (id),
    CONSTRAINT uq_item_notes_item_id UNIQUE (item_id),
    CONSTRAINT ck_item_notes_style CHECK (style IN ('action', 'summary')),
    CONSTRAINT ck_item_notes_added CHECK (added IN ('emergency', 'arose-after-posting')),
    CONSTRAINT ck_item_notes_spent_seconds CHECK (spent_seconds BETWEEN 0 AND 1000000),
    CONSTRAINT ck_item_notes_pulled CHECK (pulled BETWEEN 0 AND 1),
    CONSTRAINT fk_item_notes_item_id FOREIGN KEY(item_id)
        REFERENCES agenda_items (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_item_notes_item_id ON item_notes (item_id)""",
    """CREATE TABLE motions (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    item_id TEXT,
    position INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    amends_id TEXT,
    minutes_of_id TEXT,
    text TEXT NOT NULL,
    mover_id TEXT,
    seconder_id TEXT,
    method TEXT NOT NULL,
    threshold TEXT NOT NULL,
    moved_at TEXT,
    closed_at TEXT,
    result TEXT,
    regular_seats INTEGER,
    quorum_basis TEXT,
    quorum_needed INTEGER,
    quorum_present INTEGER,
    voided_on TEXT,
    void_reason TEXT,
    search_key TEXT NOT NULL,
    CONSTRAINT pk_motions PRIMARY KEY (id),
    CONSTRAINT ck_motions_purpose
        CHECK (purpose IN ('main', 'amendment', 'consent', 'agenda', 'minutes', 'add-item', 'adjourn')),
    CONSTRAINT ck_motions_method CHECK (method IN ('voice', 'roll-call', 'unanimous-consent')),
    CONSTRAINT ck_motions_threshold CHECK (threshold IN ('cast', 'present', 'all', 'two-thirds')),
    CONSTRAINT ck_motions_result CHECK (result IN ('carried', 'failed', 'withdrawn', 'no-second')),
    CONSTRAINT ck_motions_quorum_basis CHECK (quorum_basis IN ('seats', 'filled')),
    CONSTRAINT ck_motions_position CHECK (position BETWEEN 1 AND 100000),
    CONSTRAINT ck_motions_regular_seats CHECK (regular_seats BETWEEN 0 AND 1000),
    CONSTRAINT ck_motions_quorum_needed CHECK (quorum_needed BETWEEN 0 AND 1000),
    CONSTRAINT ck_motions_quorum_present CHECK (quorum_present BETWEEN 0 AND 1000),
    CONSTRAINT ck_motions_closed_at_order
        CHECK (closed_at IS NULL OR moved_at IS NULL OR closed_at >= moved_at),
    CONSTRAINT ck_motions_amends_id CHECK (amends_id <> id),
    CONSTRAINT ck_motions_minutes_of_id CHECK (minutes_of_id <> meeting_id),
    CONSTRAINT ck_motions_closed CHECK ((closed_at IS NULL) = (result IS NULL)),
    CONSTRAINT ck_motions_voided
        CHECK ((voided_on IS NULL) = (void_reason IS NULL) AND (voided_on IS NULL
            OR closed_at IS NOT NULL)),
    CONSTRAINT uq_motions_key UNIQUE ("key"),
    CONSTRAINT fk_motions_meeting_id FOREIGN KEY(meeting_id)
        REFERENCES meetings (id) ON DELETE RESTRICT,
    CONSTRAINT fk_motions_item_id FOREIGN KEY(item_id) REFERENCES agenda_items (id) ON DELETE RESTRICT,
    CONSTRAINT fk_motions_amends_id FOREIGN KEY(amends_id) REFERENCES motions (id) ON DELETE RESTRICT,
    CONSTRAINT fk_motions_minutes_of_id FOREIGN KEY(minutes_of_id)
        REFERENCES meetings (id) ON DELETE RESTRICT,
    CONSTRAINT fk_motions_mover_id FOREIGN KEY(mover_id) REFERENCES contacts (id) ON DELETE RESTRICT,
    CONSTRAINT fk_motions_seconder_id FOREIGN KEY(seconder_id)
        REFERENCES contacts (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_motions_amends_id ON motions (amends_id)""",
    """CREATE INDEX ix_motions_item_id ON motions (item_id)""",
    """CREATE INDEX ix_motions_meeting_id ON motions (meeting_id)""",
    """CREATE INDEX ix_motions_minutes_of_id ON motions (minutes_of_id)""",
    """CREATE INDEX ix_motions_mover_id ON motions (mover_id)""",
    """CREATE INDEX ix_motions_seconder_id ON motions (seconder_id)""",
    """CREATE TABLE proceedings (
    id TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    called_at TEXT,
    presiding_id TEXT,
    current_item_id TEXT,
    adjourned_at TEXT,
    CONSTRAINT pk_proceedings PRIMARY KEY (id),
    CONSTRAINT uq_proceedings_meeting_id UNIQUE (meeting_id),
    CONSTRAINT ck_proceedings_adjourned_at_order
        CHECK (adjourned_at IS NULL OR called_at IS NULL OR adjourned_at >= called_at),
    CONSTRAINT fk_proceedings_meeting_id FOREIGN KEY(meeting_id)
        REFERENCES meetings (id) ON DELETE RESTRICT,
    CONSTRAINT fk_proceedings_presiding_id FOREIGN KEY(presiding_id)
        REFERENCES contacts (id) ON DELETE RESTRICT,
    CONSTRAINT fk_proceedings_current_item_id FOREIGN KEY(current_item_id)
        REFERENCES agenda_items (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_proceedings_current_item_id ON proceedings (current_item_id)""",
    """CREATE INDEX ix_proceedings_meeting_id ON proceedings (meeting_id)""",
    """CREATE INDEX ix_proceedings_presiding_id ON proceedings (presiding_id)""",
    """CREATE TABLE recusals (
    id TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    from_at TEXT NOT NULL,
    until_at TEXT,
    reason TEXT,
    CONSTRAINT pk_recusals PRIMARY KEY (id),
    CONSTRAINT ck_recusals_until_at_order
        CHECK (until_at IS NULL OR from_at IS NULL OR until_at >= from_at),
    CONSTRAINT fk_recusals_meeting_id FOREIGN KEY(meeting_id)
        REFERENCES meetings (id) ON DELETE RESTRICT,
    CONSTRAINT fk_recusals_contact_id FOREIGN KEY(contact_id)
        REFERENCES contacts (id) ON DELETE RESTRICT,
    CONSTRAINT fk_recusals_item_id FOREIGN KEY(item_id) REFERENCES agenda_items (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_recusals_contact_id ON recusals (contact_id)""",
    """CREATE INDEX ix_recusals_item_id ON recusals (item_id)""",
    """CREATE INDEX ix_recusals_meeting_id ON recusals (meeting_id)""",
    """CREATE TABLE speakers (
    id TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    item_id TEXT,
    position INTEGER NOT NULL,
    name TEXT,
    text TEXT,
    CONSTRAINT pk_speakers PRIMARY KEY (id),
    CONSTRAINT ck_speakers_position CHECK (position BETWEEN 1 AND 100000),
    CONSTRAINT fk_speakers_meeting_id FOREIGN KEY(meeting_id)
        REFERENCES meetings (id) ON DELETE RESTRICT,
    CONSTRAINT fk_speakers_item_id FOREIGN KEY(item_id) REFERENCES agenda_items (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_speakers_item_id ON speakers (item_id)""",
    """CREATE INDEX ix_speakers_meeting_id ON speakers (meeting_id)""",
    """CREATE TABLE minutes (
    id TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    style TEXT NOT NULL,
    opening TEXT,
    closing TEXT,
    approved_on TEXT,
    approved_by_id TEXT,
    as_corrected INTEGER NOT NULL,
    sha256 TEXT,
    CONSTRAINT pk_minutes PRIMARY KEY (id),
    CONSTRAINT uq_minutes_meeting_id UNIQUE (meeting_id),
    CONSTRAINT ck_minutes_style CHECK (style IN ('action', 'summary')),
    CONSTRAINT ck_minutes_as_corrected CHECK (as_corrected BETWEEN 0 AND 1),
    CONSTRAINT ck_minutes_sha256 CHECK (length(sha256) = 64),
    CONSTRAINT ck_minutes_approved
        CHECK (approved_on IS NOT NULL OR (approved_by_id IS NULL AND as_corrected = 0 AND sha256 IS NULL)),
    CONSTRAINT fk_minutes_meeting_id FOREIGN KEY(meeting_id)
        REFERENCES meetings (id) ON DELETE RESTRICT,
    CONSTRAINT fk_minutes_approved_by_id FOREIGN KEY(approved_by_id)
        REFERENCES motions (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_minutes_approved_by_id ON minutes (approved_by_id)""",
    """CREATE INDEX ix_minutes_meeting_id ON minutes (meeting_id)""",
    """CREATE TABLE votes (
    id TEXT NOT NULL,
    motion_id TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    seat_id TEXT,
    answer TEXT NOT NULL,
    CONSTRAINT pk_votes PRIMARY KEY (id),
    CONSTRAINT ck_votes_answer CHECK (answer IN ('aye', 'no', 'abstain', 'recused', 'absent')),
    CONSTRAINT uq_votes_motion_id_contact_id UNIQUE (motion_id, contact_id),
    CONSTRAINT fk_votes_motion_id FOREIGN KEY(motion_id) REFERENCES motions (id) ON DELETE RESTRICT,
    CONSTRAINT fk_votes_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE RESTRICT,
    CONSTRAINT fk_votes_seat_id FOREIGN KEY(seat_id) REFERENCES seats (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_votes_contact_id ON votes (contact_id)""",
    """CREATE INDEX ix_votes_motion_id ON votes (motion_id)""",
    """CREATE INDEX ix_votes_seat_id ON votes (seat_id)""",
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

TABLES = (
    "votes",
    "minutes",
    "speakers",
    "recusals",
    "proceedings",
    "motions",
    "item_notes",
    "action_items",
    "seatings",
    "recesses",
    "departures",
    "corrections",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement.replace(":", "\\:"))


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"DROP TABLE {table}")
