"""The words of an agenda that every form of it says alike: PDF, Word and the page for the website."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from commission_app.domain.agendas import AgendaPaper, PaperItem, PaperPerson

CERTIFICATE = "Certificate of posting"


class Face(StrEnum):
    """How some words stand out."""

    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"


@dataclass(frozen=True, slots=True)
class Said:
    """Some words in one face."""

    text: str
    face: Face = Face.PLAIN


def lines_of(text: str) -> list[str]:
    """A longer text as typed, cut at its line breaks; empty lines are dropped."""
    return [line for part in text.splitlines() if (line := part.strip())]


def item_details(item: PaperItem) -> list[list[Said]]:
    """The small print of an item, paragraph by paragraph; attachments end the last one."""
    minutes = "" if item.minutes is None else f"{item.minutes} minute{'' if item.minutes == 1 else 's'}"
    who = ", ".join(part for part in (item.presenter, minutes) if part)
    found = [[Said(who)]] if who else []
    found += [[Said(text)] for text in lines_of(item.text)]
    asked = lines_of(item.recommended_action)
    if asked:
        found.append([Said("Recommendation: ", Face.BOLD), Said(asked[0])])
        found += [[Said(text)] for text in asked[1:]]
    if item.attachments:
        note = Said(attachments_note(item.attachments), Face.ITALIC)
        if found:
            last = found[-1][-1]
            stop = "" if last.text.endswith((".", "!", "?", ":", ";", "。")) else "."
            found[-1] += [Said(f"{stop} "), note]
        else:
            found.append([note])
    return found


def attachments_note(numbers: Sequence[int]) -> str:
    """Which attachments belong to an item: Attachments 1, 2 and 4."""
    if len(numbers) == 1:
        return f"Attachment {numbers[0]}"
    return f"Attachments {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def people_groups(paper: AgendaPaper) -> list[tuple[str, Sequence[PaperPerson]]]:
    """The groups of the member block that have anybody, each under its name."""
    groups: list[tuple[str, Sequence[PaperPerson]]] = [
        ("Commissioners", paper.commissioners),
        ("Alternates", paper.alternates),
        ("Liaisons", paper.liaisons),
        ("Staff", paper.staff),
    ]
    return [group for group in groups if group[1]]


def signature_labels(signer: str) -> tuple[str, str, str]:
    """What stands at the lines of the certificate."""
    return (f"Signature: {signer}" if signer else "Signature", "Date and time of posting", "Copies posted")
