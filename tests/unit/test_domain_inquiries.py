"""Inquiries: which procedure, how its steps stand, and the checks of what is entered."""

from dataclasses import replace
from typing import Any

import pytest

from commission_app.domain.cleaning import cleaned
from commission_app.domain.inquiries import (
    Channel,
    CityDraft,
    ClosedAs,
    Direction,
    InquiryDraft,
    Letter,
    LetterDirection,
    LetterDraft,
    ProofKind,
    Step,
    StepDraft,
    StepState,
    current_step,
    is_answered,
    place_name,
    procedure_of,
    step_lines,
)
from commission_app.domain.inquiry_checks import check_city, check_inquiry, check_letter, check_step
from commission_app.errors import Problem
from tests.unit.domain_rows import day, inquiry, pack

MILPITAS, SAN_JOSE = pack("milpitas").procedures, pack("san-jose").procedures


def step(slug: str, done_on: str = "2026-05-14", **fields: Any) -> Step:
    return Step(
        id=f"{slug} {done_on}", inquiry_id=fields.pop("of", "i1"), step=slug, done_on=day(done_on), **fields
    )


def letter(direction: LetterDirection, on: str, channel: Channel = Channel.EMAIL, of: str = "i1") -> Letter:
    return Letter(id=on, key=on, inquiry_id=of, direction=direction, on=day(on), channel=channel)


def paths(problems: list[Problem]) -> list[str]:
    return [problem.path for problem in problems]


# ---- Procedures and steps -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("procedures", "fields", "slug"),
    [
        (MILPITAS, {}, "incoming"),
        (MILPITAS, {"direction": Direction.OWN_INITIATIVE}, "own-initiative"),
        (MILPITAS, {"procedure": "economic-partnership"}, "economic-partnership"),
        (SAN_JOSE, {}, "san-jose-sister-city"),
        (SAN_JOSE, {"procedure": "of-another-pack"}, "san-jose-sister-city"),
    ],
)
def test_procedure_is_the_named_one_else_the_directions_else_the_first(
    procedures: Any, fields: dict[str, Any], slug: str
) -> None:
    found = procedure_of(inquiry(**fields), procedures)
    assert found is not None
    assert found.slug == slug


def test_a_pack_without_procedures_has_none() -> None:
    assert procedure_of(inquiry(), ()) is None
    assert step_lines(None, []) == ()


@pytest.mark.parametrize(
    ("slug", "steps"),
    [
        ("incoming", "answer request contact research tentative-agreement mou registration"),
        ("own-initiative", "research contact request tentative-agreement mou registration"),
        ("economic-partnership", "council-direction agreement first-phase review renewal"),
        ("san-jose-sister-city", "council-direction agreement community-organization registration"),
    ],
)
def test_steps_of_the_procedures(slug: str, steps: str) -> None:
    found = procedure_of(inquiry(procedure=slug), (*MILPITAS, *SAN_JOSE))
    assert [line.slug for line in step_lines(found, [])] == steps.split()


def test_order_of_steps_is_advised_not_forced() -> None:
    lines = step_lines(MILPITAS[0], [step("contact", "2026-07-22"), step("answer")])
    assert [line.state for line in lines] == [
        StepState.DONE,
        StepState.NOW,
        StepState.DONE,
        *[StepState.OPEN] * 4,
    ]
    now = current_step(lines)
    assert now is not None
    assert (now.number, now.slug, now.proof, now.step) == (2, "request", ProofKind.FORM, None)
    assert lines[2].step is not None
    assert lines[2].step.done_on == day("2026-07-22")


def test_when_every_step_is_done_none_comes_next() -> None:
    lines = step_lines(MILPITAS[0], [step(line.slug) for line in MILPITAS[0].steps])
    assert {line.state for line in lines} == {StepState.DONE}
    assert current_step(lines) is None


def test_a_done_step_that_the_procedure_lacks_is_shown_after_it() -> None:
    lines = step_lines(SAN_JOSE[0], [step("tentative-agreement")])
    assert (lines[-1].number, lines[-1].title, lines[-1].state) == (
        5,
        "Tentative agreement",
        StepState.DONE,
    )
    assert lines[0].state is StepState.NOW


@pytest.mark.parametrize(
    ("steps", "letters", "answered"),
    [
        ([], [], False),
        ([step("answer")], [], True),
        ([step("contact")], [], False),
        ([step("answer", of="i2")], [], False),
        ([], [letter(LetterDirection.OUT, "2026-05-01")], True),
        ([], [letter(LetterDirection.OUT, "2026-05-14", Channel.PHONE)], True),
        ([], [letter(LetterDirection.OUT, "2026-04-30")], False),
        ([], [letter(LetterDirection.IN, "2026-05-14")], False),
        ([], [letter(LetterDirection.OUT, "2026-05-14", of="i2")], False),
    ],
)
def test_answered_by_the_step_or_the_first_letter_out(
    steps: list[Step], letters: list[Letter], answered: bool
) -> None:
    assert is_answered(inquiry("2026-05-01"), steps, letters) is answered


def test_a_city_is_named_with_its_country() -> None:
    okayama = CityDraft(name="Okayama", country="JP")
    assert place_name(okayama, {"JP": "Japan"}) == "Okayama, Japan"
    assert place_name(okayama, {}) == "Okayama, JP"


# ---- Checks ---------------------------------------------------------------------------------------


def test_a_city_in_order() -> None:
    hue = CityDraft(
        name="Huế",
        country="VN",
        region="Thừa Thiên",
        population=652_572,
        zone="Asia/Ho_Chi_Minh",
        latitude=16.46,
        longitude=107.6,
        native_name="順化",
    )
    assert check_city(hue) == []
    assert check_city(hue, {"VN", "JP"}) == []


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": " "}, ["name"]),
        ({"name": "Oka\u200byama"}, ["name"]),
        ({"country": ""}, ["country"]),
        ({"country": "Japan"}, ["country"]),
        ({"country": "ZZ"}, ["country"]),
        ({"population": -1}, ["population"]),
        ({"population": 10**9}, ["population"]),
        ({"zone": "Asia/Okayama"}, ["zone"]),
        ({"latitude": 91.0, "longitude": float("nan")}, ["latitude", "longitude"]),
        ({"latitude": 34.66}, ["longitude"]),
        ({"longitude": 133.9}, ["latitude"]),
        (
            {"name": "", "country": "jp", "region": "x" * 201, "zone": "Mars"},
            ["name", "country", "region", "zone"],
        ),
    ],
)
def test_problems_of_a_city_come_all_at_once(fields: dict[str, Any], wrong: list[str]) -> None:
    draft = replace(CityDraft(name="Okayama", country="JP"), **fields)
    assert paths(check_city(draft, {"JP", "VN"})) == wrong


def test_an_inquiry_in_order() -> None:
    draft = InquiryDraft(city_id="c", received_on=day("2026-05-01"), channel=Channel.EMAIL)
    assert check_inquiry(draft, MILPITAS) == []
    closed = replace(draft, closed_on=day("2026-05-01"), closed_as=ClosedAs.DECLINED, procedure="incoming")
    assert check_inquiry(closed, MILPITAS, day("2026-05-01")) == []


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"procedure": "san-jose-sister-city"}, ["procedure"]),
        ({"received_on": day("1826-05-01")}, ["received_on"]),
        ({"received_on": day("2026-05-12")}, ["received_on"]),
        ({"summary": "x" * 20_001}, ["summary"]),
        ({"closed_as": ClosedAs.DECLINED}, ["closed_on"]),
        ({"closed_on": day("2026-05-02")}, ["closed_as"]),
        ({"closed_on": day("2026-04-30"), "closed_as": ClosedAs.DECLINED}, ["closed_on"]),
        ({"closed_on": day("2026-05-12"), "closed_as": ClosedAs.DECLINED}, ["closed_on"]),
        (
            {"procedure": "x", "closed_on": day("2026-04-30")},
            ["procedure", "closed_as", "closed_on"],
        ),
    ],
)
def test_problems_of_an_inquiry_come_all_at_once(fields: dict[str, Any], wrong: list[str]) -> None:
    draft = replace(InquiryDraft(city_id="c", received_on=day("2026-05-01")), **fields)
    assert paths(check_inquiry(draft, MILPITAS, day("2026-05-11"))) == wrong


def test_days_to_come_are_refused_only_where_a_day_is_given() -> None:
    draft = InquiryDraft(city_id="c", received_on=day("2026-05-12"))
    assert check_inquiry(draft, MILPITAS) == []


def test_the_lines_of_a_summary_are_kept() -> None:
    draft = InquiryDraft(city_id="c", received_on=day("2026-05-12"), summary="Dear Mayor,\nwe write to you.")
    assert cleaned(draft) == (draft, {})


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, []),
        ({"step": "council-direction"}, ["step"]),
        ({"step": "contact"}, ["step"]),
        ({"done_on": day("2026-04-30")}, ["done_on"]),
        ({"done_on": day("2027-01-01")}, ["done_on"]),
        ({"step": "request", "done_on": day("2026-04-30")}, []),
        ({"by": "Ana\u202e"}, ["by"]),
        ({"proof_text": "Call of July 22"}, ["proof_kind"]),
        ({"proof_text": "x" * 2_001, "proof_kind": ProofKind.LETTER}, ["proof_text"]),
    ],
)
def test_check_of_a_step(fields: dict[str, Any], wrong: list[str]) -> None:
    draft = replace(StepDraft(inquiry_id="i1", step="answer", done_on=day("2026-05-14")), **fields)
    others = [step("contact"), step("answer", of="i2")]
    assert paths(check_step(draft, inquiry("2026-05-01"), MILPITAS, others, today=day("2026-06-01"))) == wrong


def test_a_step_says_what_there_is_instead() -> None:
    draft = StepDraft(inquiry_id="i1", step="mou", done_on=day("2026-05-14"))
    (problem,) = check_step(draft, inquiry("2026-05-01"), SAN_JOSE)
    assert problem.message == (
        "The procedure has no step named mou; it has council-direction, agreement, community-organization, "
        "registration."
    )


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, []),
        ({"follow_up_on": day("2026-05-14")}, []),
        ({"follow_up_on": day("2026-05-13")}, ["follow_up_on"]),
        ({"on": day("2026-06-02")}, ["on"]),
        ({"subject": "x" * 501, "text": "x" * 20_001}, ["subject", "text"]),
    ],
)
def test_check_of_a_letter(fields: dict[str, Any], wrong: list[str]) -> None:
    draft = LetterDraft(direction=LetterDirection.OUT, on=day("2026-05-14"), channel=Channel.EMAIL)
    assert paths(check_letter(replace(draft, **fields), day("2026-06-01"))) == wrong
