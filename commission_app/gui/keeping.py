"""What cannot be entered in the file that is open: in a reading copy what only the keeper of the record
enters, in a file that is open for reading everything."""

from typing import Final, Protocol

from commission_app.gui.page import Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.form import Form

#: What begins something that only the keeper enters: the page with the action, or the page's tab with it.
_BY_KEEPER: Final = frozenset(
    {
        *(f"meetings {action}" for action in ("another", "change", "move", "past", "plan", "post")),
        *(f"meetings {action}" for action in ("record", "results", "special")),
        *(f"members {action}" for action in ("add-organization", "add-seat", "appoint", "notice", "vacancy")),
        "members/organizations add",
        "members/organizations import",
        "members/organizations new",
        *(f"inquiries {action}" for action in ("add", "answer", "change", "close")),
        "fundraising/overview new-campaign",
        "fundraising edit",
        "fundraising issue",
        "fundraising issue-in-kind",
        "fundraising meet",
        *(f"fundraising {action}" for action in ("bank", "deposit", "reminders", "statements")),
    }
)
#: What begins something that a reading copy takes too.
_BY_ALL: Final = frozenset(
    {
        "meetings add",
        *(f"members/contacts {action}" for action in ("add", "import", "new")),
        "inquiries list",
        *(f"fundraising {action}" for action in ("hours", "import", "in-kind", "new", "pay", "refund")),
        "settings back-up",
    }
)


class KnowsReasons(Protocol):
    """What says why nothing can be changed: `Operations`."""

    def read_only_reason(self) -> str | None:
        """Why nothing can be changed here."""

    def keeper_reason(self) -> str | None:
        """Why what only the keeper enters cannot be changed here."""


def why_not_begin(operations: KnowsReasons, place: Place) -> str | None:
    """Why what a place begins cannot be entered in this file; None where it can, or where it only shows."""
    names = {f"{place.page} {place.action}", f"{place.page}/{place.tab} {place.action}"}
    if names & _BY_KEEPER:
        return operations.keeper_reason()
    return operations.read_only_reason() if names & _BY_ALL else None


def close_off(reason: str | None, *parts: Button | Form) -> None:
    """Disable buttons, and every field of forms, with the reason as their tooltip; without one nothing."""
    if reason is None:
        return
    for part in parts:
        if isinstance(part, Button):
            part.set_unavailable(reason)
            continue
        for field in part.fields.values():
            field.setEnabled(False)
            field.setToolTip(reason)
