"""Times inside one window, printed as JSON: in_window.py SAMPLE MANY

Page switches and typing on the sample; lists of 5,000 contacts on a file made for it."""

import json
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from commission_app.gui import application, theme  # isort: split

from PySide6.QtCore import QDeadlineTimer, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from commission_app.bootstrap import CommissionProgram
from commission_app.gui.main_window import MainWindow
from commission_app.gui.meetings.page import MeetingsPage
from commission_app.gui.members.page import MembersPage
from commission_app.gui.opening import FileOpener
from commission_app.gui.page import Page, Place
from commission_app.gui.preferences import Preferences

_PAGES = ("meetings", "members", "inquiries", "fundraising", "papers", "history", "settings", "home")
_ROUNDS, _PATIENCE = 9, 20_000


class Window:
    """The window with a file, waiting on conditions."""

    def __init__(self) -> None:
        self.app: QApplication = application.prepare(["benchmarks"])
        theme.install(self.app, theme.Scheme.LIGHT)
        self.window = MainWindow(Preferences())
        self.program = CommissionProgram()
        self.opener = FileOpener(lambda: self.program, self.window, date(2026, 9, 17))
        self.window.resize(1440, 900)
        self.window.show()

    def until(self, condition: Callable[[], bool]) -> None:
        """Let events run until something is so."""
        deadline = QDeadlineTimer(_PATIENCE)
        while not condition():
            if deadline.hasExpired():
                raise RuntimeError("the window did not come to rest")
            self.app.processEvents()

    def rest(self) -> None:
        """Until nothing works in the background."""
        self.app.processEvents()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        operations = self.window.operations()
        self.until(lambda: operations is None or not operations.is_busy())
        self.app.processEvents()

    def go(self, place: Place) -> float:
        """Seconds until a page is painted."""
        began = time.perf_counter()
        self.window.navigate(place)
        self.app.processEvents()
        return time.perf_counter() - began

    def page(self) -> Page:
        """The page that is shown."""
        page = self.window.current_page()
        assert page is not None
        return page


def page_switches(window: Window) -> dict[str, list[float]]:
    """Seconds of each page: its first visit, and coming back to it."""
    found: dict[str, list[float]] = {}
    for name in _PAGES[:-1]:
        found[f"first visit to {name}"] = [window.go(Place(page=name))]
        window.rest()
    for _ in range(_ROUNDS):
        for name in _PAGES:
            found.setdefault("switch", []).append(window.go(Place(page=name)))
            window.rest()
    return found


def typing(window: Window) -> list[float]:
    """Seconds from a key in an item's title to the new page beside it."""
    session = window.page().desk.session
    meeting = session.meetings.next()
    assert meeting is not None
    window.go(Place(page="meetings", tab="agenda", record_id=meeting.meeting.id))
    window.rest()
    page = window.page()
    assert isinstance(page, MeetingsPage)
    agenda = page.detail.agenda
    item = next(entry for entry in session.agendas.items(meeting.meeting.id) if entry.recommended_action)
    agenda.go_to(item.id)
    window.rest()
    field = agenda.outline.editor.fields()["title"].focusProxy()
    assert field is not None
    view, found = agenda.preview.view.desk, []
    for letter in "benchmark":
        before = agenda.preview.pdf()
        began = time.perf_counter()
        QTest.keyClicks(field, letter)
        window.until(lambda before=before: agenda.preview.pdf() is not before and view.is_drawn())  # type: ignore[misc]
        found.append(time.perf_counter() - began)
    agenda.outline.editor.reset()
    return found


def long_list(window: Window) -> dict[str, list[float]]:
    """Seconds to open a directory of 5,000, to come back to it, and to filter it by a letter."""
    window.go(Place(page="members"))
    window.rest()
    opened = window.go(Place(page="members", tab="contacts"))
    window.rest()
    page = window.page()
    assert isinstance(page, MembersPage)
    back, filtered = [], []
    for _ in range(_ROUNDS):
        window.go(Place(page="home"))
        back.append(window.go(Place(page="members")))
    page.filter_here()
    field = page.focusWidget()
    assert field is not None
    for letter in "mar":
        began = time.perf_counter()
        QTest.keyClicks(field, letter)
        window.app.processEvents()
        filtered.append(time.perf_counter() - began)
    return {"5,000 contacts opened": [opened], "back to them": back, "a letter in their filter": filtered}


def main(sample: str, many: str) -> None:
    """Measure and print."""
    window = Window()
    window.opener.open(Path(sample))
    window.rest()
    found = page_switches(window)
    found["key to new preview"] = typing(window)
    window.opener.open(Path(many))
    window.rest()
    found |= long_list(window)
    window.window.close()
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
