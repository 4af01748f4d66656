"""A vote in a file with fifty years of meetings, from the key to the repainted screen: a_vote.py FILE ON

Beside it one bare row, committed by sqlite3 with the same durability into a copy of the same file."""

import json
import shutil
import sqlite3
import sys
import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from random import Random

_YEARS, _A_YEAR, _SEATS, _ITEMS, _MOTIONS = 50, 10, 9, 12, 5
_ROUNDS = 41


def _keep_years(path: Path) -> None:
    """Fifty years of meetings with rolls, items, motions and votes, written past the log."""
    drawn = Random(1)
    with closing(sqlite3.connect(path)) as file, file:
        seats = [row[0] for row in file.execute("SELECT id FROM seats ORDER BY kind, position")][:_SEATS]
        people = [row[0] for row in file.execute("SELECT DISTINCT contact_id FROM terms")][:_SEATS]
        meetings, roll, items, motions, votes = [], [], [], [], []
        for number in range(_YEARS * _A_YEAR):
            year, month = 1975 + number // _A_YEAR, 1 + number % _A_YEAR
            meeting, at = f"m{number:06d}", f"{year}-{month:02d}-20T02:00:00Z"
            meetings.append((meeting, meeting, f"{year}-{month:02d}-19T18:00"))
            roll += [(f"{meeting}a{n}", meeting, people[n], seats[n]) for n in range(_SEATS)]
            items += [(f"{meeting}i{n}", f"{meeting}i{n}", meeting, n, f"Matter {n}") for n in range(_ITEMS)]
            for n in range(_MOTIONS):
                motion = f"{meeting}v{n}"
                motions.append((motion, motion, meeting, f"{meeting}i{n}", n + 1, people[0], people[1], at))
                answers = [(f"{motion}b{p}", motion, people[p], seats[p]) for p in range(_SEATS)]
                votes += [(*answer, drawn.choice(("aye", "aye", "aye", "no"))) for answer in answers]
        file.executemany(
            "INSERT INTO meetings (id, key, kind, starts, state) VALUES (?, ?, 'regular', ?, 'held')",
            meetings,
        )
        file.executemany(
            "INSERT INTO attendance (id, meeting_id, contact_id, seat_id, state)"
            " VALUES (?, ?, ?, ?, 'present')",
            roll,
        )
        file.executemany(
            "INSERT INTO agenda_items (id, key, meeting_id, section, position, title, kind, search_key)"
            " VALUES (?, ?, ?, 'new-business', ?, ?, 'action', 'matter')",
            items,
        )
        file.executemany(
            "INSERT INTO motions (id, key, meeting_id, item_id, position, mover_id, seconder_id, moved_at,"
            " purpose, text, search_key, method, threshold)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'main', 'Do it.', 'do it.',"
            " 'roll-call', 'cast')",
            motions,
        )
        file.executemany(
            "INSERT INTO votes (id, motion_id, contact_id, seat_id, answer) VALUES (?, ?, ?, ?, ?)", votes
        )


class _Bare:
    """One committed row after the other."""

    def __init__(self, path: Path) -> None:
        copy = path.with_suffix(".bare")
        shutil.copy(path, copy)
        self._file = sqlite3.connect(copy, isolation_level=None)
        self._file.execute("PRAGMA journal_mode=DELETE")
        self._file.execute("PRAGMA synchronous=FULL")
        self._file.execute("CREATE TABLE bare (id TEXT PRIMARY KEY, answer TEXT NOT NULL) STRICT")

    def add(self, number: int) -> float:
        """Seconds of a row."""
        began = time.perf_counter()
        self._file.execute("INSERT INTO bare VALUES (?, 'aye')", (f"{number:036d}",))
        return time.perf_counter() - began


def _votes(path: Path, on: date) -> dict[str, list[float]]:
    """Seconds from a key to the painted answer, and of a bare row in turn with each."""
    from commission_app.gui import application, theme  # isort: split

    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from commission_app.bootstrap import CommissionProgram
    from commission_app.domain.meetings import AttendanceState, MeetingDraft, MeetingKind
    from commission_app.gui.main_window import MainWindow
    from commission_app.gui.opening import FileOpener
    from commission_app.gui.preferences import Preferences
    from commission_app.gui.run.keys import Do

    evening = datetime.combine(on, datetime.min.time(), UTC) + timedelta(hours=26)
    program = CommissionProgram(now=lambda: evening)
    app = application.prepare(["benchmarks"])
    theme.install(app, theme.Scheme.LIGHT)
    window = MainWindow(Preferences())
    FileOpener(lambda: program, window, None).open(path)
    window.resize(1440, 900)
    window.show()
    assert window.desk is not None
    draft = MeetingDraft(kind=MeetingKind.SPECIAL, starts=datetime.combine(on, clock(18)))
    window.running.begin(window.desk.session.meetings.schedule(draft))
    screen = window.running.screen
    assert screen is not None
    for cap in "123456":
        if contact := screen.people.by_key(cap):
            screen.steps.mark(contact, AttendanceState.PRESENT)
    screen.do(Do.CALL)
    screen.do(Do.MOTION)
    form = screen.entering.open
    form.text.set_value("Do it.")
    for field, cap in ((form.mover, "2"), (form.second, "4")):
        QTest.keyClicks(field.edit, cap)
    form.submit()
    app.processEvents()
    found: dict[str, list[float]] = {"vote": [], "bare row": []}
    bare, rows = _Bare(path), list(screen.item.votes.rows.values())
    for number in range(_ROUNDS):
        row = rows[number % len(rows)]
        began = time.perf_counter()
        QTest.keyClick(row, Qt.Key.Key_Y if number // len(rows) % 2 else Qt.Key.Key_N)
        app.processEvents()
        found["vote"].append(time.perf_counter() - began)
        found["bare row"].append(bare.add(number))
    window.close()
    return found


def main(path: str, on: str) -> None:
    """Measure and print."""
    file = Path(path)
    _keep_years(file)
    json.dump(_votes(file, date.fromisoformat(on)), sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
