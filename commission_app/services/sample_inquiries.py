"""The sample's inquiries: real cities abroad, invented people, one in each state of the clock.

Days are given from the sample's past meetings, so that each clock stands as it should on any day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from email.message import EmailMessage

from commission_app.domain.contacts import ContactDraft
from commission_app.domain.inquiries import (
    Channel,
    CityDraft,
    ClosedAs,
    Direction,
    InquiryDraft,
    LetterDirection,
    LetterDraft,
    ProofKind,
)
from commission_app.domain.intake import IntakeDraft, KeptFile
from commission_app.services.cities import facts_of
from commission_app.services.session import Session

TAINAN, EKATERINBURG, HUE = "Tainan", "Ekaterinburg", "Huế"
SAN_LUIS, BRAGA, PECS, CAPE_COAST = "San Luis Potosí", "Braga", "Pécs", "Cape Coast"
_SECRETARY, _VICE_CHAIR = "Ana Ruiz", "Nguyễn Thị Minh Khai"
_IN, _OUT = LetterDirection.IN, LetterDirection.OUT


@dataclass(frozen=True, slots=True)
class _Letter:
    days: int
    direction: LetterDirection
    channel: Channel
    subject: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Step:
    slug: str
    days: int
    by: str
    kind: ProofKind
    proof: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """An inquiry: `days` of letters and steps count from its receipt."""

    city: CityDraft
    contact: ContactDraft | str | None = None
    direction: Direction = Direction.INCOMING
    channel: Channel | None = None
    summary: str
    letters: tuple[_Letter, ...] = ()
    steps: tuple[_Step, ...] = ()
    declined_after: int | None = None


def _person(name: str, email: str, phone: str | None = None) -> ContactDraft:
    return ContactDraft(name=name, email=email, phone=phone)


def _cases() -> dict[str, _Case]:
    """The inquiries by city, with the atlas's facts where it has the city by its name."""
    return {
        EKATERINBURG: _Case(
            city=CityDraft(
                name=EKATERINBURG,
                native_name="Екатеринбург",
                country="RU",
                region="Sverdlovsk Oblast",
                population=1_495_000,
                zone="Asia/Yekaterinburg",
                latitude=56.8573,
                longitude=60.6153,
            ),
            contact=_person("Ольга Николаевна Соколова", "sokolova@ekaterinburg.example.org"),
            channel=Channel.LETTER,
            summary="Asks about an exchange of music schools and engineering students.",
            letters=(
                _Letter(0, _IN, Channel.LETTER, "Exchange of music schools"),
                _Letter(22, _OUT, Channel.LETTER, "First answer"),
            ),
            steps=(_Step("answer", 22, _SECRETARY, ProofKind.LETTER, "Letter of {day}"),),
        ),
        HUE: _Case(
            city=facts_of(CityDraft(name=HUE, country="VN")),
            contact=_person("Trần Quốc Bảo", "doingoai@hue.example.org"),
            channel=Channel.EMAIL,
            summary="Proposes a partnership of gardens, cuisine and the restoration of old buildings.",
            letters=(
                _Letter(0, _IN, Channel.EMAIL, "Greetings from the city of gardens"),
                _Letter(8, _OUT, Channel.EMAIL, "First answer"),
                _Letter(150, _IN, Channel.EMAIL, "Is there news?"),
            ),
            steps=(_Step("answer", 8, _SECRETARY, ProofKind.LETTER, "E-mail of {day}"),),
        ),
        TAINAN: _Case(
            city=replace(facts_of(CityDraft(name=TAINAN, country="TW")), region=None),
            contact="Lin Chia-hui 林家慧",
            channel=Channel.EMAIL,
            summary="The Office of International Relations proposes a sister city relationship: schools, "
            "orchids, and the semiconductor industry of both places.",
            steps=(_Step("answer", 2, _SECRETARY, ProofKind.LETTER, "E-mail of {day}"),),
            letters=(
                _Letter(2, _OUT, Channel.EMAIL, "First answer", "Thank you for your message of {received}."),
                _Letter(21, _OUT, Channel.LETTER, "Formal letter from the Mayor"),
            ),
        ),
        SAN_LUIS: _Case(
            city=facts_of(CityDraft(name=SAN_LUIS, country="MX")),
            contact=_person("Javier Zavala Ortiz", "relaciones@slp.example.org", "+52 444 555 0180"),
            channel=Channel.EMAIL,
            summary="The mayor’s office would like to know how a sister city is chosen.",
            letters=(_Letter(0, _IN, Channel.EMAIL, "Ciudades hermanas"),),
        ),
        BRAGA: _Case(
            city=facts_of(CityDraft(name=BRAGA, country="PT")),
            contact=_person("Marta Figueiredo", "internacional@braga.example.org"),
            channel=Channel.LETTER,
            summary="A university city proposes student internships and a youth orchestra’s visit.",
            letters=(
                _Letter(0, _IN, Channel.LETTER, "A proposal from Braga"),
                _Letter(6, _OUT, Channel.LETTER, "First answer"),
                _Letter(30, _IN, Channel.LETTER, "Request for a Sister City form"),
                _Letter(97, _IN, Channel.EMAIL, "Names of the committee"),
            ),
            steps=(
                _Step("answer", 6, _SECRETARY, ProofKind.LETTER, "Letter of {day}"),
                _Step("request", 56, _SECRETARY, ProofKind.FORM, "Form of {day}, discussed"),
                _Step("contact", 60, "Daniel Lee", ProofKind.LETTER, "Call of {day}"),
            ),
        ),
        PECS: _Case(
            city=facts_of(CityDraft(name=PECS, country="HU")),
            contact=_person("Zsófia Kerekes", "nemzetkozi@pecs.example.org"),
            channel=Channel.EMAIL,
            summary="Asks for a partner in a European programme that ends this year.",
            letters=(
                _Letter(0, _IN, Channel.EMAIL, "Partner for a programme"),
                _Letter(20, _OUT, Channel.EMAIL, "Our answer", "The programme is open to Europe only."),
            ),
            steps=(_Step("answer", 20, _SECRETARY, ProofKind.LETTER, "E-mail of {day}"),),
            declined_after=20,
        ),
        CAPE_COAST: _Case(
            city=facts_of(CityDraft(name=CAPE_COAST, country="GH")),
            direction=Direction.OWN_INITIATIVE,
            summary="Families of the city come from there; the library holds letters of teachers.",
            steps=(_Step("research", 30, "Grace Okonkwo-Bauer", ProofKind.AGENDA_ITEM, "Report of {day}"),),
        ),
    }


def enter(session: Session, people: Mapping[str, str], past: Sequence[date], today: date) -> dict[str, str]:
    """Enter the inquiries; their ids by city. `past` are the days of the last six regular meetings, the
    latest first: held, without a quorum, cancelled, held, held, held.
    """
    received = {
        EKATERINBURG: max(past[4] - timedelta(days=16), past[5]),
        HUE: max(past[3] - timedelta(days=24), past[4]),
        TAINAN: past[1] - timedelta(days=16),
        SAN_LUIS: min(past[0] + timedelta(days=7), today),
        BRAGA: max(past[4] - timedelta(days=28), past[5]),
        PECS: past[3] + timedelta(days=5),
        CAPE_COAST: today - timedelta(days=60),
    }
    found = {name: _enter(session, people, case, received[name], today) for name, case in _cases().items()}
    _correspond_with_tainan(session, found[TAINAN], people, past[0], today)
    return found


def _enter(session: Session, people: Mapping[str, str], case: _Case, received: date, today: date) -> str:
    known = people[case.contact] if isinstance(case.contact, str) else None
    draft = InquiryDraft(
        direction=case.direction,
        city_id="",
        received_on=received,
        channel=case.channel,
        contact_id=known,
        summary=case.summary,
    )
    newcomer = case.contact if isinstance(case.contact, ContactDraft) else None
    message = _first_message(received) if case.city.name == TAINAN else None
    inquiry_id = session.inquiries.record(draft, city=case.city, newcomer=newcomer, message=message)
    contact_id = session.inquiries.get(inquiry_id).inquiry.contact_id
    for letter in case.letters:
        words = {"received": f"{received:%B} {received.day}"}
        session.inquiries.add_letter(
            LetterDraft(
                inquiry_id=inquiry_id,
                direction=letter.direction,
                on=min(received + timedelta(days=letter.days), today),
                channel=letter.channel,
                contact_id=contact_id,
                subject=letter.subject,
                text=letter.text.format(**words) or None,
            )
        )
    for step in case.steps:
        day = min(received + timedelta(days=step.days), today)
        session.inquiries.close_step(
            inquiry_id,
            step.slug,
            done_on=day,
            by=step.by,
            proof_kind=step.kind,
            proof_text=step.proof.format(day=f"{day:%B} {day.day}"),
        )
    if case.declined_after is not None:
        closed_on = received + timedelta(days=case.declined_after)
        session.inquiries.close(inquiry_id, ClosedAs.DECLINED, closed_on)
    return inquiry_id


def _first_message(on: date) -> IntakeDraft:
    """The e-mail by which Tainan approached the commission."""
    subject = "A first approach, 來自臺南的問候"
    body = (
        "Dear Commissioners,\n\nwarm greetings from Tainan. Our schools and our orchid growers would like to "
        "know your city better. Could our two cities become sister cities?\n\nLin Chia-hui 林家慧\n"
        "Office of International Relations"
    )
    message = EmailMessage()
    message["From"] = "Lin Chia-hui <lin@tainan.example.org>"
    message["To"] = "sistercities@alderglen.example.org"
    message["Subject"] = subject
    message["Date"] = f"{on:%a, %d %b %Y} 09:12:00 +0800"
    message.set_content(body, cte="base64")
    original = KeptFile(name="A first approach.eml", type="message/rfc822", data=message.as_bytes())
    return IntakeDraft(
        name="Lin Chia-hui",
        address="lin@tainan.example.org",
        sent_on=on,
        subject=subject,
        body=body,
        original=original,
    )


def _correspond_with_tainan(
    session: Session, inquiry_id: str, people: Mapping[str, str], last: date, today: date
) -> None:
    """What came after the last meeting: the form, a call, and a letter that waits for its answer."""
    contact_id = session.inquiries.get(inquiry_id).inquiry.contact_id
    form_on = min(last + timedelta(days=13), today)
    call_on = min(last + timedelta(days=27), today)
    asked_on = max(call_on, today - timedelta(days=9))
    for draft in (
        LetterDraft(direction=_IN, on=form_on, channel=Channel.LETTER, subject="Request form, 6 attachments"),
        LetterDraft(
            direction=_OUT,
            on=asked_on,
            channel=Channel.EMAIL,
            subject="Dates for a second call",
            follow_up_on=asked_on + timedelta(days=14),
        ),
    ):
        session.inquiries.add_letter(replace(draft, inquiry_id=inquiry_id, contact_id=contact_id))
    session.inquiries.close_step(
        inquiry_id,
        "contact",
        done_on=call_on,
        by=_VICE_CHAIR,
        proof_kind=ProofKind.LETTER,
        proof_text=f"Call of {call_on:%B} {call_on.day}",
    )
