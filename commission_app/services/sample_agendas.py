"""The agendas of the sample's meetings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from commission_app.domain.agendas import AgendaItemDraft, ItemKind, Outcome
from commission_app.services.sample_inquiries import BRAGA, EKATERINBURG, HUE, TAINAN
from commission_app.services.session import Session

_SECRETARY: Final = "Ana Ruiz"


@dataclass(frozen=True, slots=True)
class Line:
    """An item; its words in braces are filled in when it is entered."""

    section: str
    title: str
    kind: ItemKind = ItemKind.INFORMATION
    presenter: str | None = None
    minutes: int | None = None
    recommended: str | None = None
    outcome: Outcome | None = None
    inquiry: str | None = None


NEXT_AGENDA: Final = (
    Line("announcements", "Letters received since {last}"),
    Line(
        "approve-minutes",
        "Minutes of the regular meeting of {last_long}",
        ItemKind.ACTION,
        recommended="Approve the minutes.",
    ),
    Line("reports", "Chair"),
    Line("reports", "City Council liaison"),
    Line("reports", "School Board liaison"),
    Line("reports", "Treasurer: pledges and payments to {month} 15", minutes=10),
    Line(
        "unfinished-business",
        "Inquiry from Tainan (臺南), Taiwan: discussion and next steps",
        ItemKind.ACTION,
        "Nguyễn Thị Minh Khai",
        15,
        "Direct the secretary to invite a representative of Tainan to the {following} meeting.",
        inquiry=TAINAN,
    ),
    Line(
        "new-business",
        "Delegation to Tsukuba (つくば), Japan, {following} {following_year}: itinerary and costs",
        ItemKind.DISCUSSION,
        "Dr. Alexandria Montgomery-Featherstonehaugh",
        10,
    ),
    Line(
        "new-business",
        "Renewal of the economic partnership with Oulu, Finland",
        ItemKind.ACTION,
        "Priya Raman",
        10,
        "Recommend to the City Council that the partnership be renewed for eighteen months.",
    ),
)

#: What the next agenda lists too where it is posted already: nobody forgot.
LISTED_IN_TIME: Final = (
    Line(
        "unfinished-business",
        "Inquiry from Ekaterinburg (Екатеринбург), Russia: next steps",
        ItemKind.ACTION,
        _SECRETARY,
        10,
        "Discuss the inquiry and decide whether to accept it.",
        inquiry=EKATERINBURG,
    ),
    Line(
        "new-business",
        "Inquiry from Huế, Vietnam: discussion and next steps",
        ItemKind.ACTION,
        "Grace Okonkwo-Bauer",
        15,
        "Send the Request for a Sister City form and name a commissioner as first contact.",
        inquiry=HUE,
    ),
)

_LAST_AGENDA: Final = (
    Line("approve-minutes", "Minutes of the regular meeting of {day_3}", ItemKind.ACTION),
    Line("approve-minutes", "Minutes of the regular meeting of {day_1}", ItemKind.ACTION),
    Line("reports", "Chair", outcome=Outcome.DISCUSSED),
    Line("reports", "Treasurer", outcome=Outcome.DISCUSSED),
    Line(
        "new-business",
        "Friendship garden at the library: site and upkeep",
        ItemKind.ACTION,
        "Grace Okonkwo-Bauer",
        20,
        "Recommend a site to the Parks Department.",
        Outcome.CONTINUED,
    ),
    Line(
        "new-business",
        "Student exchange 2027: host families",
        ItemKind.DISCUSSION,
        "James O’Dell",
        15,
        outcome=Outcome.REFERRED,
    ),
)

_EARLIER_AGENDA: Final = (
    Line("approve-minutes", "Minutes of the regular meeting of {day_4}", ItemKind.ACTION),
    Line(
        "unfinished-business",
        "Inquiry from Braga, Portugal: discussion",
        ItemKind.DISCUSSION,
        "Daniel Lee",
        15,
        outcome=Outcome.DISCUSSED,
        inquiry=BRAGA,
    ),
)

_FIRST_AGENDAS: Final = (
    (
        Line("approve-minutes", "Minutes of the regular meeting of {day_5}", ItemKind.ACTION),
        Line("reports", "Chair", outcome=Outcome.DISCUSSED),
    ),
    (
        Line(
            "new-business",
            "Bulbs for the friendship garden: a gift of the Friendship Society",
            ItemKind.ACTION,
            "Grace Okonkwo-Bauer",
            10,
            "Accept the gift with thanks.",
        ),
    ),
)

#: The agendas of past meetings by their place, the latest first; `day_3` is the day of the last but three.
PAST_AGENDAS: Final = {0: _LAST_AGENDA, 3: _EARLIER_AGENDA, 4: _FIRST_AGENDAS[0], 5: _FIRST_AGENDAS[1]}


def enter_items(
    session: Session,
    meeting_id: str,
    lines: Sequence[Line],
    words: Mapping[str, str],
    about: Mapping[str, str],
) -> None:
    """Put lines on a meeting's agenda; `about` are the inquiries by city."""
    for line in lines:
        session.agendas.add(
            AgendaItemDraft(
                meeting_id=meeting_id,
                section=line.section,
                title=line.title.format(**words),
                kind=line.kind,
                presenter=line.presenter,
                minutes=line.minutes,
                recommended_action=line.recommended.format(**words) if line.recommended else None,
                outcome=line.outcome,
                inquiry_id=about[line.inquiry] if line.inquiry else None,
            )
        )
