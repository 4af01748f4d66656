"""The rule packs: rules section 8, cell by cell."""

import pytest

from commission_app.domain.members import SeatKind
from commission_app.domain.rule_packs import parse
from commission_app.errors import ValidationError
from tests.unit.domain_rows import book, day, pack

ON = day("2026-06-01")
SHORT = ["opening", "public-forum", "approve-minutes", "reports", "business", "adjournment"]
ORDER_OF_MILPITAS = [
    "opening",
    "pledge",
    "alternates",
    "public-forum",
    "announcements",
    "conflicts",
    "approve-agenda",
    "approve-minutes",
    "consent",
    "reports",
    "unfinished-business",
    "new-business",
    "future-items",
    "adjournment",
]


@pytest.mark.parametrize(
    ("slug", "regular", "alternates", "liaisons"),
    [("milpitas", 7, 2, 2), ("san-jose", 9, 0, 0), ("generic", 9, 0, 0)],
)
def test_seats(slug: str, regular: int, alternates: int, liaisons: int) -> None:
    keys = [seat.key for seat in pack(slug).seats]
    assert keys == [
        *(f"regular-{n}" for n in range(1, regular + 1)),
        *(f"alternate-{n}" for n in range(1, alternates + 1)),
        *(f"liaison-{n}" for n in range(1, liaisons + 1)),
    ]


def test_liaisons_of_milpitas_are_council_and_school_board() -> None:
    found = pack("milpitas").seats
    assert [seat.label for seat in found if seat.kind is SeatKind.LIAISON] == ["City Council", "School Board"]
    assert {seat.appointed_by for seat in found if seat.kind is not SeatKind.LIAISON} == {"Mayor"}
    assert found[0].label == "Seat 1"


@pytest.mark.parametrize(
    ("slug", "basis", "threshold", "recused"),
    [
        ("milpitas", "seats", "cast", False),
        ("san-jose", "filled", "cast", False),
        ("generic", "filled", "cast", True),
    ],
)
def test_quorum_and_votes(slug: str, basis: str, threshold: str, recused: bool) -> None:
    found = book(slug)
    assert found.text("quorum.basis", ON) == basis
    assert found.text("votes.threshold", ON) == threshold
    assert found.flag("quorum.recused_counts", ON) is recused


def test_meeting_rules() -> None:
    assert book("milpitas").value("meetings.rule", ON) == {
        "rules": ["FREQ=MONTHLY;BYDAY=4TH;BYMONTH=1,2,3,4,5,6,9,10", "FREQ=MONTHLY;BYDAY=3TH;BYMONTH=11,12"],
        "starts": "18:00",
    }
    assert book("san-jose").value("meetings.rule", ON) is None
    assert book("generic").value("meetings.rule", ON) == {
        "rules": ["FREQ=MONTHLY;BYDAY=3TU"],
        "starts": "18:00",
    }


@pytest.mark.parametrize(
    ("slug", "regular", "numbering"),
    [("milpitas", ORDER_OF_MILPITAS, "roman"), ("san-jose", SHORT, "decimal"), ("generic", SHORT, "decimal")],
)
def test_agenda_order_and_numbering(slug: str, regular: list[str], numbering: str) -> None:
    order = book(slug).value("agenda.order", ON)
    assert order["regular"] == regular
    assert order["special"] == order["emergency"] == ["opening", "public-forum", "business", "adjournment"]
    assert book(slug).text("agenda.numbering", ON) == numbering


@pytest.mark.parametrize("slug", ["milpitas", "san-jose", "generic"])
def test_posting_hours_three_meetings_and_twenty_members(slug: str) -> None:
    found = book(slug)
    hours = [found.integer(f"posting.{kind}_hours", ON) for kind in ("regular", "special", "emergency")]
    assert hours == [72, 24, 1]
    assert found.integer("inquiries.meetings_allowed", ON) == 3
    assert found.integer("membership.minimum", ON) == 20
    assert found.flag("fundraising.allowed", ON) is True


@pytest.mark.parametrize(
    ("slug", "receiver"),
    [("milpitas", "community-organization"), ("san-jose", "community-organization"), ("generic", None)],
)
def test_fundraising_receiver(slug: str, receiver: str | None) -> None:
    assert book(slug).value("fundraising.receiver", ON) == receiver


@pytest.mark.parametrize(
    ("slug", "procedures"),
    [
        ("milpitas", ["incoming", "own-initiative", "economic-partnership"]),
        ("san-jose", ["san-jose-sister-city", "economic-partnership"]),
        ("generic", ["incoming", "own-initiative"]),
    ],
)
def test_procedures(slug: str, procedures: list[str]) -> None:
    assert [procedure.slug for procedure in pack(slug).procedures] == procedures


STEPS = {
    "incoming": "answer request contact research tentative-agreement mou registration",
    "own-initiative": "research contact request tentative-agreement mou registration",
    "san-jose-sister-city": "council-direction agreement community-organization registration",
    "economic-partnership": "council-direction agreement first-phase review renewal",
}


@pytest.mark.parametrize("slug", ["milpitas", "san-jose", "generic"])
def test_steps_have_the_slugs_of_the_rules(slug: str) -> None:
    for procedure in pack(slug).procedures:
        assert [step.slug for step in procedure.steps] == STEPS[procedure.slug].split()


@pytest.mark.parametrize("slug", ["milpitas", "san-jose", "generic"])
def test_every_setting_names_its_source(slug: str) -> None:
    assert all(setting.source for setting in pack(slug).settings)


def test_standing_texts() -> None:
    forum = pack("milpitas").sections["public-forum"]
    assert forum.title == "Public forum"
    assert forum.prints_empty
    assert "three minutes" in forum.text
    assert forum.special_text
    assert pack("milpitas").notices.speaking
    assert pack("milpitas").sections["reports"].reports[0] == "Chair"


def test_pack_with_a_wrong_setting_is_refused_with_every_problem() -> None:
    data = {
        "name": "X",
        "description": "",
        "settings": [{"name": "quorum.base", "value": 1}, {"name": "terms.warn_days", "value": "soon"}],
    }
    with pytest.raises(ValidationError) as caught:
        parse("x", data)
    assert [problem.path for problem in caught.value.problems] == ["settings[0].name", "settings[1].value"]
