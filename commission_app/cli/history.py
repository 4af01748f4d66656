"""The history: what was done, by whom and when; and erasing what it and the record tell of a person."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from commission_app.cli.calls import FILE, Call, Today, command, pass_call
from commission_app.cli.columns import columns
from commission_app.errors import Problem, ValidationError

if TYPE_CHECKING:
    from commission_app.services.history import Action, HistoryFilter
    from commission_app.services.session import Session

#: Fields that say nothing to a person.
_HIDDEN: Final = ("id", "key", "position", "of_id", "noun", "sha256")
_DEEDS: Final = ("added", "changed", "removed", "undone")


@command("history")
@FILE
@click.argument("words", nargs=-1)
@click.option("--record", metavar="NOUN:KEY", help="Of one record, like contact:ana, and what belongs to it.")
@click.option("--who", metavar="NAME", help="What one person did.")
@click.option("--from", "from_on", type=Today(), help="From this day on.")
@click.option("--to", "to_on", type=Today(), help="Until this day.")
@click.option("--kind", type=click.Choice(_DEEDS), help="What kind of thing was done.")
@click.option("--details", is_flag=True, help="With each field before and after.")
@click.option("--limit", type=click.IntRange(1, 1_000_000), default=100, show_default=True)
@pass_call
def history(call: Call, /, file: Path, words: tuple[str, ...], limit: int, **wanted: Any) -> None:
    """What was done, by whom and when, the newest first; WORDS are looked for in any order."""
    with call.reading(file) as session:
        actions = session.history.page(_filter(session, " ".join(words), wanted), limit)
        told = {action.id: _told(session, action) for action in actions} if wanted["details"] else {}
        names = _names(session) if told and not call.as_json else {}
        zone = session.context.today().zone
        as_of = session.context.today().today
    entries: list[dict[str, Any]] = []
    lines: list[str] = []
    rows = [
        [
            f"{action.at.astimezone(zone):%Y-%m-%d %H:%M}",
            action.who,
            action.what + (" (undone)" if action.undone else ""),
        ]
        for action in actions
    ]
    for action, line in zip(actions, columns(rows), strict=True):
        entry = {
            "id": action.id,
            "at": action.at.astimezone(zone).isoformat(),
            "who": action.who,
            "what": action.what,
            "kind": action.kind.value,
            "undone": action.undone,
        }
        entries.append(entry | ({"changes": told[action.id]} if told else {}))
        lines.append(line)
        lines += [f"    {_sentence(change, names)}" for change in told.get(action.id, ())]
    document = {"file": file.name, "as_of": as_of.isoformat(), "history": entries}
    call.answer(document, lines or ["Nothing of this kind was done." if any(wanted.values()) else _NOTHING])


_NOTHING: Final = "Nothing was done yet."


def _filter(session: "Session", words: str, wanted: dict[str, Any]) -> "HistoryFilter":
    from commission_app.services.history import Deed, HistoryFilter

    record_id = None
    if wanted["record"] is not None:
        noun, colon, key = wanted["record"].partition(":")
        if not (noun and colon and key):
            raise click.BadParameter("Give a noun and a key, like contact:ana.", param_hint="--record")
        record_id = session.history.record_of(noun, key)
    return HistoryFilter(
        words=words,
        who=wanted["who"],
        from_on=wanted["from_on"],
        to_on=wanted["to_on"],
        deed=Deed(wanted["kind"]) if wanted["kind"] else None,
        record_id=record_id,
    )


def _told(session: "Session", action: "Action") -> list[dict[str, Any]]:
    """What an action changed; other records are named by their keys, as in the open record."""
    fields = [
        change
        for change in session.history.fields(action.id)
        if change.field not in _HIDDEN and change.old != change.new
    ]
    sides = [value for change in fields if change.field.endswith("_id") for value in (change.old, change.new)]
    keys = session.history.keys_of({value for value in sides if value is not None})
    return [
        {
            "noun": change.table,
            "field": change.field.removesuffix("_id"),
            "old": keys.get(change.old, change.old),
            "new": keys.get(change.new, change.new),
        }
        for change in fields
    ]


def _names(session: "Session") -> dict[str, str]:
    """What people call the records that are named by their keys."""
    found = {contact.key: contact.name for contact in session.contacts.all()}
    found |= {view.meeting.key: view.meeting.on.isoformat() for view in session.meetings.all()}
    found |= {campaign.key: campaign.name for campaign in session.campaigns.all()}
    found |= {view.city.key: view.city.name for view in session.cities.all()}
    return found | {view.inquiry.key: view.city.place for view in session.inquiries.all()}


def _sentence(change: dict[str, Any], names: dict[str, str]) -> str:
    noun, field = change["noun"].replace("_", " "), change["field"].replace("_", " ")
    both = (change["old"], change["new"])
    old, new = ("nothing" if value in (None, "") else names.get(value, value) for value in both)
    return f"{noun}, {field}: {old} -> {new}"


@command("erase")
@FILE
@click.argument("contact", metavar="CONTACT")
@click.option("--reason", required=True, help="Why; it stays in the history, so it names nobody.")
@click.option(
    "--although-active", is_flag=True, help="Even if they hold a seat, an office or an open pledge."
)
@click.option("--leave-texts", is_flag=True, help="Even if texts tell of them, which stay as they are.")
@click.option("--keep-papers", is_flag=True, help="Leave the files that are attached to the contact.")
@click.option("--remove-backups", is_flag=True, help="Then make a new backup and remove the older ones.")
@click.option("--dry-run", is_flag=True, help="Say what it would do; change nothing.")
@pass_call
def erase(call: Call, /, file: Path, contact: str, reason: str, **wanted: bool) -> None:
    """Erase a person's data everywhere: in the record, its history and what was typed.

    CONTACT is a key, or the full name where only one has it. Votes, attendance and money stay under
    "Former member". It cannot be undone. Texts that tell of the person are changed before: what is changed
    in them later stays in the history.
    """
    with call.reading(file) if wanted["dry_run"] else call.writing(file) as session:
        contact_id = _contact(session, contact)
        plan = session.erasure.plan(contact_id)
        if not wanted["dry_run"]:
            if plan.by_hand and not wanted["leave_texts"]:
                raise ValidationError([Problem("", text) for text in (_TEXTS_FIRST, *plan.by_hand)])
            session.erasure.erase(
                contact_id,
                reason,
                although_active=wanted["although_active"],
                with_papers=not wanted["keep_papers"],
            )
        removed = plan.backups if wanted["remove_backups"] else ()
        if removed and not wanted["dry_run"]:
            session.erasure.remove_backups(removed)
    document = {
        "file": file.name,
        "dry_run": wanted["dry_run"],
        "new_name": plan.new_name,
        "standing": list(plan.standing),
        "stays": list(plan.stays),
        "by_hand": list(plan.by_hand),
        "keys": list(plan.keys),
        "backups": [str(backup.path) for backup in plan.backups],
        "removed": [str(backup.path) for backup in removed],
    }
    verb = "Would be erased" if wanted["dry_run"] else "Erased"
    lines = [f"{verb}. What they did stays under {plan.new_name}: {', '.join(plan.stays) or 'nothing'}."]
    if plan.standing and wanted["dry_run"]:
        lines.append(f"Needs --although-active: {', '.join(plan.standing)}.")
    if plan.by_hand:
        lines += ["To be looked at by hand:", *(f"  {text}" for text in plan.by_hand)]
    if plan.keys:
        lines += ["These keys have the name and are replaced:", *(f"  {key}" for key in plan.keys)]
    if _is_at_a_window(plan.contact.name):
        lines.append(
            "The window of this computer still has the name of who was at the keyboard: change it there."
        )
    left = [backup for backup in plan.backups if backup not in removed]
    if left:
        lines += ["These backups still have the data:", *(f"  {backup.path}" for backup in left)]
    call.answer(document, lines)


_TEXTS_FIRST: Final = (
    "These texts tell of the person. Change them first, since what is changed later stays in the history; or "
    "give --leave-texts:"
)


def _is_at_a_window(name: str) -> bool:
    """Whether the window of this computer remembers somebody of this name."""
    from commission_app import paths

    try:
        return name in (paths.user_data() / "window.ini").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False


def _contact(session: "Session", given: str) -> str:
    """The id of a contact by its key, or by the full name that one contact has."""
    from commission_app.domain.text import fold
    from commission_app.errors import NotFoundError

    found = [one.id for one in session.contacts.all() if given == one.key]
    found = found or [one.id for one in session.contacts.all() if fold(given) == fold(one.name)]
    if len(found) != 1:
        raise NotFoundError(f"{len(found) or 'No'} contacts are called {given}. Give the key of one.")
    return found[0]
