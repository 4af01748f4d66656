"""What the main window does about a meeting that runs: its screen over everything else, and back."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Slot

from commission_app.gui.actions import Name
from commission_app.gui.messages import Choice

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk
    from commission_app.gui.main_window import MainWindow
    from commission_app.gui.run.screen import RunScreen
    from commission_app.services.session import Change

#: What the window itself can do while a meeting runs.
_STAYS: Final = frozenset(
    {
        Name.UNDO,
        Name.REDO,
        Name.HELP,
        Name.SHORTCUTS,
        Name.LARGER_TEXT,
        Name.SMALLER_TEXT,
        Name.SWITCH_THEME,
        Name.FULL_SCREEN,
        Name.QUIT,
    }
)


class RunPart(QObject):
    """Shows the screen of a meeting in the whole window, and puts it away."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.screen: RunScreen | None = None

    def begin(self, meeting_id: str) -> None:
        """Run a meeting."""
        from commission_app.gui.run.screen import RunScreen

        window = self._window
        if window.desk is None or self.screen is not None:
            return
        window.saying.drop_warning()
        self.screen = RunScreen(window.desk, meeting_id)
        self.screen.left.connect(self.end)
        self.screen.undo_wanted.connect(window.undo)
        self.screen.full_screen_wanted.connect(self.toggle_full_screen)
        window.faces.addWidget(self.screen)
        window.faces.setCurrentWidget(self.screen)
        window.actions_by_name.keep_only(_STAYS)
        self.screen.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer(self) -> None:
        """Offer to go on with the meeting that was in progress when the file was left."""
        desk = self._window.desk
        at_hand = desk.session.meetings.at_hand() if desk is not None else None
        if desk is not None and at_hand is not None and at_hand.in_progress_since is not None:
            from commission_app.gui import labels

            since = labels.instant_local(at_hand.in_progress_since, desk.session.context.today().zone)
            text = self.tr("A meeting is in progress since {time}.").format(time=since)
            desk.messages.offer(text, Choice(self.tr("Go on with the meeting"), self._go_on))

    @Slot()
    def _go_on(self) -> None:
        desk = self._window.desk
        running = desk.session.proceedings.in_progress() if desk is not None else None
        if desk is not None and running is not None:
            desk.messages.clear()
            self.begin(running.meeting_id)

    @Slot()
    def begin_here(self) -> None:
        """Run the meeting that is shown, else the one that is in progress, else today's."""
        window = self._window
        if window.desk is None:
            return
        meeting_id = self._wanted(window.desk)
        if meeting_id is not None:
            self.begin(meeting_id)
        else:
            window.messages.warn(self.tr("No meeting is held today. Choose the meeting under Meetings."))

    def _wanted(self, desk: "Desk") -> str | None:
        from commission_app.gui.meetings.page import MeetingsPage

        today, page = desk.session.context.today().today, self._window.current_page()
        shown = page.current_id() if isinstance(page, MeetingsPage) else None
        if shown is not None and desk.session.meetings.get(shown).meeting.on <= today:
            return shown
        if (running := desk.session.proceedings.in_progress()) is not None:
            return running.meeting_id
        todays = [v.meeting.id for v in desk.session.meetings.all(today.year) if v.meeting.on == today]
        return todays[0] if todays else None

    @Slot()
    def toggle_full_screen(self) -> None:
        """The whole screen, or the window as it was."""
        window = self._window
        window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)

    @Slot()
    def end(self) -> None:
        """Show the window with its pages again, read anew where the meeting changed them."""
        if self.screen is None:
            return
        screen, self.screen = self.screen, None
        window = self._window
        window.faces.removeWidget(screen)
        screen.hide()
        screen.deleteLater()
        if window.windowState() & Qt.WindowState.WindowFullScreen:
            self.toggle_full_screen()
        window.faces.setCurrentIndex(0)
        if window.desk is not None:
            window.actions_by_name.set_file_open(True)
            window.freshness.show_what_changed()

    def take_in(self, change: "Change") -> bool:
        """A use case was committed: the screen reads it; whether there is a screen."""
        if self.screen is None:
            return False
        self.screen.take_in()
        return True
