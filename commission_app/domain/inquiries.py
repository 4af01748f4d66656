"""Inquiries: cities, first approaches between them and the commission, the steps they take, letters."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from commission_app.domain.rule_packs import Procedure


class Direction(StrEnum):
    INCOMING = "incoming"
    OWN_INITIATIVE = "own-initiative"


class Channel(StrEnum):
    LETTER = "letter"
    EMAIL = "email"
    PHONE = "phone"
    IN_PERSON = "in-person"


class ClosedAs(StrEnum):
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ACCEPTED = "accepted"


class LetterDirection(StrEnum):
    IN = "in"
    OUT = "out"


class ProofKind(StrEnum):
    LETTER = "letter"
    FORM = "form"
    AGENDA_ITEM = "agenda-item"
    MOTION = "motion"
    AGREEMENT = "agreement"


class StepState(StrEnum):
    DONE = "done"
    NOW = "now"
    OPEN = "open"


ANSWER_STEP = "answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class CityDraft:
    """A city as entered; `country` is its ISO code of two letters."""

    key: str | None = None
    name: str
    country: str
    region: str | None = None
    population: int | None = None
    zone: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    native_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """A place with its facts: population in persons, position in degrees, zone by its IANA name;
    `native_name` is its own spelling where that is another one.
    """

    id: str
    key: str
    name: str
    country: str
    region: str | None = None
    population: int | None = None
    zone: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    native_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryDraft:
    """An inquiry as entered; `procedure` None: by the rule of `procedure_of`."""

    key: str | None = None
    direction: Direction = Direction.INCOMING
    procedure: str | None = None
    city_id: str
    received_on: date
    channel: Channel | None = None
    contact_id: str | None = None
    summary: str | None = None
    closed_on: date | None = None
    closed_as: ClosedAs | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """A first approach between the commission and a city; `received_on` is the day of receipt, of an
    own initiative the day it began.
    """

    id: str
    key: str
    direction: Direction
    procedure: str | None = None
    city_id: str
    received_on: date
    channel: Channel | None = None
    contact_id: str | None = None
    summary: str | None = None
    closed_on: date | None = None
    closed_as: ClosedAs | None = None

    @property
    def is_closed(self) -> bool:
        """Whether it was declined, withdrawn or accepted."""
        return self.closed_on is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDraft:
    """A step closed, as entered."""

    inquiry_id: str
    step: str
    done_on: date
    by: str | None = None
    proof_kind: ProofKind | None = None
    proof_text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of an inquiry's procedure, closed by its proof on a day by a person."""

    id: str
    inquiry_id: str
    step: str
    done_on: date
    by: str | None = None
    proof_kind: ProofKind | None = None
    proof_text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDraft:
    """A letter as entered."""

    key: str | None = None
    inquiry_id: str | None = None
    direction: LetterDirection
    on: date
    channel: Channel
    contact_id: str | None = None
    subject: str | None = None
    text: str | None = None
    follow_up_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message in or out, by letter, e-mail, phone or in person."""

    id: str
    key: str
    inquiry_id: str | None = None
    direction: LetterDirection
    on: date
    channel: Channel
    contact_id: str | None = None
    subject: str | None = None
    text: str | None = None
    follow_up_on: date | None = None


# ---- Names ----------------------------------------------------------------------------------------


def place_name(city: City | CityDraft, countries: Mapping[str, str]) -> str:
    """A city with its country, as the subject of a finding: Okayama, Japan. `countries` are names by code."""
    return f"{city.name}, {countries.get(city.country, city.country)}"


def title_name(city: City | CityDraft, countries: Mapping[str, str]) -> str:
    """A city with its own spelling and country, as the title of an item: Tainan (臺南), Taiwan."""
    own = f" ({city.native_name})" if city.native_name else ""
    return f"{city.name}{own}, {countries.get(city.country, city.country)}"


# ---- Procedures and steps -------------------------------------------------------------------------


def procedure_of(inquiry: Inquiry | InquiryDraft, procedures: Sequence[Procedure]) -> Procedure | None:
    """The procedure an inquiry follows: the one it names, else the one of its direction's name, else the
    rule pack's first; None where the pack has none.
    """
    by_slug = {procedure.slug: procedure for procedure in procedures}
    found = by_slug.get(inquiry.procedure or "") or by_slug.get(inquiry.direction.value)
    return found or (procedures[0] if procedures else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One line of a procedure as an inquiry stands: `proof` is the kind that usually closes it, `step` what
    did; `number` counts from 1.
    """

    number: int
    slug: str
    title: str
    state: StepState
    proof: ProofKind | None = None
    step: Step | None = None


def step_lines(procedure: Procedure | None, steps: Iterable[Step]) -> tuple[StepLine, ...]:
    """The procedure's lines with their states for the steps of one inquiry: the first one not done is
    `now` (order is advised, not forced). Done steps that the procedure does not have (any more) follow.
    """
    done = {step.step: step for step in sorted(steps, key=lambda step: (step.done_on, step.id), reverse=True)}
    known = procedure.steps if procedure else ()
    now = next((step.slug for step in known if step.slug not in done), None)
    lines = []
    for number, line in enumerate(known, 1):
        step = done.pop(line.slug, None)
        state = StepState.DONE if step else StepState.NOW if line.slug == now else StepState.OPEN
        proof = ProofKind(line.proof) if line.proof else None
        lines.append(
            StepLine(number=number, slug=line.slug, title=line.title, state=state, proof=proof, step=step)
        )
    strays = sorted(done.values(), key=lambda step: (step.done_on, step.step))
    for number, step in enumerate(strays, len(lines) + 1):
        title = step.step.replace("-", " ").capitalize()
        lines.append(StepLine(number=number, slug=step.step, title=title, state=StepState.DONE, step=step))
    return tuple(lines)


def current_step(lines: Iterable[StepLine]) -> StepLine | None:
    """The step that comes next, by which the board sorts inquiries; None when all are done."""
    return next((line for line in lines if line.state is StepState.NOW), None)


def is_answered(inquiry: Inquiry, steps: Iterable[Step], letters: Iterable[Letter]) -> bool:
    """Whether the step `answer` is done or a letter went out from the day of receipt on."""
    return any(step.inquiry_id == inquiry.id and step.step == ANSWER_STEP for step in steps) or any(
        letter.inquiry_id == inquiry.id
        and letter.direction is LetterDirection.OUT
        and letter.on >= inquiry.received_on
        for letter in letters
    )
