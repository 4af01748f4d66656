"""Create the record: the tables, indexes and triggers of the first version.

Revision: 0001
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE attachments (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    noun TEXT NOT NULL,
    of_id TEXT NOT NULL,
    use TEXT,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    CONSTRAINT pk_attachments PRIMARY KEY (id),
    CONSTRAINT ck_attachments_use CHECK (use IN ('logo', 'original', 'paper')),
    CONSTRAINT ck_attachments_sha256 CHECK (length(sha256) = 64),
    CONSTRAINT ck_attachments_size CHECK (size BETWEEN 0 AND 26214400),
    CONSTRAINT uq_attachments_key UNIQUE ("key")
) STRICT""",
    """CREATE INDEX ix_attachments_sha256 ON attachments (sha256)""",
    """CREATE INDEX ix_attachments_of_id ON attachments (of_id)""",
    """CREATE TABLE attachment_bytes (
    sha256 TEXT NOT NULL,
    data BLOB NOT NULL,
    CONSTRAINT pk_attachment_bytes PRIMARY KEY (sha256),
    CONSTRAINT ck_attachment_bytes_sha256 CHECK (length(sha256) = 64)
) STRICT""",
    """CREATE TABLE commission (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    city TEXT NOT NULL,
    state TEXT,
    country TEXT,
    zone TEXT NOT NULL,
    currency TEXT,
    rules TEXT NOT NULL,
    address TEXT,
    phone TEXT,
    email TEXT,
    website TEXT,
    accommodation_contact TEXT,
    accommodation_phone TEXT,
    accommodation_hours_before INTEGER,
    speaking TEXT,
    late_papers TEXT,
    posting_places TEXT NOT NULL,
    CONSTRAINT pk_commission PRIMARY KEY (id),
    CONSTRAINT ck_commission_accommodation_hours_before
        CHECK (accommodation_hours_before BETWEEN 0 AND 2000),
    CONSTRAINT ck_commission_currency CHECK (currency IS NULL OR length(currency) = 3)
) STRICT""",
    """CREATE TABLE settings (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    from_on TEXT,
    source TEXT,
    note TEXT,
    CONSTRAINT pk_settings PRIMARY KEY (id)
) STRICT""",
    """CREATE UNIQUE INDEX uq_settings_name_from_on ON settings (name, coalesce(from_on, ''))""",
    """CREATE TABLE contacts (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    address TEXT,
    language TEXT,
    minor INTEGER NOT NULL,
    ein TEXT,
    note TEXT,
    search_key TEXT NOT NULL,
    CONSTRAINT pk_contacts PRIMARY KEY (id),
    CONSTRAINT ck_contacts_kind CHECK (kind IN ('person', 'organization')),
    CONSTRAINT uq_contacts_key UNIQUE ("key")
) STRICT""",
    """CREATE TABLE actions (
    id INTEGER NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    kind TEXT NOT NULL,
    undoes_id INTEGER,
    CONSTRAINT pk_actions PRIMARY KEY (id),
    CONSTRAINT ck_actions_kind CHECK (kind IN ('change', 'undo', 'redo', 'baseline')),
    CONSTRAINT fk_actions_undoes_id FOREIGN KEY(undoes_id) REFERENCES actions (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_actions_undoes_id ON actions (undoes_id)""",
    """CREATE INDEX ix_actions_at ON actions (at)""",
    """CREATE TABLE drafts (
    "key" TEXT NOT NULL,
    at TEXT NOT NULL,
    content TEXT NOT NULL,
    CONSTRAINT pk_drafts PRIMARY KEY ("key")
) STRICT""",
    """CREATE TABLE facts (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_facts PRIMARY KEY (name)
) STRICT""",
    """CREATE TABLE cities (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    region TEXT,
    population INTEGER,
    zone TEXT,
    latitude INTEGER,
    longitude INTEGER,
    native_name TEXT,
    search_key TEXT NOT NULL,
    CONSTRAINT pk_cities PRIMARY KEY (id),
    CONSTRAINT ck_cities_population CHECK (population BETWEEN 0 AND 100000000),
    CONSTRAINT ck_cities_latitude CHECK (latitude BETWEEN -90000000 AND 90000000),
    CONSTRAINT ck_cities_longitude CHECK (longitude BETWEEN -180000000 AND 180000000),
    CONSTRAINT uq_cities_key UNIQUE ("key")
) STRICT""",
    """CREATE TABLE meetings (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    kind TEXT NOT NULL,
    starts TEXT NOT NULL,
    place TEXT,
    state TEXT NOT NULL,
    instead_of TEXT,
    notice TEXT,
    CONSTRAINT pk_meetings PRIMARY KEY (id),
    CONSTRAINT ck_meetings_kind CHECK (kind IN ('regular', 'special', 'emergency')),
    CONSTRAINT ck_meetings_state
        CHECK (state IN ('scheduled', 'held', 'adjourned-no-quorum', 'cancelled')),
    CONSTRAINT uq_meetings_key UNIQUE ("key")
) STRICT""",
    """CREATE INDEX ix_meetings_starts ON meetings (starts)""",
    """CREATE TABLE seats (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    appointed_by TEXT,
    position INTEGER NOT NULL,
    CONSTRAINT pk_seats PRIMARY KEY (id),
    CONSTRAINT ck_seats_kind CHECK (kind IN ('regular', 'alternate', 'liaison')),
    CONSTRAINT ck_seats_position CHECK (position BETWEEN 0 AND 10000),
    CONSTRAINT uq_seats_key UNIQUE ("key")
) STRICT""",
    """CREATE TABLE instalments (
    pledge_id TEXT NOT NULL,
    due_on TEXT NOT NULL,
    amount_cents INTEGER NOT NULL,
    paid_cents INTEGER NOT NULL,
    CONSTRAINT pk_instalments PRIMARY KEY (pledge_id, due_on),
    CONSTRAINT ck_instalments_amount_cents CHECK (amount_cents BETWEEN 0 AND 1000000000000),
    CONSTRAINT ck_instalments_paid_cents CHECK (paid_cents BETWEEN 0 AND 1000000000000)
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE INDEX ix_instalments_open ON instalments (due_on, pledge_id, amount_cents, paid_cents)
        WHERE paid_cents < amount_cents""",
    """CREATE TABLE pledge_figures (
    pledge_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    donor_id TEXT NOT NULL,
    campaign_id TEXT NOT NULL,
    pledged_on TEXT NOT NULL,
    settled_on TEXT NOT NULL,
    state TEXT NOT NULL,
    pledged_cents INTEGER NOT NULL,
    paid_cents INTEGER NOT NULL,
    written_off_cents INTEGER NOT NULL,
    credit_cents INTEGER NOT NULL,
    next_due_on TEXT,
    delivered INTEGER,
    new_schedule TEXT,
    CONSTRAINT pk_pledge_figures PRIMARY KEY (pledge_id),
    CONSTRAINT ck_pledge_figures_kind CHECK (kind IN ('money', 'in-kind')),
    CONSTRAINT ck_pledge_figures_state
        CHECK (state IN ('open', 'overdue', 'fulfilled', 'written-off', 'cancelled'))
)
 WITHOUT ROWID,
 STRICT""",
    """CREATE INDEX ix_pledge_figures_donor_id ON pledge_figures (donor_id)""",
    """CREATE INDEX ix_pledge_figures_settled_on ON pledge_figures (settled_on)""",
    """CREATE INDEX ix_pledge_figures_due ON pledge_figures (next_due_on, pledge_id, kind)""",
    """CREATE TABLE staff (
    id TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    title TEXT,
    position INTEGER NOT NULL,
    CONSTRAINT pk_staff PRIMARY KEY (id),
    CONSTRAINT ck_staff_position CHECK (position BETWEEN 0 AND 10000),
    CONSTRAINT fk_staff_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_staff_contact_id ON staff (contact_id)""",
    """CREATE TABLE changes (
    id INTEGER NOT NULL,
    action_id INTEGER NOT NULL,
    table_name TEXT NOT NULL,
    row_id TEXT NOT NULL,
    operation TEXT NOT NULL,
    old TEXT,
    new TEXT,
    CONSTRAINT pk_changes PRIMARY KEY (id),
    CONSTRAINT ck_changes_operation CHECK (operation IN ('insert', 'update', 'delete')),
    CONSTRAINT fk_changes_action_id FOREIGN KEY(action_id) REFERENCES actions (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_changes_row_id ON changes (row_id)""",
    """CREATE INDEX ix_changes_action_id ON changes (action_id)""",
    """CREATE TABLE inquiries (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    direction TEXT NOT NULL,
    procedure TEXT,
    city_id TEXT NOT NULL,
    received_on TEXT NOT NULL,
    channel TEXT,
    contact_id TEXT,
    summary TEXT,
    closed_on TEXT,
    closed_as TEXT,
    search_key TEXT NOT NULL,
    CONSTRAINT pk_inquiries PRIMARY KEY (id),
    CONSTRAINT ck_inquiries_direction CHECK (direction IN ('incoming', 'own-initiative')),
    CONSTRAINT ck_inquiries_channel CHECK (channel IN ('letter', 'email', 'phone', 'in-person')),
    CONSTRAINT ck_inquiries_closed_as CHECK (closed_as IN ('declined', 'withdrawn', 'accepted')),
    CONSTRAINT ck_inquiries_closed CHECK ((closed_on IS NULL) = (closed_as IS NULL)),
    CONSTRAINT uq_inquiries_key UNIQUE ("key"),
    CONSTRAINT fk_inquiries_city_id FOREIGN KEY(city_id) REFERENCES cities (id) ON DELETE RESTRICT,
    CONSTRAINT fk_inquiries_contact_id FOREIGN KEY(contact_id)
        REFERENCES contacts (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_inquiries_contact_id ON inquiries (contact_id)""",
    """CREATE INDEX ix_inquiries_city_id ON inquiries (city_id)""",
    """CREATE TABLE attendance (
    id TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    seat_id TEXT,
    state TEXT NOT NULL,
    arrived TEXT,
    "left" TEXT,
    remote_reason TEXT,
    CONSTRAINT pk_attendance PRIMARY KEY (id),
    CONSTRAINT ck_attendance_state CHECK (state IN ('present', 'remote', 'excused', 'absent')),
    CONSTRAINT uq_attendance_meeting_id_contact_id UNIQUE (meeting_id, contact_id),
    CONSTRAINT fk_attendance_meeting_id FOREIGN KEY(meeting_id)
        REFERENCES meetings (id) ON DELETE RESTRICT,
    CONSTRAINT fk_attendance_contact_id FOREIGN KEY(contact_id)
        REFERENCES contacts (id) ON DELETE RESTRICT,
    CONSTRAINT fk_attendance_seat_id FOREIGN KEY(seat_id) REFERENCES seats (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_attendance_contact_id ON attendance (contact_id)""",
    """CREATE INDEX ix_attendance_meeting_id ON attendance (meeting_id)""",
    """CREATE INDEX ix_attendance_seat_id ON attendance (seat_id)""",
    """CREATE TABLE posting_copies (
    id TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    CONSTRAINT pk_posting_copies PRIMARY KEY (id),
    CONSTRAINT ck_posting_copies_number CHECK (number BETWEEN 1 AND 10000),
    CONSTRAINT ck_posting_copies_sha256 CHECK (length(sha256) = 64),
    CONSTRAINT uq_posting_copies_meeting_id_number UNIQUE (meeting_id, number),
    CONSTRAINT fk_posting_copies_meeting_id FOREIGN KEY(meeting_id)
        REFERENCES meetings (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_posting_copies_meeting_id ON posting_copies (meeting_id)""",
    """CREATE TABLE postings (
    id TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    copy INTEGER,
    place TEXT NOT NULL,
    "by" TEXT,
    posted_at TEXT NOT NULL,
    sha256 TEXT,
    voided_on TEXT,
    void_reason TEXT,
    CONSTRAINT pk_postings PRIMARY KEY (id),
    CONSTRAINT ck_postings_voided CHECK ((voided_on IS NULL) = (void_reason IS NULL)),
    CONSTRAINT fk_postings_meeting_id FOREIGN KEY(meeting_id)
        REFERENCES meetings (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_postings_meeting_id ON postings (meeting_id)""",
    """CREATE TABLE terms (
    id TEXT NOT NULL,
    seat_id TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT,
    ended TEXT,
    ended_on TEXT,
    vacancy_notice_on TEXT,
    appointed_by TEXT,
    confirmed_on TEXT,
    CONSTRAINT pk_terms PRIMARY KEY (id),
    CONSTRAINT ck_terms_ended CHECK (ended IN ('expired', 'resigned', 'removed', 'died', 'moved-seat')),
    CONSTRAINT ck_terms_to_on_order CHECK (to_on IS NULL OR from_on IS NULL OR to_on >= from_on),
    CONSTRAINT ck_terms_ended_on_order
        CHECK (ended_on IS NULL OR from_on IS NULL OR ended_on >= from_on),
    CONSTRAINT ck_terms_ended_on CHECK (ended_on IS NULL OR ended IS NOT NULL),
    CONSTRAINT uq_terms_seat_id_from_on UNIQUE (seat_id, from_on),
    CONSTRAINT fk_terms_seat_id FOREIGN KEY(seat_id) REFERENCES seats (id) ON DELETE RESTRICT,
    CONSTRAINT fk_terms_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_terms_seat_id ON terms (seat_id)""",
    """CREATE INDEX ix_terms_contact_id ON terms (contact_id)""",
    """CREATE TABLE offices (
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT,
    CONSTRAINT pk_offices PRIMARY KEY (id),
    CONSTRAINT ck_offices_title CHECK (title IN ('chair', 'vice-chair', 'secretary', 'treasurer')),
    CONSTRAINT ck_offices_to_on_order CHECK (to_on IS NULL OR from_on IS NULL OR to_on >= from_on),
    CONSTRAINT fk_offices_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_offices_contact_id ON offices (contact_id)""",
    """CREATE TABLE community_organizations (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    CONSTRAINT pk_community_organizations PRIMARY KEY (id),
    CONSTRAINT uq_community_organizations_contact_id UNIQUE (contact_id),
    CONSTRAINT uq_community_organizations_key UNIQUE ("key"),
    CONSTRAINT fk_community_organizations_contact_id FOREIGN KEY(contact_id)
        REFERENCES contacts (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_community_organizations_contact_id ON community_organizations (contact_id)""",
    """CREATE TABLE campaigns (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    name TEXT NOT NULL,
    purpose TEXT,
    receiver_id TEXT,
    goal_cents INTEGER,
    from_on TEXT,
    to_on TEXT,
    search_key TEXT NOT NULL,
    CONSTRAINT pk_campaigns PRIMARY KEY (id),
    CONSTRAINT ck_campaigns_goal_cents CHECK (goal_cents BETWEEN 0 AND 1000000000000),
    CONSTRAINT ck_campaigns_to_on_order CHECK (to_on IS NULL OR from_on IS NULL OR to_on >= from_on),
    CONSTRAINT uq_campaigns_key UNIQUE ("key"),
    CONSTRAINT fk_campaigns_receiver_id FOREIGN KEY(receiver_id)
        REFERENCES contacts (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_campaigns_receiver_id ON campaigns (receiver_id)""",
    """CREATE TABLE steps (
    id TEXT NOT NULL,
    inquiry_id TEXT NOT NULL,
    step TEXT NOT NULL,
    done_on TEXT NOT NULL,
    "by" TEXT,
    proof_kind TEXT,
    proof_text TEXT,
    CONSTRAINT pk_steps PRIMARY KEY (id),
    CONSTRAINT ck_steps_proof_kind
        CHECK (proof_kind IN ('letter', 'form', 'agenda-item', 'motion', 'agreement')),
    CONSTRAINT uq_steps_inquiry_id_step UNIQUE (inquiry_id, step),
    CONSTRAINT fk_steps_inquiry_id FOREIGN KEY(inquiry_id) REFERENCES inquiries (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_steps_inquiry_id ON steps (inquiry_id)""",
    """CREATE TABLE letters (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    inquiry_id TEXT,
    direction TEXT NOT NULL,
    "on" TEXT NOT NULL,
    channel TEXT NOT NULL,
    contact_id TEXT,
    subject TEXT,
    text TEXT,
    follow_up_on TEXT,
    search_key TEXT NOT NULL,
    CONSTRAINT pk_letters PRIMARY KEY (id),
    CONSTRAINT ck_letters_direction CHECK (direction IN ('in', 'out')),
    CONSTRAINT ck_letters_channel CHECK (channel IN ('letter', 'email', 'phone', 'in-person')),
    CONSTRAINT uq_letters_key UNIQUE ("key"),
    CONSTRAINT fk_letters_inquiry_id FOREIGN KEY(inquiry_id)
        REFERENCES inquiries (id) ON DELETE RESTRICT,
    CONSTRAINT fk_letters_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_letters_inquiry_id ON letters (inquiry_id)""",
    """CREATE INDEX ix_letters_contact_id ON letters (contact_id)""",
    """CREATE TABLE agenda_items (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    section TEXT NOT NULL,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    presenter TEXT,
    minutes INTEGER,
    recommended_action TEXT,
    text TEXT,
    outcome TEXT,
    continued_from_id TEXT,
    inquiry_id TEXT,
    search_key TEXT NOT NULL,
    CONSTRAINT pk_agenda_items PRIMARY KEY (id),
    CONSTRAINT ck_agenda_items_kind
        CHECK (kind IN ('information', 'discussion', 'action', 'consent', 'closed')),
    CONSTRAINT ck_agenda_items_outcome
        CHECK (outcome IN ('discussed', 'continued', 'withdrawn', 'referred', 'approved', 'failed')),
    CONSTRAINT ck_agenda_items_position CHECK (position BETWEEN 0 AND 100000),
    CONSTRAINT ck_agenda_items_minutes CHECK (minutes BETWEEN 0 AND 600),
    CONSTRAINT uq_agenda_items_key UNIQUE ("key"),
    CONSTRAINT fk_agenda_items_meeting_id FOREIGN KEY(meeting_id)
        REFERENCES meetings (id) ON DELETE RESTRICT,
    CONSTRAINT fk_agenda_items_continued_from_id FOREIGN KEY(continued_from_id)
        REFERENCES agenda_items (id) ON DELETE RESTRICT,
    CONSTRAINT fk_agenda_items_inquiry_id FOREIGN KEY(inquiry_id)
        REFERENCES inquiries (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_agenda_items_meeting_id ON agenda_items (meeting_id)""",
    """CREATE INDEX ix_agenda_items_inquiry_id ON agenda_items (inquiry_id)""",
    """CREATE INDEX ix_agenda_items_continued_from_id ON agenda_items (continued_from_id)""",
    """CREATE TABLE memberships (
    id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    from_on TEXT,
    to_on TEXT,
    CONSTRAINT pk_memberships PRIMARY KEY (id),
    CONSTRAINT ck_memberships_to_on_order CHECK (to_on IS NULL OR from_on IS NULL OR to_on >= from_on),
    CONSTRAINT fk_memberships_organization_id FOREIGN KEY(organization_id)
        REFERENCES community_organizations (id) ON DELETE RESTRICT,
    CONSTRAINT fk_memberships_contact_id FOREIGN KEY(contact_id)
        REFERENCES contacts (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_memberships_organization_id ON memberships (organization_id)""",
    """CREATE INDEX ix_memberships_contact_id ON memberships (contact_id)""",
    """CREATE TABLE pledges (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    kind TEXT NOT NULL,
    donor_id TEXT NOT NULL,
    campaign_id TEXT NOT NULL,
    pledged_on TEXT NOT NULL,
    amount_cents INTEGER,
    schedule TEXT,
    description TEXT,
    unit TEXT,
    quantity INTEGER,
    estimate_cents INTEGER,
    cancelled_on TEXT,
    cancel_reason TEXT,
    search_key TEXT NOT NULL,
    CONSTRAINT pk_pledges PRIMARY KEY (id),
    CONSTRAINT ck_pledges_kind CHECK (kind IN ('money', 'in-kind')),
    CONSTRAINT ck_pledges_amount_cents CHECK (amount_cents BETWEEN 1 AND 1000000000000),
    CONSTRAINT ck_pledges_estimate_cents CHECK (estimate_cents BETWEEN 0 AND 1000000000000),
    CONSTRAINT ck_pledges_quantity CHECK (quantity BETWEEN 1 AND 1000000000),
    CONSTRAINT ck_pledges_money_terms
        CHECK ((kind = 'money') = (amount_cents IS NOT NULL AND schedule IS NOT NULL)),
    CONSTRAINT uq_pledges_key UNIQUE ("key"),
    CONSTRAINT fk_pledges_donor_id FOREIGN KEY(donor_id) REFERENCES contacts (id) ON DELETE RESTRICT,
    CONSTRAINT fk_pledges_campaign_id FOREIGN KEY(campaign_id)
        REFERENCES campaigns (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_pledges_campaign_id ON pledges (campaign_id)""",
    """CREATE INDEX ix_pledges_search_key ON pledges (search_key) WHERE search_key <> ''""",
    """CREATE INDEX ix_pledges_pledged_on ON pledges (pledged_on)""",
    """CREATE INDEX ix_pledges_donor_id ON pledges (donor_id)""",
    """CREATE TABLE payments (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    payer_id TEXT NOT NULL,
    received_on TEXT NOT NULL,
    amount_cents INTEGER NOT NULL,
    method TEXT,
    reference TEXT,
    campaign_id TEXT,
    voided_on TEXT,
    void_reason TEXT,
    search_key TEXT NOT NULL,
    CONSTRAINT pk_payments PRIMARY KEY (id),
    CONSTRAINT ck_payments_method
        CHECK (method IN ('check', 'cash', 'card', 'bank-transfer', 'donor-advised-fund', 'other')),
    CONSTRAINT ck_payments_amount_cents CHECK (amount_cents BETWEEN 1 AND 1000000000000),
    CONSTRAINT ck_payments_voided CHECK ((voided_on IS NULL) = (void_reason IS NULL)),
    CONSTRAINT uq_payments_key UNIQUE ("key"),
    CONSTRAINT fk_payments_payer_id FOREIGN KEY(payer_id) REFERENCES contacts (id) ON DELETE RESTRICT,
    CONSTRAINT fk_payments_campaign_id FOREIGN KEY(campaign_id)
        REFERENCES campaigns (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_payments_received_on ON payments (received_on)""",
    """CREATE INDEX ix_payments_payer_id ON payments (payer_id)""",
    """CREATE INDEX ix_payments_campaign_id ON payments (campaign_id)""",
    """CREATE TABLE pledge_changes (
    id TEXT NOT NULL,
    pledge_id TEXT NOT NULL,
    "on" TEXT NOT NULL,
    amount_cents INTEGER NOT NULL,
    schedule TEXT NOT NULL,
    reason TEXT,
    position INTEGER NOT NULL,
    CONSTRAINT pk_pledge_changes PRIMARY KEY (id),
    CONSTRAINT ck_pledge_changes_amount_cents CHECK (amount_cents BETWEEN 1 AND 1000000000000),
    CONSTRAINT ck_pledge_changes_position CHECK (position BETWEEN 0 AND 10000),
    CONSTRAINT uq_pledge_changes_pledge_id_position UNIQUE (pledge_id, position),
    CONSTRAINT fk_pledge_changes_pledge_id FOREIGN KEY(pledge_id)
        REFERENCES pledges (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_pledge_changes_pledge_id ON pledge_changes (pledge_id)""",
    """CREATE TABLE allocations (
    id TEXT NOT NULL,
    payment_id TEXT NOT NULL,
    pledge_id TEXT NOT NULL,
    due_on TEXT,
    amount_cents INTEGER NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_allocations PRIMARY KEY (id),
    CONSTRAINT ck_allocations_amount_cents CHECK (amount_cents BETWEEN 1 AND 1000000000000),
    CONSTRAINT ck_allocations_position CHECK (position BETWEEN 0 AND 10000),
    CONSTRAINT uq_allocations_payment_id_position UNIQUE (payment_id, position),
    CONSTRAINT fk_allocations_payment_id FOREIGN KEY(payment_id)
        REFERENCES payments (id) ON DELETE RESTRICT,
    CONSTRAINT fk_allocations_pledge_id FOREIGN KEY(pledge_id)
        REFERENCES pledges (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_allocations_pledge_id ON allocations (pledge_id)""",
    """CREATE INDEX ix_allocations_payment_id ON allocations (payment_id)""",
    """CREATE TABLE write_offs (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    pledge_id TEXT NOT NULL,
    "on" TEXT NOT NULL,
    amount_cents INTEGER NOT NULL,
    reason TEXT NOT NULL,
    decided_by TEXT,
    instalments TEXT,
    CONSTRAINT pk_write_offs PRIMARY KEY (id),
    CONSTRAINT ck_write_offs_amount_cents CHECK (amount_cents BETWEEN 1 AND 1000000000000),
    CONSTRAINT uq_write_offs_key UNIQUE ("key"),
    CONSTRAINT fk_write_offs_pledge_id FOREIGN KEY(pledge_id) REFERENCES pledges (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_write_offs_pledge_id ON write_offs (pledge_id)""",
    """CREATE TABLE deliveries (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    pledge_id TEXT NOT NULL,
    "on" TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    CONSTRAINT pk_deliveries PRIMARY KEY (id),
    CONSTRAINT ck_deliveries_quantity CHECK (quantity BETWEEN 1 AND 1000000000),
    CONSTRAINT uq_deliveries_key UNIQUE ("key"),
    CONSTRAINT fk_deliveries_pledge_id FOREIGN KEY(pledge_id) REFERENCES pledges (id) ON DELETE RESTRICT
) STRICT""",
    """CREATE INDEX ix_deliveries_pledge_id ON deliveries (pledge_id)""",
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

TABLES = (
    "deliveries",
    "write_offs",
    "allocations",
    "pledge_changes",
    "payments",
    "pledges",
    "memberships",
    "agenda_items",
    "letters",
    "steps",
    "campaigns",
    "community_organizations",
    "offices",
    "terms",
    "postings",
    "posting_copies",
    "attendance",
    "inquiries",
    "changes",
    "staff",
    "pledge_figures",
    "instalments",
    "seats",
    "meetings",
    "cities",
    "facts",
    "drafts",
    "actions",
    "contacts",
    "settings",
    "commission",
    "attachment_bytes",
    "attachments",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement.replace(":", "\\:"))


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"DROP TABLE {table}")
