"""The commission: name, letterhead, notices, staff, logo, and its rule book."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from commission_app.domain.commission import Accommodation, Commission, Letterhead, Notices, StaffMember
from commission_app.domain.contacts import ContactDraft
from commission_app.domain.rule_book import RuleBook, Setting
from commission_app.domain.setting_registry import spec
from commission_app.domain.validation import checked_commission, checked_contact, checked_setting
from commission_app.errors import ValidationError
from commission_app.services.contacts import insert_contact
from commission_app.services.context import Context
from commission_app.storage.rows import once, row, rows
from commission_app.storage.tables import attachment_bytes, attachments, commission, settings, staff
from commission_app.storage.writer import Writer


@dataclass(frozen=True, slots=True)
class Logo:
    """The picture on the letterhead: its bytes and media type."""

    data: bytes
    type: str


@dataclass(frozen=True, slots=True)
class CommissionService:
    """What stands on the letterhead and in the rule book."""

    context: Context

    def get(self) -> Commission:
        """The commission with its staff."""
        with self.context.database.reading() as connection:
            return read_commission(connection)

    def change(self, changed: Commission) -> None:
        """Change name, letterhead, notices, posting places, zone or currency; staff has its own calls."""
        changed = checked_commission(changed)
        with self.context.database.writing("changed the commission's particulars") as writer:
            row_id = writer.connection.execute(select(commission.c.id)).scalar_one()
            writer.update(commission, row_id, **commission_values(changed))

    def add_staff(self, contact_id: str, title: str | None, *, newcomer: ContactDraft | None = None) -> str:
        """Name a city employee who serves the commission; a `newcomer` is added to the contacts in the same
        step, in place of the contact. Raises ValidationError.
        """
        newcomer = checked_contact(newcomer) if newcomer else None
        with self.context.database.writing("added to the commission's staff") as writer:
            if newcomer is not None:
                contact_id = insert_contact(writer, newcomer)
                writer.what = f"added {newcomer.name} to the contacts and the commission's staff"
            last = writer.connection.execute(select(func.max(staff.c.position))).scalar()
            position = 0 if last is None else last + 1
            return writer.insert(staff, contact_id=contact_id, title=title or None, position=position)

    def change_staff(self, staff_id: str, title: str | None) -> None:
        """Change the title of a city employee."""
        with self.context.database.writing("changed the commission's staff") as writer:
            writer.update(staff, staff_id, title=title or None)

    def remove_staff(self, staff_id: str) -> None:
        """Take a city employee off the staff; the contact stays."""
        with self.context.database.writing("removed from the commission's staff") as writer:
            writer.remove(staff, staff_id)

    def logo(self) -> Logo | None:
        """The letterhead's picture, if there is one."""
        with self.context.database.reading() as connection:
            return logo_of(connection)

    def set_logo(self, name: str, data: bytes) -> None:
        """Put a PNG, JPEG or SVG picture on the letterhead; raises ValidationError for anything else."""
        media_type = logo_type(data)
        with self.context.database.writing("changed the logo") as writer:
            _remove_logo(writer)
            writer.insert(
                attachments,
                noun="commission",
                of_id=writer.connection.execute(select(commission.c.id)).scalar_one(),
                use="logo",
                name=name,
                type=media_type,
                sha256=writer.keep_bytes(data),
                size=len(data),
            )

    def remove_logo(self) -> None:
        """Print the letterhead without a picture."""
        with self.context.database.writing("removed the logo") as writer:
            _remove_logo(writer)

    def rule_book(self) -> RuleBook:
        """The rule book with its dated values."""
        with self.context.database.reading() as connection:
            return self.context.rule_book(connection)

    def settings_of(self, name: str) -> list[Setting]:
        """Every value that a setting had or will have, the earliest first."""
        with self.context.database.reading() as connection:
            return rows(connection, Setting, settings, settings.c.name == name, order=settings.c.from_on)

    def set_rule(
        self, name: str, value: Any, *, from_on: date | None, source: str | None, note: str | None
    ) -> None:
        """Give a setting a value from a day on, replacing the one of that very day."""
        checked_setting(name, value)
        with self.context.database.writing(f"changed the rule “{spec(name).label}”") as writer:
            put_setting(writer, name, value, from_on=from_on, source=source, note=note)

    def remove_rule(self, setting_id: str) -> None:
        """Take a dated value out of the rule book; the one before it is in force again."""
        with self.context.database.writing("removed a value from the rule book") as writer:
            setting = row(writer.connection, Setting, settings, setting_id)
            writer.what = f"removed a value of the rule “{spec(setting.name).label}”"
            writer.remove(settings, setting_id)


def put_setting(
    writer: Writer, name: str, value: Any, *, from_on: date | None, source: str | None, note: str | None
) -> bool:
    """Write a checked setting within a use case; whether anything was written."""
    found = rows(
        writer.connection,
        Setting,
        settings,
        settings.c.name == name,
        settings.c.from_on.is_(None) if from_on is None else settings.c.from_on == from_on,
    )
    values = {"value": value, "source": source or None, "note": note or None}
    if found:
        return writer.update(settings, found[0].id, **values)
    writer.insert(settings, name=name, from_on=from_on, **values)
    return True


def read_commission(connection: Connection) -> Commission:
    """The commission with its staff, within a transaction."""
    return once(connection, "commission", lambda: _commission(connection))


def _commission(connection: Connection) -> Commission:
    found = dict(connection.execute(select(commission)).mappings().one())
    return Commission(
        **{name: found[name] for name in ("name", "city", "state", "country", "zone", "currency", "rules")},
        letterhead=Letterhead(**{name: found[name] for name in ("address", "phone", "email", "website")}),
        accommodation=Accommodation(
            contact=found["accommodation_contact"],
            phone=found["accommodation_phone"],
            hours_before=found["accommodation_hours_before"],
        ),
        notices=Notices(speaking=found["speaking"], late_papers=found["late_papers"]),
        posting_places=tuple(found["posting_places"]),
        staff=tuple(rows(connection, StaffMember, staff, order=staff.c.position)),
    )


def logo_of(connection: Connection) -> Logo | None:
    """The letterhead's picture, within a transaction."""
    query = (
        select(attachment_bytes.c.data, attachments.c.type)
        .join(attachments, attachments.c.sha256 == attachment_bytes.c.sha256)
        .where(attachments.c.use == "logo")
    )
    found = connection.execute(query).first()
    return None if found is None else Logo(found.data, found.type)


def commission_values(value: Commission) -> dict[str, Any]:
    """The columns of the commission's row."""
    accommodation = {f"accommodation_{name}": item for name, item in asdict(value.accommodation).items()}
    plain = {
        name: getattr(value, name)
        for name in ("name", "city", "state", "country", "zone", "currency", "rules")
    }
    return {
        **plain,
        **asdict(value.letterhead),
        **accommodation,
        **asdict(value.notices),
        "posting_places": list(value.posting_places),
    }


def logo_type(data: bytes) -> str:
    """The media type of a picture that prints as a logo; raises ValidationError for any other."""
    from commission_app.documents.logo import LogoError, read_logo

    try:
        read_logo(data)
    except LogoError as error:
        raise ValidationError({"logo": str(error)}) from error
    if data.startswith(b"\x89PNG"):
        return "image/png"
    return "image/jpeg" if data.startswith(b"\xff\xd8") else "image/svg+xml"


def _remove_logo(writer: Writer) -> None:
    query = select(attachments.c.id).where(attachments.c.use == "logo")
    for (row_id,) in writer.connection.execute(query).all():
        writer.remove(attachments, row_id)
