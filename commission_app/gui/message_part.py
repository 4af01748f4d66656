"""What the main window does about messages: it shows them in its bar and carries out what they offer."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from commission_app.gui.messages import Message, Messages
from commission_app.gui.widgets.message_bar import MessageBar, MessageKind

if TYPE_CHECKING:
    from commission_app.gui.main_window import MainWindow


class MessagePart(QObject):
    """Stands between what is said and the bar that shows it."""

    def __init__(self, window: "MainWindow", messages: Messages, bar: MessageBar) -> None:
        super().__init__(window)
        self._window, self._messages, self._bar = window, messages, bar
        messages.shown.connect(self._say)
        bar.undo_wanted.connect(window.undo)
        bar.action_wanted.connect(self._take_first)
        bar.other_wanted.connect(self._take_second)

    def drop_warning(self) -> None:
        """What was refused is over when something succeeds or another page is shown."""
        if self._messages.current().kind is MessageKind.WARNING:
            self._messages.clear()

    @Slot(object)
    def _say(self, message: Message) -> None:
        choices = message.choices
        self._bar.tell(
            message.kind,
            message.text,
            undo=message.undo and self._can_undo(),
            action=self.tr("Redo") if message.redo else choices[0].text if choices else "",
            other=choices[1].text if choices[1:] else "",
        )

    def _can_undo(self) -> bool:
        desk = self._window.desk
        if self._window.running.screen is not None:  # the bar is not in sight
            return False
        return desk is not None and desk.session.history.undoable() is not None

    @Slot()
    def _take_first(self) -> None:
        message = self._messages.current()
        if message.redo:
            self._window.redo()
        elif message.choices:
            message.choices[0].chosen()

    @Slot()
    def _take_second(self) -> None:
        if choices := self._messages.current().choices[1:]:
            choices[0].chosen()
