"""Add the treasury: receipts, statements, deposits, refunds, letters to donors, hours, closed years.

Pledges, payments, deliveries and what is derived of pledges get columns, in tables written anew: the text of
a table is then the one that a new file has.

Revision: 0003
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

#: The tables that get columns: the table and its indexes, as they were and as they become.
BEFORE = {
    "pledge_figures": (
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
        """CREATE INDEX ix_pledge_figures_due ON pledge_figures (next_due_on, pledge_id, kind)""",
        """CREATE INDEX ix_pledge_figures_settled_on ON pledge_figures (settled_on)""",
    ),
    "pledges": (
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
        """CREATE INDEX ix_pledges_donor_id ON pledges (donor_id)""",
        """CREATE INDEX ix_pledges_pledged_on ON pledges (pledged_on)""",
        """CREATE INDEX ix_pledges_search_key ON pledges (search_key) WHERE search_key <> ''""",
    ),
    "payments": (
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
        """CREATE INDEX ix_payments_campaign_id ON payments (campaign_id)""",
        """CREATE INDEX ix_payments_payer_id ON payments (payer_id)""",
        """CREATE INDEX ix_payments_received_on ON payments (received_on)""",
    ),
    "deliveries": (
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
    ),
}

AFTER = {
    "pledge_figures": (
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
    due_from TEXT,
    CONSTRAINT pk_pledge_figures PRIMARY KEY (pledge_id),
    CONSTRAINT ck_pledge_figures_kind CHECK (kind IN ('money', 'in-kind')),
    CONSTRAINT ck_pledge_figures_state CHECK (state IN ('open', 'overdue', 'fulfilled', 'written-off',
        'cancelled'))
)
 WITHOUT ROWID,
 STRICT""",
        """CREATE INDEX ix_pledge_figures_donor_id ON pledge_figures (donor_id)""",
        """CREATE INDEX ix_pledge_figures_due ON pledge_figures (next_due_on, pledge_id, kind)""",
        """CREATE INDEX ix_pledge_figures_due_from ON pledge_figures (due_from) WHERE due_from IS NOT NULL""",
        """CREATE INDEX ix_pledge_figures_settled_on ON pledge_figures (settled_on)""",
    ),
    "pledges": (
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
    asked_by_id TEXT,
    condition TEXT,
    condition_met_on TEXT,
    match_percent INTEGER,
    matches_id TEXT,
    match_until TEXT,
    cancelled_on TEXT,
    cancel_reason TEXT,
    search_key TEXT NOT NULL,
    CONSTRAINT pk_pledges PRIMARY KEY (id),
    CONSTRAINT ck_pledges_kind CHECK (kind IN ('money', 'in-kind')),
    CONSTRAINT ck_pledges_amount_cents CHECK (amount_cents BETWEEN 1 AND 1000000000000),
    CONSTRAINT ck_pledges_estimate_cents CHECK (estimate_cents BETWEEN 0 AND 1000000000000),
    CONSTRAINT ck_pledges_quantity CHECK (quantity BETWEEN 1 AND 1000000000),
    CONSTRAINT ck_pledges_match_percent CHECK (match_percent BETWEEN 1 AND 1000),
    CONSTRAINT ck_pledges_matches_id CHECK (matches_id <> id),
    CONSTRAINT ck_pledges_matching CHECK (match_percent IS NOT NULL OR (matches_id IS NULL AND
        match_until IS NULL)),
    CONSTRAINT ck_pledges_condition CHECK (condition_met_on IS NULL OR condition IS NOT NULL OR
        match_percent IS NOT NULL),
    CONSTRAINT ck_pledges_money_terms CHECK ((kind = 'money') = (amount_cents IS NOT NULL AND schedule
        IS NOT NULL)),
    CONSTRAINT uq_pledges_key UNIQUE ("key"),
    CONSTRAINT fk_pledges_donor_id FOREIGN KEY(donor_id) REFERENCES contacts (id) ON DELETE RESTRICT,
    CONSTRAINT fk_pledges_campaign_id FOREIGN KEY(campaign_id) REFERENCES campaigns (id) ON DELETE
        RESTRICT,
    CONSTRAINT fk_pledges_asked_by_id FOREIGN KEY(asked_by_id) REFERENCES contacts (id) ON DELETE
        RESTRICT,
    CONSTRAINT fk_pledges_matches_id FOREIGN KEY(matches_id) REFERENCES pledges (id) ON DELETE RESTRICT
)
 STRICT""",
        """CREATE INDEX ix_pledges_asked_by_id ON pledges (asked_by_id)""",
        """CREATE INDEX ix_pledges_campaign_id ON pledges (campaign_id)""",
        """CREATE INDEX ix_pledges_donor_id ON pledges (donor_id)""",
        """CREATE INDEX ix_pledges_matches_id ON pledges (matches_id)""",
        """CREATE INDEX ix_pledges_pledged_on ON pledges (pledged_on)""",
        """CREATE INDEX ix_pledges_search_key ON pledges (search_key) WHERE search_key <> ''""",
    ),
    "payments": (
        """CREATE TABLE payments (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    payer_id TEXT NOT NULL,
    received_on TEXT NOT NULL,
    amount_cents INTEGER NOT NULL,
    method TEXT,
    reference TEXT,
    campaign_id TEXT,
    asked_by_id TEXT,
    adviser_id TEXT,
    goods TEXT,
    goods_cents INTEGER,
    voided_on TEXT,
    void_reason TEXT,
    search_key TEXT NOT NULL,
    CONSTRAINT pk_payments PRIMARY KEY (id),
    CONSTRAINT ck_payments_method CHECK (method IN ('check', 'cash', 'card', 'bank-transfer',
        'donor-advised-fund', 'other')),
    CONSTRAINT ck_payments_amount_cents CHECK (amount_cents BETWEEN 1 AND 1000000000000),
    CONSTRAINT ck_payments_goods_cents CHECK (goods_cents BETWEEN 0 AND 1000000000000),
    CONSTRAINT ck_payments_goods CHECK (goods_cents IS NULL OR goods IS NOT NULL),
    CONSTRAINT ck_payments_adviser CHECK (adviser_id IS NULL OR method = 'donor-advised-fund'),
    CONSTRAINT ck_payments_voided CHECK ((voided_on IS NULL) = (void_reason IS NULL)),
    CONSTRAINT uq_payments_key UNIQUE ("key"),
    CONSTRAINT fk_payments_payer_id FOREIGN KEY(payer_id) REFERENCES contacts (id) ON DELETE RESTRICT,
    CONSTRAINT fk_payments_campaign_id FOREIGN KEY(campaign_id) REFERENCES campaigns (id) ON DELETE
        RESTRICT,
    CONSTRAINT fk_payments_asked_by_id FOREIGN KEY(asked_by_id) REFERENCES contacts (id) ON DELETE
        RESTRICT,
    CONSTRAINT fk_payments_adviser_id FOREIGN KEY(adviser_id) REFERENCES contacts (id) ON DELETE RESTRICT
)
 STRICT""",
        """CREATE INDEX ix_payments_adviser_id ON payments (adviser_id)""",
        """CREATE INDEX ix_payments_asked_by_id ON payments (asked_by_id)""",
        """CREATE INDEX ix_payments_campaign_id ON payments (campaign_id)""",
        """CREATE INDEX ix_payments_payer_id ON payments (payer_id)""",
        """CREATE INDEX ix_payments_received_on ON payments (received_on)""",
    ),
    "deliveries": (
        """CREATE TABLE deliveries (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    pledge_id TEXT NOT NULL,
    "on" TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    contact_id TEXT,
    note TEXT,
    CONSTRAINT pk_deliveries PRIMARY KEY (id),
    CONSTRAINT ck_deliveries_quantity CHECK (quantity BETWEEN 1 AND 1000000000),
    CONSTRAINT uq_deliveries_key UNIQUE ("key"),
    CONSTRAINT fk_deliveries_pledge_id FOREIGN KEY(pledge_id) REFERENCES pledges (id) ON DELETE RESTRICT,
    CONSTRAINT fk_deliveries_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE
        RESTRICT
)
 STRICT""",
        """CREATE INDEX ix_deliveries_contact_id ON deliveries (contact_id)""",
        """CREATE INDEX ix_deliveries_pledge_id ON deliveries (pledge_id)""",
    ),
}

#: The columns that both have.
KEPT = {
    "pledge_figures": (
        (
            "pledge_id",
            "kind",
            "donor_id",
            "campaign_id",
            "pledged_on",
            "settled_on",
            "state",
            "pledged_cents",
            "paid_cents",
            "written_off_cents",
            "credit_cents",
            "next_due_on",
            "delivered",
            "new_schedule",
        )
    ),
    "pledges": (
        (
            "id",
            '"key"',
            "kind",
            "donor_id",
            "campaign_id",
            "pledged_on",
            "amount_cents",
            "schedule",
            "description",
            "unit",
            "quantity",
            "estimate_cents",
            "cancelled_on",
            "cancel_reason",
            "search_key",
        )
    ),
    "payments": (
        (
            "id",
            '"key"',
            "payer_id",
            "received_on",
            "amount_cents",
            "method",
            "reference",
            "campaign_id",
            "voided_on",
            "void_reason",
            "search_key",
        )
    ),
    "deliveries": (("id", '"key"', "pledge_id", '"on"', "quantity")),
}

NEW = (
    """CREATE TABLE deposits (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "on" TEXT NOT NULL,
    account TEXT,
    reference TEXT,
    voided_on TEXT,
    void_reason TEXT,
    CONSTRAINT pk_deposits PRIMARY KEY (id),
    CONSTRAINT ck_deposits_voided CHECK ((voided_on IS NULL) = (void_reason IS NULL)),
    CONSTRAINT uq_deposits_key UNIQUE ("key")
)
 STRICT""",
    """CREATE INDEX ix_deposits_on ON deposits ("on")""",
    """CREATE TABLE wordings (
    id TEXT NOT NULL,
    paper TEXT NOT NULL,
    subject TEXT,
    text TEXT NOT NULL,
    CONSTRAINT pk_wordings PRIMARY KEY (id),
    CONSTRAINT ck_wordings_paper CHECK (paper IN ('receipt', 'full', 'acknowledgement', 'fund',
        'in-kind', 'confirmation', 'reminder-gentle', 'reminder-firm', 'reminder-final', 'statement')),
    CONSTRAINT uq_wordings_paper UNIQUE (paper)
)
 STRICT""",
    """CREATE TABLE year_closings (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    closed_on TEXT NOT NULL,
    closed_by TEXT,
    note TEXT,
    voided_on TEXT,
    void_reason TEXT,
    CONSTRAINT pk_year_closings PRIMARY KEY (id),
    CONSTRAINT ck_year_closings_to_on_order CHECK (to_on IS NULL OR from_on IS NULL OR to_on >= from_on),
    CONSTRAINT ck_year_closings_closed_on CHECK (closed_on > to_on),
    CONSTRAINT ck_year_closings_voided CHECK ((voided_on IS NULL) = (void_reason IS NULL)),
    CONSTRAINT uq_year_closings_key UNIQUE ("key")
)
 STRICT""",
    """CREATE TABLE statements (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    amount_cents INTEGER NOT NULL,
    content TEXT NOT NULL,
    CONSTRAINT pk_statements PRIMARY KEY (id),
    CONSTRAINT ck_statements_amount_cents CHECK (amount_cents BETWEEN 0 AND 1000000000000),
    CONSTRAINT ck_statements_to_on_order CHECK (to_on IS NULL OR from_on IS NULL OR to_on >= from_on),
    CONSTRAINT uq_statements_key UNIQUE ("key"),
    CONSTRAINT fk_statements_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE
        RESTRICT
)
 STRICT""",
    """CREATE INDEX ix_statements_contact_id ON statements (contact_id)""",
    """CREATE INDEX ix_statements_issued_on ON statements (issued_on)""",
    """CREATE TABLE volunteer_hours (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    "on" TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    campaign_id TEXT,
    what TEXT,
    search_key TEXT NOT NULL,
    CONSTRAINT pk_volunteer_hours PRIMARY KEY (id),
    CONSTRAINT ck_volunteer_hours_minutes CHECK (minutes BETWEEN 1 AND 1000000),
    CONSTRAINT uq_volunteer_hours_key UNIQUE ("key"),
    CONSTRAINT fk_volunteer_hours_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON
        DELETE RESTRICT,
    CONSTRAINT fk_volunteer_hours_campaign_id FOREIGN KEY(campaign_id) REFERENCES campaigns (id) ON
        DELETE RESTRICT
)
 STRICT""",
    """CREATE INDEX ix_volunteer_hours_campaign_id ON volunteer_hours (campaign_id)""",
    """CREATE INDEX ix_volunteer_hours_contact_id ON volunteer_hours (contact_id)""",
    """CREATE INDEX ix_volunteer_hours_on ON volunteer_hours ("on")""",
    """CREATE TABLE deposit_items (
    id TEXT NOT NULL,
    deposit_id TEXT NOT NULL,
    payment_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_deposit_items PRIMARY KEY (id),
    CONSTRAINT ck_deposit_items_position CHECK (position BETWEEN 0 AND 100000),
    CONSTRAINT uq_deposit_items_deposit_id_payment_id UNIQUE (deposit_id, payment_id),
    CONSTRAINT uq_deposit_items_deposit_id_position UNIQUE (deposit_id, position),
    CONSTRAINT fk_deposit_items_deposit_id FOREIGN KEY(deposit_id) REFERENCES deposits (id) ON DELETE
        RESTRICT,
    CONSTRAINT fk_deposit_items_payment_id FOREIGN KEY(payment_id) REFERENCES payments (id) ON DELETE
        RESTRICT
)
 STRICT""",
    """CREATE INDEX ix_deposit_items_deposit_id ON deposit_items (deposit_id)""",
    """CREATE INDEX ix_deposit_items_payment_id ON deposit_items (payment_id)""",
    """CREATE TABLE donor_letters (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    pledge_id TEXT,
    kind TEXT NOT NULL,
    tone TEXT,
    "on" TEXT NOT NULL,
    sending TEXT NOT NULL,
    subject TEXT,
    text TEXT,
    amount_cents INTEGER,
    CONSTRAINT pk_donor_letters PRIMARY KEY (id),
    CONSTRAINT ck_donor_letters_kind CHECK (kind IN ('confirmation', 'reminder', 'thanks')),
    CONSTRAINT ck_donor_letters_tone CHECK (tone IN ('gentle', 'firm', 'final')),
    CONSTRAINT ck_donor_letters_sending CHECK (sending IN ('letter', 'email')),
    CONSTRAINT ck_donor_letters_amount_cents CHECK (amount_cents BETWEEN 0 AND 1000000000000),
    CONSTRAINT ck_donor_letters_reminds CHECK (tone IS NULL OR kind = 'reminder'),
    CONSTRAINT uq_donor_letters_key UNIQUE ("key"),
    CONSTRAINT fk_donor_letters_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE
        RESTRICT,
    CONSTRAINT fk_donor_letters_pledge_id FOREIGN KEY(pledge_id) REFERENCES pledges (id) ON DELETE
        RESTRICT
)
 STRICT""",
    """CREATE INDEX ix_donor_letters_contact_id ON donor_letters (contact_id)""",
    """CREATE INDEX ix_donor_letters_on ON donor_letters ("on")""",
    """CREATE INDEX ix_donor_letters_pledge_id ON donor_letters (pledge_id)""",
    """CREATE TABLE refunds (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    payment_id TEXT NOT NULL,
    "on" TEXT NOT NULL,
    amount_cents INTEGER NOT NULL,
    method TEXT,
    reference TEXT,
    reason TEXT NOT NULL,
    voided_on TEXT,
    void_reason TEXT,
    CONSTRAINT pk_refunds PRIMARY KEY (id),
    CONSTRAINT ck_refunds_method CHECK (method IN ('check', 'cash', 'card', 'bank-transfer',
        'donor-advised-fund', 'other')),
    CONSTRAINT ck_refunds_amount_cents CHECK (amount_cents BETWEEN 1 AND 1000000000000),
    CONSTRAINT ck_refunds_voided CHECK ((voided_on IS NULL) = (void_reason IS NULL)),
    CONSTRAINT uq_refunds_key UNIQUE ("key"),
    CONSTRAINT fk_refunds_payment_id FOREIGN KEY(payment_id) REFERENCES payments (id) ON DELETE RESTRICT
)
 STRICT""",
    """CREATE INDEX ix_refunds_on ON refunds ("on")""",
    """CREATE INDEX ix_refunds_payment_id ON refunds (payment_id)""",
    """CREATE TABLE receipts (
    id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    contact_id TEXT,
    payment_id TEXT,
    delivery_id TEXT,
    issued_on TEXT NOT NULL,
    amount_cents INTEGER,
    content TEXT,
    voided_on TEXT,
    void_reason TEXT,
    CONSTRAINT pk_receipts PRIMARY KEY (id),
    CONSTRAINT ck_receipts_kind CHECK (kind IN ('short', 'full', 'acknowledgement', 'fund', 'in-kind',
        'lost')),
    CONSTRAINT ck_receipts_number CHECK (number BETWEEN 1 AND 1000000),
    CONSTRAINT ck_receipts_amount_cents CHECK (amount_cents BETWEEN 1 AND 1000000000000),
    CONSTRAINT uq_receipts_year_number UNIQUE (year, number),
    CONSTRAINT ck_receipts_year CHECK (year = CAST(substr(issued_on, 1, 4) AS INTEGER)),
    CONSTRAINT ck_receipts_voided CHECK ((voided_on IS NULL) = (void_reason IS NULL)),
    CONSTRAINT ck_receipts_of CHECK (CASE kind WHEN 'lost' THEN payment_id IS NULL AND delivery_id IS
        NULL AND voided_on IS NOT NULL WHEN 'in-kind' THEN payment_id IS NULL AND delivery_id IS NOT NULL
        AND amount_cents IS NULL ELSE payment_id IS NOT NULL AND delivery_id IS NULL AND amount_cents IS
        NOT NULL END),
    CONSTRAINT ck_receipts_complete CHECK (kind = 'lost' OR (contact_id IS NOT NULL AND content IS NOT
        NULL)),
    CONSTRAINT uq_receipts_key UNIQUE ("key"),
    CONSTRAINT fk_receipts_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE RESTRICT,
    CONSTRAINT fk_receipts_payment_id FOREIGN KEY(payment_id) REFERENCES payments (id) ON DELETE RESTRICT,
    CONSTRAINT fk_receipts_delivery_id FOREIGN KEY(delivery_id) REFERENCES deliveries (id) ON DELETE
        RESTRICT
)
 STRICT""",
    """CREATE INDEX ix_receipts_contact_id ON receipts (contact_id)""",
    """CREATE INDEX ix_receipts_delivery_id ON receipts (delivery_id)""",
    """CREATE UNIQUE INDEX ix_receipts_live_delivery ON receipts (delivery_id) WHERE voided_on IS NULL""",
    """CREATE UNIQUE INDEX ix_receipts_live_payment ON receipts (payment_id) WHERE voided_on IS NULL""",
    """CREATE INDEX ix_receipts_payment_id ON receipts (payment_id)""",
    """CREATE TABLE refund_parts (
    id TEXT NOT NULL,
    refund_id TEXT NOT NULL,
    pledge_id TEXT NOT NULL,
    amount_cents INTEGER NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_refund_parts PRIMARY KEY (id),
    CONSTRAINT ck_refund_parts_amount_cents CHECK (amount_cents BETWEEN 1 AND 1000000000000),
    CONSTRAINT ck_refund_parts_position CHECK (position BETWEEN 0 AND 10000),
    CONSTRAINT uq_refund_parts_refund_id_pledge_id UNIQUE (refund_id, pledge_id),
    CONSTRAINT uq_refund_parts_refund_id_position UNIQUE (refund_id, position),
    CONSTRAINT fk_refund_parts_refund_id FOREIGN KEY(refund_id) REFERENCES refunds (id) ON DELETE
        RESTRICT,
    CONSTRAINT fk_refund_parts_pledge_id FOREIGN KEY(pledge_id) REFERENCES pledges (id) ON DELETE RESTRICT
)
 STRICT""",
    """CREATE INDEX ix_refund_parts_pledge_id ON refund_parts (pledge_id)""",
    """CREATE INDEX ix_refund_parts_refund_id ON refund_parts (refund_id)""",
)

NEW_TABLES = (
    "refund_parts",
    "receipts",
    "refunds",
    "donor_letters",
    "deposit_items",
    "volunteer_hours",
    "statements",
    "year_closings",
    "wordings",
    "deposits",
)

TRIGGERS = (
    """CREATE TRIGGER payments_are_final BEFORE UPDATE ON payments
WHEN (OLD.voided_on IS NOT NULL AND (NEW.voided_on IS NOT OLD.voided_on OR NEW.void_reason IS NOT
    OLD.void_reason) OR NEW.id IS NOT OLD.id OR NEW.received_on IS NOT OLD.received_on OR NEW.amount_cents
    IS NOT OLD.amount_cents OR NEW.method IS NOT OLD.method OR NEW.reference IS NOT OLD.reference OR
    NEW.campaign_id IS NOT OLD.campaign_id OR NEW.goods IS NOT OLD.goods OR NEW.goods_cents IS NOT
    OLD.goods_cents)
  AND (EXISTS (SELECT 1 FROM receipts WHERE payment_id = OLD.id)
  OR EXISTS (SELECT 1 FROM refunds WHERE payment_id = OLD.id)
  OR EXISTS (SELECT 1 FROM deposit_items JOIN deposits ON deposits.id = deposit_items.deposit_id
    WHERE deposit_items.payment_id = OLD.id AND deposits.voided_on IS NULL))
BEGIN SELECT RAISE(ABORT,
    'final: This payment has a receipt or a deposit. Void it with a reason instead.'); END""",
    """CREATE TRIGGER payments_stay BEFORE DELETE ON payments
WHEN (EXISTS (SELECT 1 FROM receipts WHERE payment_id = OLD.id)
  OR EXISTS (SELECT 1 FROM refunds WHERE payment_id = OLD.id)
  OR EXISTS (SELECT 1 FROM deposit_items JOIN deposits ON deposits.id = deposit_items.deposit_id
    WHERE deposit_items.payment_id = OLD.id AND deposits.voided_on IS NULL))
BEGIN SELECT RAISE(ABORT,
    'final: This payment has a receipt or a deposit. Void it with a reason instead.'); END""",
    """CREATE TRIGGER payments_of_closed_year_stay BEFORE UPDATE ON payments
WHEN (NEW.id IS NOT OLD.id OR NEW.received_on IS NOT OLD.received_on OR NEW.amount_cents IS NOT
    OLD.amount_cents OR NEW.method IS NOT OLD.method OR NEW.reference IS NOT OLD.reference OR
    NEW.campaign_id IS NOT OLD.campaign_id OR NEW.goods IS NOT OLD.goods OR NEW.goods_cents IS NOT
    OLD.goods_cents) AND (EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND OLD.received_on BETWEEN from_on AND to_on) OR EXISTS (SELECT 1 FROM
      year_closings
  WHERE voided_on IS NULL AND NEW.received_on BETWEEN from_on AND to_on))
  OR NEW.voided_on IS NOT OLD.voided_on AND (EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND OLD.voided_on BETWEEN from_on AND to_on) OR EXISTS (SELECT 1 FROM
      year_closings
  WHERE voided_on IS NULL AND NEW.voided_on BETWEEN from_on AND to_on))
BEGIN SELECT RAISE(ABORT,
    'final: The year of this day is closed. Date it in the open year, or reopen the year.'); END""",
    """CREATE TRIGGER payments_in_open_year BEFORE INSERT ON payments
WHEN EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND NEW.received_on BETWEEN from_on AND to_on)
BEGIN SELECT RAISE(ABORT,
    'final: The year of this day is closed. Date it in the open year, or reopen the year.'); END""",
    """CREATE TRIGGER payments_of_closed_year BEFORE DELETE ON payments
WHEN EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND OLD.received_on BETWEEN from_on AND to_on)
BEGIN SELECT RAISE(ABORT,
    'final: The year of this day is closed. Date it in the open year, or reopen the year.'); END""",
    """CREATE TRIGGER allocations_are_in BEFORE INSERT ON allocations
WHEN (EXISTS (SELECT 1 FROM receipts WHERE payment_id = NEW.payment_id)
  OR EXISTS (SELECT 1 FROM refunds WHERE payment_id = NEW.payment_id)
  OR EXISTS (SELECT 1 FROM deposit_items JOIN deposits ON deposits.id = deposit_items.deposit_id
    WHERE deposit_items.payment_id = NEW.payment_id AND deposits.voided_on IS NULL)) OR EXISTS (SELECT
        1 FROM payments
  WHERE id = NEW.payment_id AND EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND received_on BETWEEN from_on AND to_on))
BEGIN SELECT RAISE(ABORT,
    'final: This payment has a receipt or a deposit. Void it with a reason instead.'); END""",
    """CREATE TRIGGER allocations_are_final BEFORE UPDATE ON allocations
WHEN (EXISTS (SELECT 1 FROM receipts WHERE payment_id = OLD.payment_id)
  OR EXISTS (SELECT 1 FROM refunds WHERE payment_id = OLD.payment_id)
  OR EXISTS (SELECT 1 FROM deposit_items JOIN deposits ON deposits.id = deposit_items.deposit_id
    WHERE deposit_items.payment_id = OLD.payment_id AND deposits.voided_on IS NULL)) OR EXISTS (SELECT
        1 FROM payments
  WHERE id = OLD.payment_id AND EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND received_on BETWEEN from_on AND to_on))
BEGIN SELECT RAISE(ABORT,
    'final: This payment has a receipt or a deposit. Void it with a reason instead.'); END""",
    """CREATE TRIGGER allocations_stay BEFORE DELETE ON allocations
WHEN (EXISTS (SELECT 1 FROM receipts WHERE payment_id = OLD.payment_id)
  OR EXISTS (SELECT 1 FROM refunds WHERE payment_id = OLD.payment_id)
  OR EXISTS (SELECT 1 FROM deposit_items JOIN deposits ON deposits.id = deposit_items.deposit_id
    WHERE deposit_items.payment_id = OLD.payment_id AND deposits.voided_on IS NULL)) OR EXISTS (SELECT
        1 FROM payments
  WHERE id = OLD.payment_id AND EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND received_on BETWEEN from_on AND to_on))
BEGIN SELECT RAISE(ABORT,
    'final: This payment has a receipt or a deposit. Void it with a reason instead.'); END""",
    """CREATE TRIGGER receipts_are_final BEFORE UPDATE ON receipts
WHEN NEW.id IS NOT OLD.id OR NEW.year IS NOT OLD.year OR NEW.number IS NOT OLD.number OR NEW.kind IS
    NOT OLD.kind OR NEW.payment_id IS NOT OLD.payment_id OR NEW.delivery_id IS NOT OLD.delivery_id OR
    NEW.issued_on IS NOT OLD.issued_on OR NEW.amount_cents IS NOT OLD.amount_cents OR OLD.voided_on IS NOT
    NULL AND (NEW.voided_on IS NOT OLD.voided_on OR NEW.void_reason IS NOT OLD.void_reason)
  OR (NEW.contact_id IS NULL) <> (OLD.contact_id IS NULL)
  OR NEW.content IS NOT OLD.content AND NOT EXISTS (SELECT 1 FROM facts WHERE name = 'erasing')
BEGIN SELECT RAISE(ABORT, 'final: A receipt is final. Void it with a reason instead.'); END""",
    """CREATE TRIGGER receipts_stay BEFORE DELETE ON receipts
BEGIN SELECT RAISE(ABORT, 'final: A receipt is final. Void it with a reason instead.'); END""",
    """CREATE TRIGGER statements_are_final BEFORE UPDATE ON statements
WHEN NEW.id IS NOT OLD.id OR NEW.from_on IS NOT OLD.from_on OR NEW.to_on IS NOT OLD.to_on OR
    NEW.issued_on IS NOT OLD.issued_on OR NEW.amount_cents IS NOT OLD.amount_cents
  OR NEW.content IS NOT OLD.content AND NOT EXISTS (SELECT 1 FROM facts WHERE name = 'erasing')
BEGIN SELECT RAISE(ABORT, 'final: A statement is final. Issue a new one instead.'); END""",
    """CREATE TRIGGER statements_stay BEFORE DELETE ON statements
BEGIN SELECT RAISE(ABORT, 'final: A statement is final. Issue a new one instead.'); END""",
    """CREATE TRIGGER refunds_are_final BEFORE UPDATE ON refunds
WHEN NEW.id IS NOT OLD.id OR NEW.payment_id IS NOT OLD.payment_id OR NEW."on" IS NOT OLD."on" OR
    NEW.amount_cents IS NOT OLD.amount_cents OR NEW.method IS NOT OLD.method OR NEW.reference IS NOT
    OLD.reference OR NEW.reason IS NOT OLD.reason OR OLD.voided_on IS NOT NULL AND (NEW.voided_on IS NOT
    OLD.voided_on OR NEW.void_reason IS NOT OLD.void_reason)
  OR NEW.voided_on IS NOT OLD.voided_on AND EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND NEW.voided_on BETWEEN from_on AND to_on)
BEGIN SELECT RAISE(ABORT, 'final: A refund is final. Void it with a reason, in an open year.'); END""",
    """CREATE TRIGGER refunds_in_open_year BEFORE INSERT ON refunds
WHEN EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND NEW."on" BETWEEN from_on AND to_on)
BEGIN SELECT RAISE(ABORT,
    'final: The year of this day is closed. Date it in the open year, or reopen the year.'); END""",
    """CREATE TRIGGER refunds_of_closed_year BEFORE DELETE ON refunds
WHEN EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND OLD."on" BETWEEN from_on AND to_on)
BEGIN SELECT RAISE(ABORT,
    'final: The year of this day is closed. Date it in the open year, or reopen the year.'); END""",
    """CREATE TRIGGER refund_parts_are_final BEFORE UPDATE ON refund_parts
BEGIN SELECT RAISE(ABORT, 'final: A refund is final. Void it with a reason, in an open year.'); END""",
    """CREATE TRIGGER refund_parts_of_closed_year BEFORE DELETE ON refund_parts
WHEN EXISTS (SELECT 1 FROM refunds WHERE id = OLD.refund_id AND EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND "on" BETWEEN from_on AND to_on))
BEGIN SELECT RAISE(ABORT,
    'final: The year of this day is closed. Date it in the open year, or reopen the year.'); END""",
    """CREATE TRIGGER deposits_are_final BEFORE UPDATE ON deposits
WHEN OLD.voided_on IS NOT NULL AND (NEW.voided_on IS NOT OLD.voided_on OR NEW.void_reason IS NOT
    OLD.void_reason)
  OR (NEW.id IS NOT OLD.id OR NEW."on" IS NOT OLD."on" OR NEW.account IS NOT OLD.account OR
      NEW.reference IS NOT OLD.reference) AND (OLD.voided_on IS NOT NULL OR EXISTS (SELECT 1 FROM
      year_closings
  WHERE voided_on IS NULL AND OLD."on" BETWEEN from_on AND to_on) OR EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND NEW."on" BETWEEN from_on AND to_on))
  OR NEW.voided_on IS NOT OLD.voided_on AND EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND NEW.voided_on BETWEEN from_on AND to_on)
BEGIN SELECT RAISE(ABORT, 'final: A voided deposit, and one of a closed year, stays as it is.'); END""",
    """CREATE TRIGGER deposits_in_open_year BEFORE INSERT ON deposits
WHEN EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND NEW."on" BETWEEN from_on AND to_on)
BEGIN SELECT RAISE(ABORT,
    'final: The year of this day is closed. Date it in the open year, or reopen the year.'); END""",
    """CREATE TRIGGER deposits_of_closed_year BEFORE DELETE ON deposits
WHEN EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND OLD."on" BETWEEN from_on AND to_on)
BEGIN SELECT RAISE(ABORT,
    'final: The year of this day is closed. Date it in the open year, or reopen the year.'); END""",
    """CREATE TRIGGER deposit_items_of_closed_year BEFORE DELETE ON deposit_items
WHEN EXISTS (SELECT 1 FROM deposits WHERE id = OLD.deposit_id AND EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND "on" BETWEEN from_on AND to_on))
BEGIN SELECT RAISE(ABORT,
    'final: The year of this day is closed. Date it in the open year, or reopen the year.'); END""",
    """CREATE TRIGGER write_offs_in_open_year BEFORE INSERT ON write_offs
WHEN EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND NEW."on" BETWEEN from_on AND to_on)
BEGIN SELECT RAISE(ABORT,
    'final: The year of this day is closed. Date it in the open year, or reopen the year.'); END""",
    """CREATE TRIGGER write_offs_of_closed_year BEFORE DELETE ON write_offs
WHEN EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND OLD."on" BETWEEN from_on AND to_on)
BEGIN SELECT RAISE(ABORT,
    'final: The year of this day is closed. Date it in the open year, or reopen the year.'); END""",
    """CREATE TRIGGER write_offs_of_closed_year_stay BEFORE UPDATE ON write_offs
WHEN (NEW.id IS NOT OLD.id OR NEW.pledge_id IS NOT OLD.pledge_id OR NEW."on" IS NOT OLD."on" OR
    NEW.amount_cents IS NOT OLD.amount_cents OR NEW.reason IS NOT OLD.reason OR NEW.instalments IS NOT
    OLD.instalments) AND (EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND OLD."on" BETWEEN from_on AND to_on) OR EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND NEW."on" BETWEEN from_on AND to_on))
BEGIN SELECT RAISE(ABORT,
    'final: The year of this day is closed. Date it in the open year, or reopen the year.'); END""",
    """CREATE TRIGGER pledge_changes_in_open_year BEFORE INSERT ON pledge_changes
WHEN EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND NEW."on" BETWEEN from_on AND to_on)
BEGIN SELECT RAISE(ABORT,
    'final: The year of this day is closed. Date it in the open year, or reopen the year.'); END""",
    """CREATE TRIGGER pledge_changes_of_closed_year BEFORE DELETE ON pledge_changes
WHEN EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND OLD."on" BETWEEN from_on AND to_on)
BEGIN SELECT RAISE(ABORT,
    'final: The year of this day is closed. Date it in the open year, or reopen the year.'); END""",
    """CREATE TRIGGER pledge_changes_of_closed_year_stay BEFORE UPDATE ON pledge_changes
WHEN EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND OLD."on" BETWEEN from_on AND to_on) OR EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND NEW."on" BETWEEN from_on AND to_on)
BEGIN SELECT RAISE(ABORT,
    'final: The year of this day is closed. Date it in the open year, or reopen the year.'); END""",
    """CREATE TRIGGER pledges_in_open_year BEFORE INSERT ON pledges
WHEN EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND NEW.pledged_on BETWEEN from_on AND to_on)
BEGIN SELECT RAISE(ABORT,
    'final: The year of this day is closed. Date it in the open year, or reopen the year.'); END""",
    """CREATE TRIGGER pledges_of_closed_year BEFORE DELETE ON pledges
WHEN EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND OLD.pledged_on BETWEEN from_on AND to_on)
BEGIN SELECT RAISE(ABORT,
    'final: The year of this day is closed. Date it in the open year, or reopen the year.'); END""",
    """CREATE TRIGGER pledges_of_closed_year_stay BEFORE UPDATE ON pledges
WHEN (NEW.id IS NOT OLD.id OR NEW.kind IS NOT OLD.kind OR NEW.campaign_id IS NOT OLD.campaign_id OR
    NEW.pledged_on IS NOT OLD.pledged_on OR NEW.amount_cents IS NOT OLD.amount_cents OR NEW.schedule IS
    NOT OLD.schedule OR NEW.quantity IS NOT OLD.quantity) AND (EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND OLD.pledged_on BETWEEN from_on AND to_on) OR EXISTS (SELECT 1 FROM
      year_closings
  WHERE voided_on IS NULL AND NEW.pledged_on BETWEEN from_on AND to_on))
  OR NEW.cancelled_on IS NOT OLD.cancelled_on
    AND (EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND OLD.cancelled_on BETWEEN from_on AND to_on) OR EXISTS (SELECT 1 FROM
      year_closings
  WHERE voided_on IS NULL AND NEW.cancelled_on BETWEEN from_on AND to_on))
  OR NEW.condition_met_on IS NOT OLD.condition_met_on
    AND (EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND OLD.condition_met_on BETWEEN from_on AND to_on) OR EXISTS (SELECT 1 FROM
      year_closings
  WHERE voided_on IS NULL AND NEW.condition_met_on BETWEEN from_on AND to_on))
BEGIN SELECT RAISE(ABORT,
    'final: The year of this day is closed. Date it in the open year, or reopen the year.'); END""",
    """CREATE TRIGGER deliveries_in_open_year BEFORE INSERT ON deliveries
WHEN EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND NEW."on" BETWEEN from_on AND to_on)
BEGIN SELECT RAISE(ABORT,
    'final: The year of this day is closed. Date it in the open year, or reopen the year.'); END""",
    """CREATE TRIGGER deliveries_of_closed_year BEFORE DELETE ON deliveries
WHEN EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND OLD."on" BETWEEN from_on AND to_on)
BEGIN SELECT RAISE(ABORT,
    'final: The year of this day is closed. Date it in the open year, or reopen the year.'); END""",
    """CREATE TRIGGER deliveries_are_final BEFORE UPDATE ON deliveries
WHEN (NEW.id IS NOT OLD.id OR NEW.pledge_id IS NOT OLD.pledge_id OR NEW."on" IS NOT OLD."on" OR
    NEW.quantity IS NOT OLD.quantity) AND (EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND OLD."on" BETWEEN from_on AND to_on)
  OR EXISTS (SELECT 1 FROM year_closings
  WHERE voided_on IS NULL AND NEW."on" BETWEEN from_on AND to_on) OR EXISTS (SELECT 1 FROM receipts
      WHERE delivery_id = OLD.id))
BEGIN SELECT RAISE(ABORT, 'final: This delivery has a receipt, or its year is closed.'); END""",
    """CREATE TRIGGER year_closings_are_final BEFORE UPDATE ON year_closings
WHEN NEW.id IS NOT OLD.id OR NEW.from_on IS NOT OLD.from_on OR NEW.to_on IS NOT OLD.to_on OR
    NEW.closed_on IS NOT OLD.closed_on
  OR OLD.voided_on IS NOT NULL AND (NEW.voided_on IS NOT OLD.voided_on OR NEW.void_reason IS NOT
      OLD.void_reason)
BEGIN SELECT RAISE(ABORT, 'final: A closed year is reopened with a reason.'); END""",
    """CREATE TRIGGER year_closings_stay BEFORE DELETE ON year_closings
BEGIN SELECT RAISE(ABORT, 'final: A closed year is reopened with a reason.'); END""",
)


def upgrade() -> None:
    _write_anew(AFTER)
    for statement in (*NEW, *TRIGGERS):
        _execute(statement)


def downgrade() -> None:
    for statement in TRIGGERS:
        op.execute(f"DROP TRIGGER {statement.split()[2]}")
    for table in NEW_TABLES:
        op.execute(f"DROP TABLE {table}")
    _write_anew(BEFORE)


def _write_anew(tables: dict[str, tuple[str, ...]]) -> None:
    """Put tables of other columns in the place of those that are there; what refers to them stays."""
    op.execute("PRAGMA legacy_alter_table=ON")
    for table, (create, *indexes) in tables.items():
        columns = ", ".join(KEPT[table])
        op.execute(f"ALTER TABLE {table} RENAME TO old_{table}")
        _execute(create)
        op.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM old_{table}")  # noqa: S608
        op.execute(f"DROP TABLE old_{table}")
        for index in indexes:
            _execute(index)
    op.execute("PRAGMA legacy_alter_table=OFF")


def _execute(statement: str) -> None:
    op.execute(statement.replace(":", "\\:"))
