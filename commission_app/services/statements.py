"""Statements of gifts: who gave in a period, issuing them in one run, printing them as they left."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, or_, select, type_coerce

from commission_app.domain.contacts import Contact
from commission_app.domain.dates import long_day
from commission_app.domain.donor_letters import Wordable
from commission_app.domain.giving import Giving
from commission_app.domain.letter_paper import LetterBundle, LetterPaper
from commission_app.domain.receipts import Statement
from commission_app.domain.report_paper import Block
from commission_app.domain.statement_rows import GIVEN_BACK, TAKEN_BACK, given_back_in, given_back_of
from commission_app.domain.statements import (
    NOT_OVER,
    StatementLine,
    frozen,
    statement_blocks,
    thawed,
    total_of,
)
from commission_app.domain.text import fold
from commission_app.errors import ValidationError
from commission_app.services.commission import logo_of, read_commission
from commission_app.services.contacts import names
from commission_app.services.context import Context
from commission_app.services.letter_sheets import addressee, blank_sheet, receivers_of
from commission_app.services.money_words import currency_of
from commission_app.services.statement_reading import Period, read_giving
from commission_app.services.wordings import worded
from commission_app.storage.rows import once, row, rows
from commission_app.storage.tables import statements

#: Hears how many are done; raises to stop, and then nothing is kept.
Told = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class StatementService:
    """What donors gave from a day to a day, without voided payments and less refunds; what was given back
    in it of earlier gifts stands by itself.
    """

    context: Context

    # ---- Who gave ----

    def usual_period(self) -> tuple[date, date]:
        """The calendar year that ended last."""
        year = self.context.today().today.year - 1
        return date(year, 1, 1), date(year, 12, 31)

    def donors(self, from_on: date, to_on: date) -> list[StatementLine]:
        """Everybody who gave in a period, or was given something back, by name, with the statement of it that
        was issued last.
        """
        _require_period(from_on, to_on)
        with self.context.database.one_view(), self.context.database.reading() as connection:
            found = self._giving(connection, Period(from_on, to_on))
            people = names(connection, found)
            of = statements.c
            query: Any = select(of.contact_id, of.id, of.issued_on, of.amount_cents)
            query = query.where(of.from_on == from_on, of.to_on == to_on).order_by(of.issued_on, of.id)
            issued = {one.contact_id: one for one in connection.execute(query)}
            told = _told_back(connection, of.from_on == from_on, of.to_on == to_on)
            currency = currency_of(connection)
            lines = []
            for contact_id, giving in found.items():
                last = issued.get(contact_id)
                line = _line(people[contact_id], giving, last)
                is_other = last is not None and told.get(last.id, []) != given_back_of(giving, currency)
                lines.append(replace(line, has_other_refunds=is_other))
        return sorted(lines, key=lambda line: (fold(line.donor.name), line.donor.id))

    def _giving(self, connection: Connection, period: Period) -> dict[str, Giving]:
        receivers = {
            campaign: receiver.id if receiver else None
            for campaign, receiver in receivers_of(self.context, connection).items()
        }
        today = self.context.present(connection).today
        by_now = replace(period, to_on=min(period.to_on, today))
        return read_giving(connection, by_now, today, receivers)

    # ---- Issuing ----

    def papers(
        self, from_on: date, to_on: date, contact_ids: Collection[str] | None = None
    ) -> list[tuple[Contact, LetterPaper]]:
        """The statements of a period in order of name, of some contacts or of all: as issued last, a COPY;
        as it would be issued now, a DRAFT, where it was not yet.
        """
        _require_period(from_on, to_on)
        period = Period(from_on, to_on, contact_ids)
        with self.context.database.one_view(), self.context.database.reading() as connection:
            of = statements.c
            where = (of.from_on == from_on, of.to_on == to_on)
            issued = {
                one.contact_id: one
                for one in rows(connection, Statement, statements, *where, order=(of.issued_on, of.id))
            }
            return [
                (donor, self._copy(connection, issued[donor.id]))
                if donor.id in issued
                else (donor, replace(paper, mark="DRAFT"))
                for donor, paper, _ in self._papers(connection, period)
            ]

    def issue(
        self, contact_ids: Collection[str], from_on: date, to_on: date, told: Told | None = None
    ) -> list[str]:
        """Issue the statements of some contacts in order of name, all or none, and return their ids. `told`
        may raise to stop; nothing is kept then. Raises ValidationError where a period or a gift is missing.
        """
        _require_period(from_on, to_on)
        with self.context.database.writing("issued statements") as writer:
            today = self.context.present(writer.connection).today
            if from_on > today:
                raise ValidationError({"from_on": "This period has not begun: there is nothing to state."})
            period = Period(from_on, to_on, tuple(contact_ids))
            ids = []
            donor = None
            for donor, paper, giving in self._papers(writer.connection, period):
                ids.append(
                    writer.insert(
                        statements,
                        contact_id=donor.id,
                        from_on=from_on,
                        to_on=to_on,
                        issued_on=today,
                        amount_cents=giving.amount_cents,
                        content=frozen(paper),
                    )
                )
                if told is not None:
                    told(len(ids))
            if len(ids) < len(set(contact_ids)) or donor is None:
                raise ValidationError({"contact_ids": "Somebody chosen gave nothing in this period."})
            whose = f"the statement of {donor.name}" if len(ids) == 1 else f"{len(ids):,} statements"
            writer.what = f"issued {whose} from {long_day(from_on)} to {long_day(to_on)}"
            return ids

    def _papers(
        self, connection: Connection, period: Period
    ) -> Iterator[tuple[Contact, LetterPaper, Giving]]:
        """The papers of a period in order of name."""
        found = self._giving(connection, period)
        donors = sorted(names(connection, found).values(), key=lambda one: (fold(one.name), one.id))
        body = read_commission(connection)
        currency = body.currency or "USD"
        receivers = receivers_of(self.context, connection)
        by_id = {one.id if one else None: one for one in receivers.values()}
        today = self.context.present(connection).today
        blank = blank_sheet(self.context, connection, today)
        is_over = period.to_on <= today
        not_over = () if is_over else (Block(text=NOT_OVER.format(today=long_day(today))),)
        for donor in donors:
            giving = found[donor.id]
            earlier = (one.gift for one in giving.given_back_later)
            got = dict.fromkeys(gift.receiver for gift in (*giving.gifts, *giving.advised, *earlier))
            heads = (by_id.get(one) for one in got or (None,))
            values = {
                "name": donor.name,
                "from": long_day(period.from_on),
                "to": long_day(period.to_on),
                "total": total_of(giving, currency),
                "receiver": ", ".join(head.name if head is not None else body.name for head in heads),
                "commission": body.name,
            }
            subject, text = worded(connection, Wordable.STATEMENT, values)
            yield (
                donor,
                replace(
                    blank,
                    to_lines=addressee(donor),
                    subject=subject,
                    text=text,
                    blocks=(*statement_blocks(giving, by_id, body.name, currency), *not_over),
                    footer=f"{body.name}, statement of gifts, issued {blank.date_line}",
                ),
                giving,
            )

    # ---- What was issued ----

    def get(self, statement_id: str) -> Statement:
        """One statement; raises NotFoundError."""
        with self.context.database.reading() as connection:
            return row(connection, Statement, statements, statement_id)

    def of_donor(self, contact_id: str) -> list[Statement]:
        """The statements that went to a donor, the latest first."""
        with self.context.database.reading() as connection:
            order = statements.c.issued_on.desc(), statements.c.id.desc()
            return rows(connection, Statement, statements, statements.c.contact_id == contact_id, order=order)

    def paper(self, statement_id: str, *, is_original: bool = False) -> LetterPaper:
        """A statement as it was issued; it says COPY unless this is its first print. Raises NotFoundError."""
        return self.bundle([statement_id], is_original=is_original).letters[0]

    def bundle(self, statement_ids: Sequence[str], *, is_original: bool = False) -> LetterBundle:
        """Statements to print in one go, as they were issued; raises NotFoundError."""
        with self.context.database.one_view(), self.context.database.reading() as connection:
            letters = tuple(
                self._copy(connection, row(connection, Statement, statements, one), is_original=is_original)
                for one in statement_ids
            )
        return LetterBundle(title="Statements of gifts", letters=letters, page_size=letters[0].page_size)

    def _copy(
        self, connection: Connection, statement: Statement, *, is_original: bool = False
    ) -> LetterPaper:
        today = self.context.present(connection).today
        logo = once(connection, "logo of statements", lambda: logo_of(connection))
        mark = "" if is_original else f"COPY, {long_day(today)}"
        paper = thawed(statement.content, logo=logo.data if logo else None, mark=mark)
        size = self.context.rule_book(connection).text("paper.size", today)
        return replace(paper, page_size=size)


def _line(donor: Contact, giving: Giving, last: Any) -> StatementLine:
    """A donor with what was given and the row of the statement issued last, if there is one."""
    return StatementLine(
        donor=donor,
        amount_cents=giving.amount_cents,
        payments=len(giving.gifts),
        has_advised=bool(giving.advised),
        has_in_kind=bool(giving.in_kind),
        has_given_back_later=bool(giving.given_back_later),
        advised_cents=sum(gift.kept_cents for gift in giving.advised),
        issued_id=last.id if last is not None else None,
        issued_on=last.issued_on if last is not None else None,
        issued_cents=last.amount_cents if last is not None else None,
    )


def _told_back(connection: Connection, *which: ColumnElement[bool]) -> dict[str, list[tuple[str, ...]]]:
    """What some statements tell as given back or taken back; those that tell of nothing are left out."""
    of = statements.c
    query = select(of.id, of.content).where(*which)
    words = [type_coerce(of.content, Text).contains(one) for one in (GIVEN_BACK, TAKEN_BACK)]
    return {one.id: given_back_in(one.content) for one in connection.execute(query.where(or_(*words)))}


def _require_period(from_on: date, to_on: date) -> None:
    if from_on > to_on:
        raise ValidationError({"to_on": "This is before the first day."})
