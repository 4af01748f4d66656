"""python -m benchmarks [--rounds N]: the speed goals, measured as ratios in one run."""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import Command, Times, take_turns

_HERE = Path(__file__).parent
_ON = "2026-09-17"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: what, its figure, what was aimed at."""

    what: str
    figure: str
    aim: str
    is_reached: bool | None = None


def _environment(home: Path) -> dict[str, str]:
    """Nobody's settings; with Xvfb where that is asked for, else without a screen."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "PYTHON"))}
    kept.update({"HOME": str(home), "XDG_DATA_HOME": str(home), "LC_ALL": "C.UTF-8", "PYTHONPATH": "."})
    if not kept.get("DISPLAY"):
        kept["QT_QPA_PLATFORM"] = "offscreen"
    return kept


def _prepare(home: Path) -> tuple[Path, Path]:
    """The sample, and the sample with 5,000 contacts."""
    from commission_app.bootstrap import CommissionProgram

    program = CommissionProgram()
    sample, many = home / "sample.commission", home / "many.commission"
    from datetime import date

    program.create_sample(sample, on=date.fromisoformat(_ON))
    shutil.copy(sample, many)
    session = program.open_writing(many, who="Ana Ruiz")
    names = "\n".join(
        f"Person {chr(65 + number % 26)}{number:04d} <p{number}@example.org>" for number in range(4970)
    )
    from commission_app.exchange.reading_lists import read_pasted

    session.imports.carry_out(session.imports.preview_contacts(read_pasted(names)))
    session.close()
    return sample, many


def _script(name: str, *arguments: str) -> list[str]:
    return [sys.executable, str(_HERE / f"{name}.py"), *arguments]


def _whole_processes(sample: Path, home: Path, rounds: int) -> tuple[dict[str, Times], list[Line]]:
    paper = str(home / "agenda.pdf")
    agenda = [sys.executable, "-m", "commission_app", "agenda", str(sample), "-o", paper, "--on", _ON]
    commands = {
        "bare": Command(_script("bare_window"), "painted"),
        "first": Command(_script("program_window", "first", str(sample), "--on", _ON), "painted"),
        "home": Command(_script("program_window", "home", str(sample), "--on", _ON), "painted"),
        "plain": Command(_script("plain_agenda", str(sample), _ON, str(home / "plain.pdf"))),
        "agenda": Command(agenda),
    }
    times = take_turns(commands, _environment(home), rounds)
    return times, [
        _ratio("start to first painted window, to a bare PySide6 window", times, "first", "bare", 1.6),
        _ratio("start to live Home, to a bare PySide6 window", times, "home", "bare", 4),
        _ratio("agenda command, to a plain reportlab script", times, "agenda", "plain", 1.3),
    ]


def _ratio(what: str, times: dict[str, Times], ours: str, theirs: str, aim: float) -> Line:
    ratio = times[ours].median / times[theirs].median
    return Line(what, f"{ratio:.2f}", f"{aim:g}", ratio <= aim)


def _in_window(sample: Path, many: Path, home: Path) -> list[Line]:
    done = subprocess.run(
        _script("in_window", str(sample), str(many)),
        env=_environment(home),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    found: dict[str, list[float]] = json.loads(done.stdout)
    aims = {"switch": 50, "key to new preview": 500}
    words = {"switch": "switch to a page that was visited"}
    lines = []
    for name, seconds in found.items():
        middle, worst, aim = statistics.median(seconds) * 1000, max(seconds) * 1000, aims.get(name)
        figure = f"{middle:.0f} ms" + (f", worst {worst:.0f}" if len(seconds) > 1 else "")
        reached = None if aim is None else middle <= aim
        lines.append(Line(words.get(name, name), figure, f"{aim} ms" if aim else "", reached))
    return lines


def _opened(home: Path, full: Path, rounds: int) -> Line:
    """From the start to the first window: a full file beside one of a new commission."""
    from datetime import date

    from commission_app.bootstrap import CommissionProgram
    from commission_app.domain.commission import Commission

    body = Commission(name="Nothing yet", city="Alder Glen", zone="America/Los_Angeles", rules="milpitas")
    empty = home / "empty.commission"
    CommissionProgram().create(empty, body, who="Ana Ruiz", on=date.fromisoformat(_ON))
    commands = {
        name: Command(_script("program_window", "first", str(path), "--on", _ON), "painted")
        for name, path in (("empty", empty), ("full", full))
    }
    times = take_turns(commands, _environment(home), rounds)
    return _ratio("start to first painted window, to that of an empty file", times, "full", "empty", 1.5)


def _many_pledges(home: Path, rounds: int) -> list[Line]:
    """The lists of 100,000 pledges and payments, the same order in plain sqlite3, how the file opens."""
    done = subprocess.run(
        _script("many_pledges", str(home / "pledges.commission")),
        env=_environment(home),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    middle = {name: statistics.median(seconds) for name, seconds in json.loads(done.stdout).items()}
    ratio = middle["sorted"] / middle["plain sqlite3"]
    lines = [
        Line("sorted, to plain sqlite3", f"{ratio:.2f}", "1.5", ratio <= 1.5),
        _opened(home, home / "pledges.commission", rounds),
    ]
    aims = {"opened": 300, "searched by a letter": 60, "searched by a mistyped name": 60}
    for name, seconds in middle.items():
        aim = aims.get(name)
        reached = None if aim is None else seconds * 1000 <= aim
        lines.append(Line(name, f"{seconds * 1000:.0f} ms", f"{aim} ms" if aim else "", reached))
    return lines


def _packet(home: Path) -> list[Line]:
    """A packet of 300 pages, and pypdf alone."""
    done = subprocess.run(
        _script("a_packet"), env=_environment(home), check=True, stdout=subprocess.PIPE, text=True
    )
    middle = {name: statistics.median(seconds) for name, seconds in json.loads(done.stdout).items()}
    ratio = middle["packet"] / middle["pypdf alone"]
    lines = [Line("packet of 300 pages, to pypdf alone", f"{ratio:.2f}", "1.2", ratio <= 1.2)]
    return [*lines, *(Line(name, f"{seconds * 1000:.0f} ms", "") for name, seconds in middle.items())]


def _statements(home: Path) -> list[Line]:
    """A year's statements of 1,000 donors, and as many pages from reportlab alone."""
    done = subprocess.run(
        _script("year_statements"), env=_environment(home), check=True, stdout=subprocess.PIPE, text=True
    )
    found = json.loads(done.stdout)
    each = (found["issued"] + found["printed"]) / found["donors"] * 1000
    ratio = found["printed"] / found["bare reportlab pages"]
    return [
        Line("a donor's statement, issued and printed", f"{each:.1f} ms", "30 ms", each <= 30),
        Line("printed, to bare reportlab pages", f"{ratio:.1f}", ""),
        Line("donors listed", f"{found['donors listed'] * 1000:.0f} ms", ""),
    ]


def _a_vote(sample: Path, home: Path) -> list[Line]:
    """From the key of a vote to its painted answer, beside one bare committed row."""
    copy = home / "years.commission"
    shutil.copy(sample, copy)
    done = subprocess.run(
        _script("a_vote", str(copy), _ON),
        env=_environment(home),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    middle = {name: statistics.median(seconds) for name, seconds in json.loads(done.stdout).items()}
    ratio = middle["vote"] / middle["bare row"]
    what = "a vote, to a bare committed row"
    return [
        Line(what, f"{ratio:.2f}", "3", ratio <= 3),
        *(Line(name, f"{seconds * 1000:.1f} ms", "") for name, seconds in middle.items()),
    ]


def _print(title: str, lines: list[Line]) -> None:
    print(f"\n{title}")
    width = max(len(line.what) for line in lines)
    for line in lines:
        mark = {True: "reached", False: "MISSED", None: ""}[line.is_reached]
        aim = f"aim {line.aim}" if line.aim else ""
        print(f"  {line.what:{width}}  {line.figure:>20}  {aim:<12} {mark}".rstrip())


def main() -> int:
    """Measure and print; 1 when an aim is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=11, help="runs of each process (default 11)")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as name:
        home = Path(name)
        os.environ["XDG_DATA_HOME"] = name
        sample, many = _prepare(home)
        times, lines = _whole_processes(sample, home, rounds)
        inside = _in_window(sample, many, home)
        of_pledges = _many_pledges(home, rounds)
        of_votes = _a_vote(sample, home)
        of_packet = _packet(home)
        of_statements = _statements(home)
    screen = f"the screen {os.environ['DISPLAY']}" if os.environ.get("DISPLAY") else "Qt's offscreen platform"
    print(f"Windows on {screen}; medians of {rounds} runs in turn, after 2 to warm up.")
    _print("Ratios", lines)
    _print("Inside a window", inside)
    _print("100,000 pledges and 100,000 payments", of_pledges)
    _print("A vote in a file with fifty years of meetings", of_votes)
    _print("A packet", of_packet)
    _print("Statements in a file of 100,000 payments", of_statements)
    print("\nSeconds behind the ratios")
    for process, measured in times.items():
        print(f"  {process:<8} {measured.median:.3f} s, noise {measured.spread:.0%}")
    every = (*lines, *inside, *of_pledges, *of_votes, *of_packet, *of_statements)
    return 0 if all(line.is_reached is not False for line in every) else 1


if __name__ == "__main__":
    sys.exit(main())
