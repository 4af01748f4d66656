"""The rule book and the registry of settings."""

from datetime import date

import pytest

from commission_app.domain.rule_book import RuleBook, Setting, check_setting
from commission_app.domain.setting_registry import SPECS, spec
from tests.unit.domain_rows import book, day, pack

NAMED_IN_THE_RULES = [
    "quorum.basis",
    "votes.threshold",
    "quorum.recused_counts",
    "alternates.for_vacant_seats",
    "alternates.precedence",
    "alternates.until",
    "remote.counts_for_quorum",
    "remote.uses_a_year",
    "terms.holdover",
    "terms.warn_days",
    "membership.minimum",
    "membership.warn_margin",
    "attendance.max_consecutive_absences",
    "meetings.rule",
    "record.begins_on",
    "posting.regular_hours",
    "posting.special_hours",
    "posting.emergency_hours",
    "posting.warn_days",
    "agenda.order",
    "agenda.numbering",
    "minutes.style",
    "speakers.minutes_each",
    "inquiries.answer_days",
    "inquiries.meetings_allowed",
    "inquiries.counted_kinds",
    "inquiries.no_quorum_counts",
    "agreements.renewal_notice_days",
    "travel.form801_cents",
    "gifts.limit_cents",
    "fundraising.allowed",
    "fundraising.receiver",
    "money.year_start",
    "journal.bank",
    "journal.undeposited",
    "journal.income",
    "receipts.full_from_cents",
    "receipts.disclosure_over_cents",
    "receipts.first_number",
    "paper.size",
    "backups.max_bytes",
]


def test_value_is_the_latest_that_began_by_the_day() -> None:
    found = book("milpitas", ("quorum.basis", "filled", day("2026-07-01")))
    assert found.value("quorum.basis", day("2026-06-30")) == "seats"
    assert found.value("quorum.basis", day("2026-07-01")) == "filled"
    assert found.value("quorum.basis", date(1900, 1, 1)) == "seats"


def test_value_without_any_entry_is_the_registrys_default() -> None:
    assert RuleBook().integer("membership.minimum", day("2026-06-01")) == 20
    later = Setting(id="1", name="membership.minimum", value=25, from_on=day("2027-01-01"))
    assert RuleBook([later]).integer("membership.minimum", day("2026-12-31")) == 20


def test_unknown_names_are_refused() -> None:
    with pytest.raises(KeyError):
        RuleBook([Setting(id="1", name="quorum.base", value="seats")])
    with pytest.raises(KeyError):
        RuleBook().value("quorum.base", day("2026-01-01"))
    (problem,) = check_setting("quorum.base", "seats")
    assert problem.path == "name"
    assert "quorum.base" in problem.message


def test_source_is_the_entrys_and_else_the_registrys() -> None:
    assert book().source("posting.special_hours", day("2026-01-01")) == "Gov. Code 54956"
    own = RuleBook([Setting(id="1", name="membership.minimum", value=15, source="Bylaws, article 4")])
    assert own.source("membership.minimum", day("2026-01-01")) == "Bylaws, article 4"
    assert RuleBook().source("membership.minimum", day("2026-01-01")).startswith("San José memorandum")


def test_typed_reading_refuses_another_type() -> None:
    with pytest.raises(TypeError):
        book().integer("quorum.basis", day("2026-01-01"))
    with pytest.raises(TypeError):
        book().flag("terms.warn_days", day("2026-01-01"))
    with pytest.raises(TypeError):
        book().text("terms.warn_days", day("2026-01-01"))


def test_day_setting_is_read_as_a_day() -> None:
    found = book("milpitas", record__begins_on="2026-06-01")
    assert found.begins_on(day("2026-07-01")) == day("2026-06-01")
    assert book().begins_on(day("2026-07-01")) is None


def test_every_setting_of_the_rules_is_registered_with_words_and_a_default_that_may_stand() -> None:
    assert {found.name for found in SPECS} == set(NAMED_IN_THE_RULES)
    for found in SPECS:
        assert found.label and found.help and found.section and found.source
        assert found.check(found.default) is None, found.name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("quorum.basis", "most"),
        ("quorum.basis", ["seats"]),
        ("terms.holdover", 1),
        ("terms.warn_days", True),
        ("terms.warn_days", "90"),
        ("terms.warn_days", -1),
        ("membership.minimum", 1e30),
        ("membership.minimum", None),
        ("record.begins_on", "6/1/2026"),
        ("record.begins_on", "20260601"),
        ("record.begins_on", "0001-01-01"),
        ("record.begins_on", 20260601),
        ("agenda.order", {}),
        ("agenda.order", {"regular": "opening"}),
        ("agenda.order", {"monthly": ["opening"]}),
        ("agenda.order", {"regular": ["opening", "opening"]}),
        ("agenda.order", {"regular": ["Call to order"]}),
        ("inquiries.counted_kinds", []),
        ("inquiries.counted_kinds", ["regular", "regular"]),
        ("inquiries.counted_kinds", ["monthly"]),
        ("money.year_start", "02-30"),
        ("fundraising.receiver", " "),
        ("meetings.rule", "fourth Thursdays"),
        ("meetings.rule", {"rules": ["FREQ=MONTHLY"], "starts": "18:00"}),
    ],
)
def test_wrong_values_are_refused_with_a_sentence(name: str, value: object) -> None:
    (problem,) = check_setting(name, value)
    assert problem.path == "value"
    assert problem.message.endswith(".")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("meetings.rule", None),
        ("record.begins_on", "2026-06-01"),
        ("inquiries.counted_kinds", ["regular", "special"]),
        ("fundraising.receiver", "asca"),
        ("money.year_start", "07-01"),
        ("agenda.order", {"regular": ["opening", "youth-council", "adjournment"]}),
        ("backups.max_bytes", 10**10),
    ],
)
def test_right_values_may_stand(name: str, value: object) -> None:
    assert check_setting(name, value) == []


def test_unset_receiver_of_the_generic_pack_is_none() -> None:
    assert {s.name: s.value for s in pack("generic").settings}["fundraising.receiver"] is None
    assert spec("fundraising.receiver").optional
