"""The desk: what all pages share while one file is open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commission_app.gui.messages import Messages
from commission_app.gui.operations import Operations
from commission_app.gui.page import Place

if TYPE_CHECKING:
    from commission_app.services.session import Session


@dataclass(frozen=True, slots=True)
class Desk:
    """The open file's services, the runner of use cases, the message bar, and the way to other pages."""

    session: "Session"
    operations: Operations
    messages: Messages
    navigate: Callable[[Place], None]
