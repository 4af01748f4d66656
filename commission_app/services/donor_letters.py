"""Letters to donors: confirmations and reminders as they are written, and those that went out."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from sqlalchemy import Connection, select

from commission_app.domain.campaigns import Campaign
from commission_app.domain.cleaning import cleaned
from commission_app.domain.contacts import Contact
from commission_app.domain.donor_letters import (
    DonorLetter,
    DonorLetterDraft,
    DonorLetterKind,
    ReminderLine,
    Sending,
    Tone,
    next_tone,
    since_overdue,
    waits_until,
)
from commission_app.domain.letter_paper import LetterBundle, LetterPaper, ReplyDraft
from commission_app.domain.mailing import MailAddress, MailDraft, MailFile, usable_address
from commission_app.domain.pledge_accounts import PledgeAccount, account_of
from commission_app.domain.pledges import PledgeState
from commission_app.domain.text import fold
from commission_app.domain.validation import TEXT, TITLE, check_day, check_text, require
from commission_app.errors import NotFoundError
from commission_app.services.campaigns import campaign_names
from commission_app.services.commission import read_commission
from commission_app.services.contacts import names
from commission_app.services.context import Context
from commission_app.services.letter_sheets import (
    addressee,
    blank_sheet,
    dated,
    edited,
    money_signer,
    parties_of,
)
from commission_app.services.paper_parts import counted
from commission_app.services.pledge_letters import confirmation_words, reminder_words, thanks_words
from commission_app.services.pledges import PledgeView
from commission_app.storage.pledge_figures import figures_as_of
from commission_app.storage.pledge_reading import read_pledges
from commission_app.storage.rows import row, rows
from commission_app.storage.tables import campaigns, contacts, donor_letters


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenLetter:
    """A letter about a pledge before it goes out: how it is recorded, to whom it goes, its paper."""

    draft: DonorLetterDraft
    donor: Contact
    paper: LetterPaper
    signer: str

    @property
    def has_address(self) -> bool:
        """Whether it can be put into an envelope as it is."""
        return bool((self.donor.address or "").strip())

    @property
    def reply(self) -> ReplyDraft:
        """What a form may change of it."""
        return ReplyDraft(
            to="\n".join(self.paper.to_lines),
            on=self.draft.on,
            subject=self.paper.subject,
            text=self.paper.text,
            signer=self.signer,
        )

    def edited(self, reply: ReplyDraft) -> "WrittenLetter":
        """The letter with what a form changed of it."""
        draft = replace(self.draft, on=reply.on, subject=reply.subject, text=reply.text)
        return replace(self, draft=draft, paper=edited(self.paper, reply), signer=reply.signer)

    def mail(self, pdf: bytes) -> MailDraft | None:
        """An e-mail to the donor with the letter attached; None without a usable address."""
        address = usable_address(self.donor.email)
        if address is None:
            return None
        name = f"{self.draft.kind.value}-{self.draft.on.isoformat()}.pdf"
        text = "\n\n".join((self.paper.text, "\n".join(self.paper.signer_lines)))
        to = (MailAddress(self.donor.name, address),)
        return MailDraft(to=to, subject=self.paper.subject, text=text, files=(MailFile(name, pdf),))


def bundle_of(letters: Sequence[WrittenLetter], title: str) -> LetterBundle:
    """Letters to print in one go."""
    return LetterBundle(
        title=title, letters=tuple(one.paper for one in letters), page_size=letters[0].paper.page_size
    )


@dataclass(frozen=True, slots=True)
class DonorLetterService:
    """What is written to donors about their pledges."""

    context: Context

    # ---- Reading ----

    def reminders(self, as_of: date | None = None) -> list[ReminderLine]:
        """Every pledge with an overdue part by its donor's name, with the reminder that comes next. What
        waits for a condition is not overdue.
        """
        with self.context.database.one_view(), self.context.database.reading() as connection:
            day = as_of or self.context.present(connection).today
            figures = figures_as_of(connection, day).c
            query = select(figures.pledge_id).where(figures.state == PledgeState.OVERDUE)
            found = read_pledges(connection, connection.execute(query).scalars().all())
            accounts = [account for one in found.values() if (account := account_of(one, day)) is not None]
            donors = names(connection, (account.pledge.donor_id for account in accounts))
            purposes = campaign_names(connection)
            sent: dict[str, list[DonorLetter]] = {}
            for letter in rows(connection, DonorLetter, donor_letters, donor_letters.c.on <= day):
                sent.setdefault(letter.pledge_id or "", []).append(letter)
            lines = [
                _line(
                    account,
                    donors[account.pledge.donor_id],
                    purposes[account.pledge.campaign_id].name,
                    sent.get(account.pledge.id, []),
                )
                for account in accounts
                if account.overdue_cents
            ]
        return sorted(lines, key=lambda line: (fold(line.donor.name), line.since, line.pledge_id))

    def of_pledge(self, pledge_id: str) -> list[DonorLetter]:
        """The letters about a pledge, the latest first."""
        return self._letters(donor_letters.c.pledge_id == pledge_id)

    def of_donor(self, contact_id: str) -> list[DonorLetter]:
        """The letters to a donor, the latest first."""
        return self._letters(donor_letters.c.contact_id == contact_id)

    def _letters(self, which: object) -> list[DonorLetter]:
        with self.context.database.reading() as connection:
            order = donor_letters.c.on.desc(), donor_letters.c.id.desc()
            return rows(connection, DonorLetter, donor_letters, which, order=order)

    # ---- Writing ----

    def draft(
        self, pledge_id: str, kind: DonorLetterKind, tone: Tone | None = None, on: date | None = None
    ) -> WrittenLetter:
        """A letter about a pledge as it stands: a reminder without a tone takes the one that comes next, a
        confirmation of what came in kind is thanks. Raises NotFoundError.
        """
        with self.context.database.one_view(), self.context.database.reading() as connection:
            return self._written(connection, pledge_id, kind, tone, on)

    def drafts(self, chosen: Sequence[tuple[str, Tone]], on: date | None = None) -> list[WrittenLetter]:
        """Reminders of several pledges, in this order; raises NotFoundError."""
        with self.context.database.one_view(), self.context.database.reading() as connection:
            return [
                self._written(connection, pledge_id, DonorLetterKind.REMINDER, tone, on)
                for pledge_id, tone in chosen
            ]

    def _written(
        self,
        connection: Connection,
        pledge_id: str,
        kind: DonorLetterKind,
        tone: Tone | None,
        on: date | None,
    ) -> WrittenLetter:
        day = on or self.context.present(connection).today
        view = _view(connection, pledge_id, day)
        pledge = view.rows.pledge
        parties = parties_of(self.context, connection, pledge.campaign_id)
        if kind is DonorLetterKind.CONFIRMATION and view.account.delivered:
            kind = DonorLetterKind.THANKS
        amount = None if kind is DonorLetterKind.THANKS else view.account.pledged_cents
        if kind is DonorLetterKind.REMINDER:
            own = rows(connection, DonorLetter, donor_letters, donor_letters.c.pledge_id == pledge_id)
            tone = tone or next_tone(since_overdue(own, view.account.next_due_on or day))
            words = reminder_words(connection, view, tone, parties, own)
            amount = view.account.overdue_cents
        elif kind is DonorLetterKind.THANKS:
            words, tone = thanks_words(view), None
        else:
            words, tone = confirmation_words(connection, view, parties), None
        sheet = replace(
            dated(blank_sheet(self.context, connection, day), day),
            to_lines=addressee(view.donor),
            subject=words.subject,
            text=words.text,
            blocks=words.blocks,
            ending=words.ending,
        )
        return WrittenLetter(
            draft=DonorLetterDraft(
                contact_id=view.donor.id,
                pledge_id=pledge_id,
                kind=kind,
                tone=tone,
                on=day,
                subject=words.subject,
                text=words.text,
                amount_cents=amount or None,
            ),
            donor=view.donor,
            paper=sheet,
            signer=money_signer(self.context, connection, read_commission(connection)),
        )

    def record(self, drafts: Sequence[DonorLetterDraft], sending: Sending | None = None) -> list[str]:
        """Record letters as sent, all in one step, and return their ids; raises ValidationError."""
        with self.context.database.writing("recorded letters to donors") as writer:
            ids = []
            for one in drafts:
                draft = cleaned(replace(one, sending=sending or one.sending))[0]
                require(
                    [
                        *check_day("on", draft.on, "The day"),
                        *check_text("subject", draft.subject, "The subject", TITLE),
                        *check_text("text", draft.text, "The text", TEXT),
                    ]
                )
                ids.append(writer.insert(donor_letters, **asdict(draft)))
            writer.what = _what(writer.connection, drafts)
            return ids


def _what(connection: Connection, drafts: Sequence[DonorLetterDraft]) -> str:
    if len(drafts) != 1:
        return f"recorded {counted(len(drafts), 'letter', 'letters')} to donors"
    draft = drafts[0]
    donor = row(connection, Contact, contacts, draft.contact_id).name
    return f"recorded a {' '.join(filter(None, (draft.tone, draft.kind)))} to {donor}"


def _line(
    account: PledgeAccount, donor: Contact, campaign: str, letters: Sequence[DonorLetter]
) -> ReminderLine:
    since = account.next_due_on or account.as_of
    sent = since_overdue(letters, since)
    return ReminderLine(
        pledge_id=account.pledge.id,
        donor=donor,
        campaign=campaign,
        pledged_cents=account.pledged_cents,
        paid_cents=account.paid_cents,
        overdue_cents=account.overdue_cents,
        since=since,
        sent=sent,
        tone=next_tone(sent),
        waits_until=waits_until(sent, account.as_of),
    )


def _view(connection: Connection, pledge_id: str, day: date) -> PledgeView:
    found = read_pledges(connection, (pledge_id,))
    if not found:
        raise NotFoundError("This record is no longer in the file.")
    account = account_of(found[pledge_id], day)
    if account is None:
        raise NotFoundError("This pledge was made on a later day.")
    pledge = found[pledge_id].pledge
    return PledgeView(
        account=account,
        rows=found[pledge_id],
        donor=row(connection, Contact, contacts, pledge.donor_id),
        campaign=row(connection, Campaign, campaigns, pledge.campaign_id),
    )
