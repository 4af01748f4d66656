"""Any paper to its bytes, whatever it is made of."""

from dataclasses import dataclass, field

from commission_app.domain.agendas import AgendaPaper
from commission_app.domain.labels import LabelPaper
from commission_app.domain.letter_paper import LetterBundle, LetterPaper
from commission_app.domain.minutes_paper import MinutesPaper
from commission_app.domain.packet_paper import PacketPaper
from commission_app.domain.report_paper import FrozenPaper, ReportPaper
from commission_app.domain.script_paper import ScriptPaper
from commission_app.domain.tally_paper import TallyPaper

Content = (
    AgendaPaper
    | LabelPaper
    | LetterBundle
    | LetterPaper
    | MinutesPaper
    | PacketPaper
    | ReportPaper
    | ScriptPaper
    | TallyPaper
    | FrozenPaper
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished PDF, and the characters that no font had."""

    data: bytes = field(repr=False)
    missing: tuple[str, ...] = ()


def draw(paper: Content) -> Printed:
    """Print a paper; one that left the house gives the bytes that it had then. Raises `LogoError`."""
    if isinstance(paper, FrozenPaper):
        return Printed(paper.data)
    from commission_app.documents import agenda, labels, letter, minutes, report, script, tally

    if isinstance(paper, AgendaPaper):
        pdf = agenda.draw(paper)
    elif isinstance(paper, LetterPaper):
        pdf = letter.draw(paper)
    elif isinstance(paper, LabelPaper):
        pdf = labels.draw(paper)
    elif isinstance(paper, LetterBundle):
        pdf = letter.draw_bundle(paper)
    elif isinstance(paper, MinutesPaper):
        pdf = minutes.draw(paper)
    elif isinstance(paper, PacketPaper):
        from commission_app.documents import packet

        pdf = packet.draw(paper)
    elif isinstance(paper, ScriptPaper):
        pdf = script.draw(paper)
    elif isinstance(paper, TallyPaper):
        pdf = tally.draw(paper)
    else:
        pdf = report.draw(paper)
    return Printed(pdf.data, tuple(pdf.missing))
