"""The evening of September 24 at the window: the clock goes as a test says, the keyboard does the rest."""

from datetime import UTC, datetime, timedelta

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from commission_app.domain.course import Course
from commission_app.gui.main_window import MainWindow
from commission_app.gui.run.screen import RunScreen
from commission_app.services.proceedings_reading import SittingView
from commission_app.services.session import Session

_NAMED = ("Enter", "Esc", "Tab", "Up", "Down", "Left", "Right", "Space", "Backspace")


class Evening:
    """A window on the sample, one meeting, and a clock that stands until it is moved."""

    def __init__(self, now: list[datetime], window: MainWindow, qtbot: QtBot) -> None:
        self._now = now
        self.window, self.qtbot = window, qtbot

    @property
    def session(self) -> Session:
        """The open file."""
        assert self.window.desk is not None
        return self.window.desk.session

    def meeting_id(self, day: str = "2026-09-24") -> str:
        """The meeting of a day."""
        return self.session.meetings.named(day).meeting.id

    def begin(self, day: str = "2026-09-24") -> RunScreen:
        """Run the meeting of a day."""
        self.window.running.begin(self.meeting_id(day))
        self.window.activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        return self.screen

    @property
    def screen(self) -> RunScreen:
        """The screen of the meeting."""
        assert self.window.running.screen is not None
        return self.window.running.screen

    @property
    def view(self) -> SittingView:
        """The meeting as the screen shows it."""
        assert self.screen.view is not None
        return self.screen.view

    @property
    def course(self) -> Course:
        """The meeting as the file has it."""
        return self.session.proceedings.state(self.screen.steps.meeting_id).course

    def wait(self, minutes: int = 0, seconds: int = 0) -> None:
        """Let time pass."""
        self._now[0] += timedelta(minutes=minutes, seconds=seconds)
        if self.window.running.screen is not None:
            self.screen.tell_time()

    # The keyboard

    def keys(self, text: str) -> None:
        """Press keys, one after the other: letters, or names such as Enter, Shift+M and Ctrl+Z."""
        for name in text.split():
            target = QApplication.activePopupWidget() or QApplication.focusWidget() or self.window
            if len(name) == 1:
                QTest.keyClicks(target, name)
            else:
                pressed = QKeySequence("Return" if name == "Enter" else name)[0]
                QTest.keyClick(target, pressed.key(), pressed.keyboardModifiers())
            QApplication.processEvents()

    def types(self, text: str) -> None:
        """Type a text where the keyboard is."""
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClicks(target, text)
        QApplication.processEvents()

    def told(self) -> str:
        """What stands in the bar above the keys."""
        return self.screen.bar.text() if self.screen.bar.isVisible() else ""

    def state_of(self, cap: str) -> str:
        """What is said of the person with a key."""
        lines = self.screen.people.lines.values()
        return next(line.shown.said.text for line in lines if line.shown.cap == cap)

    # As far as a test begins

    def call_the_roll(self) -> None:
        """All are here but Okonkwo-Bauer (excused), Lee and the liaison of the School Board (absent)."""
        self.keys("R P P P P E A P P P A")

    def called_to_order(self) -> RunScreen:
        """The roll is called, and the meeting at its first item."""
        screen = self.begin()
        self.call_the_roll()
        self.keys("Enter")
        while self.view.current is None:
            self.keys("N")
        return screen

    def go_to(self, words: str) -> None:
        """Press N until an item is before the meeting."""
        for _ in range(30):
            if self.view.current is not None and words in self.view.current.item.title:
                return
            self.keys("N")
        raise AssertionError(words)


def six_pm() -> datetime:
    """Two minutes after the meeting of September 24 was to begin, in California."""
    return datetime(2026, 9, 25, 1, 2, tzinfo=UTC)
