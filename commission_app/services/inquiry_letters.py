"""The reply to an inquiry: a polite text to edit, and the letter on the letterhead."""

from dataclasses import dataclass

from sqlalchemy import Connection

from commission_app.domain.commission import Commission
from commission_app.domain.dates import long_day, long_weekday
from commission_app.domain.inquiries import ClosedAs, Direction
from commission_app.domain.inquiry_clock import Clock
from commission_app.domain.letter_paper import LetterPaper, ReplyDraft
from commission_app.domain.places import state_name
from commission_app.errors import NotFoundError
from commission_app.services.agenda_paper import address_lines, body_name_of, signer_of
from commission_app.services.commission import logo_of, read_commission
from commission_app.services.context import Context
from commission_app.services.inquiry_views import InquiryView, read_inquiries
from commission_app.services.members import read_seats


@dataclass(frozen=True, slots=True)
class InquiryLetterService:
    """Letters out that the program drafts and prints."""

    context: Context

    def reply_draft(self, inquiry_id: str) -> ReplyDraft:
        """A polite reply as the inquiry stands, to be edited; raises NotFoundError."""
        with self.context.database.reading() as connection:
            found = read_inquiries(self.context, connection, inquiry_id)
            if not found:
                raise NotFoundError("This inquiry is no longer in the file.")
            view, body = found[0], read_commission(connection)
            return ReplyDraft(
                to=_addressee(view),
                on=self.context.present(connection).today,
                subject=_subject(view),
                text="\n\n".join(_paragraphs(view, body)),
                signer=self._signer(connection, body),
            )

    def paper(self, reply: ReplyDraft) -> LetterPaper:
        """A reply on the commission's letterhead, for `documents.letter` to draw."""
        with self.context.database.reading() as connection:
            body = read_commission(connection)
            logo = logo_of(connection)
            name, _, title = reply.signer.partition(",")
            return LetterPaper(
                body_name=body_name_of(body),
                full_name=body.name,
                city_line=", ".join(p for p in (f"City of {body.city}", state_name(body.state)) if p),
                address_lines=address_lines(body),
                logo=logo.data if logo else None,
                to_lines=tuple(line.strip() for line in reply.to.splitlines() if line.strip()),
                date_line=long_day(reply.on),
                subject=reply.subject,
                text=reply.text,
                signer_lines=tuple(part.strip() for part in (name, title, body.name) if part.strip()),
                footer=f"{body.name}, letter of {long_day(reply.on)}",
                page_size=self.context.rule_book(connection).text("paper.size", reply.on),
            )

    def _signer(self, connection: Connection, body: Commission) -> str:
        return signer_of(connection, read_seats(self.context, connection), body)


def _addressee(view: InquiryView) -> str:
    contact = view.contact
    lines = [contact.name, *(contact.address or "").splitlines()] if contact else []
    if not any(view.city.city.name in line for line in lines[1:]):
        lines += [] if contact else ["International relations"]
        lines += [f"City of {view.city.city.name}", view.city.country]
    return "\n".join(lines)


def _subject(view: InquiryView) -> str:
    on = long_day(view.inquiry.received_on)
    if view.inquiry.direction is Direction.INCOMING:
        return f"Your inquiry of {on}"
    return f"Friendship between our cities: {view.city.city.name}"


def _paragraphs(view: InquiryView, body: Commission) -> list[str]:
    home = ", ".join(part for part in (body.city, state_name(body.state)) if part)
    greeting = f"Dear {view.contact.name}," if view.contact else f"Dear friends in {view.city.city.name},"
    if view.inquiry.direction is not Direction.INCOMING:
        aim = (
            f"The {body.name} advises the City of {home} on its relationships with cities abroad. We would "
            f"like to get to know {view.city.city.name}, and ask whether you are interested in an exchange."
        )
        return [
            greeting,
            aim,
            "Could you name a person whom we may write to?",
            "We look forward to hearing from you.",
        ]
    received = long_day(view.inquiry.received_on)
    thanks = (
        f"Thank you for your {_MEDIA.get(view.inquiry.channel or '', 'message')} of {received} and for your "
        f"interest in a relationship with {home}."
    )
    ending = [] if view.inquiry.is_closed else ["We look forward to hearing from you."]
    return [greeting, thanks, *_news(view, body), *ending]


_MEDIA = {"letter": "letter", "email": "e-mail", "phone": "call", "in-person": "visit"}


def _news(view: InquiryView, body: Commission) -> list[str]:
    """What the commission has to say, as the inquiry stands."""
    closed = view.inquiry.closed_as
    if closed is ClosedAs.DECLINED:
        answer = (
            f"The {body.name} has considered it with care. We are sorry that we cannot take up a new "
            "relationship at present, and wish you a partner who suits you well."
        )
        return [answer]
    if closed is ClosedAs.WITHDRAWN:
        return ["We have noted that you do not pursue it further. You are welcome to write to us again."]
    clock = view.clock
    if clock and clock.discussion:
        said = (
            f"The {body.name} discussed your inquiry at its meeting of {long_weekday(clock.discussion.on)}."
        )
        return [said, *_request(view)]
    first = f"The {body.name} discusses an inquiry at one of its public meetings.{_when(clock)}"
    return [first, *_request(view)]


def _when(clock: Clock | None) -> str:
    place = clock.goes_to if clock else None
    if place is None:
        return ""
    verb = "stands on the agenda of" if place.is_listed else "can be taken up at"
    return f" Yours {verb} the meeting of {long_weekday(place.on)}."


def _request(view: InquiryView) -> list[str]:
    """The next things that a city is asked for, where they are open."""
    is_open = {line.slug for line in view.steps if line.step is None}
    asks = []
    if "request" in is_open:
        asks.append("To prepare, we ask you to complete our Request for a Sister City form.")
    if "contact" in is_open:
        asks.append("Please name a person in your city whom we may write to.")
    return [" ".join(asks)] if asks else []
