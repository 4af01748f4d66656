"""The commission's own words on papers to donors."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from commission_app.domain.donor_letters import Wordable
from commission_app.domain.validation import require
from commission_app.domain.wording import (
    ALWAYS_ADDED,
    OURS,
    PLACEHOLDERS,
    Added,
    Placeholder,
    Wording,
    check_wording,
    cleaned_wording,
    fill,
)
from commission_app.services.context import Context
from commission_app.storage.tables import wordings

if TYPE_CHECKING:
    from commission_app.domain.letter_paper import LetterPaper


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingView:
    """The words of a paper as they stand; `is_ours` while they are those that the program comes with."""

    paper: Wordable
    wording: Wording
    is_ours: bool
    placeholders: tuple[Placeholder, ...]
    added: tuple[Added, ...]


@dataclass(frozen=True, slots=True)
class WordingService:
    """Subject and text of each paper to donors."""

    context: Context

    def all(self) -> list[WordingView]:
        """The words of every paper."""
        with self.context.database.reading() as connection:
            chosen = _chosen(connection)
        return [
            WordingView(
                paper=paper,
                wording=chosen.get(paper, OURS[paper]),
                is_ours=paper not in chosen,
                placeholders=PLACEHOLDERS[paper],
                added=ALWAYS_ADDED[paper],
            )
            for paper in Wordable
        ]

    def placeholders(self, paper: Wordable) -> tuple[Placeholder, ...]:
        """What the program can fill in on a paper."""
        return PLACEHOLDERS[paper]

    def preview(self, paper: Wordable, subject: str, text: str) -> "LetterPaper":
        """The paper in these words as it would look, with examples for what it will say; what is wrong in
        them is shown as it was typed.
        """
        from commission_app.services.wording_preview import preview

        with self.context.database.reading() as connection:
            return preview(self.context, connection, paper, cleaned_wording(subject, text))

    def save(self, paper: Wordable, subject: str, text: str) -> None:
        """Choose the words of a paper; raises ValidationError. Our own words are kept as no choice."""
        wording = cleaned_wording(subject, text)
        require(check_wording(paper, wording))
        if wording == OURS[paper]:
            self.reset(paper)
            return
        with self.context.database.writing(f"changed the wording of the paper {_name(paper)}") as writer:
            row_id = _row_id(writer.connection, paper)
            if row_id is None:
                writer.insert(wordings, paper=paper, subject=wording.subject, text=wording.text)
            else:
                writer.update(wordings, row_id, subject=wording.subject, text=wording.text)

    def reset(self, paper: Wordable) -> None:
        """Go back to the words that the program comes with."""
        with self.context.database.writing(f"reset the wording of the paper {_name(paper)}") as writer:
            if (row_id := _row_id(writer.connection, paper)) is not None:
                writer.remove(wordings, row_id)


def worded(connection: Connection, paper: Wordable, values: Mapping[str, str]) -> tuple[str, str]:
    """Subject and text of a paper, filled in, within a transaction. `values` has a text for each placeholder
    of the paper (`domain.wording.PLACEHOLDERS`); the sentences of `ALWAYS_ADDED` are the caller's.
    """
    wording = _chosen(connection).get(paper, OURS[paper])
    return fill(wording.subject, values), fill(wording.text, values)


def _chosen(connection: Connection) -> dict[Wordable, Wording]:
    query = select(wordings.c.paper, wordings.c.subject, wordings.c.text)
    return {
        paper: Wording(subject=subject or OURS[paper].subject, text=text)
        for paper, subject, text in connection.execute(query)
    }


def _row_id(connection: Connection, paper: Wordable) -> str | None:
    return connection.execute(select(wordings.c.id).where(wordings.c.paper == paper)).scalar()


def _name(paper: Wordable) -> str:
    return paper.value.replace("-", " ")
