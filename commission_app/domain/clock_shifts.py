"""What becomes of the three-meeting clocks when a meeting does not take place."""

from dataclasses import dataclass

from commission_app.domain.inquiry_attention import InquiryAffairs
from commission_app.domain.inquiry_clock import Clock
from commission_app.domain.present import Present


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockShift:
    """An inquiry by its name, with its clock as it is and as it would be."""

    inquiry_id: str
    name: str
    before: Clock
    after: Clock


def shifts(before: InquiryAffairs, after: InquiryAffairs, present: Present) -> list[ClockShift]:
    """The inquiries whose running clock counts other meetings afterwards, in the order of their receipt."""
    old, new = before.clocks(present), after.clocks(present)
    found = []
    for inquiry in before.inquiries:
        clock = old.get(inquiry.id)
        if clock is None or not clock.is_running:
            continue
        later = new[inquiry.id]
        if [place.starts for place in clock.places] != [place.starts for place in later.places]:
            found.append(
                ClockShift(inquiry_id=inquiry.id, name=before.name_of(inquiry), before=clock, after=later)
            )
    return found
