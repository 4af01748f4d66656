"""The self-test: what the program promises, tried on this computer with a temporary file."""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, time, timedelta
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

import click

from commission_app.cli.calls import Call, command, pass_call
from commission_app.domain.commission import Commission
from commission_app.domain.contacts import ContactDraft
from commission_app.errors import CommissionError, DamagedError

if TYPE_CHECKING:
    from commission_app.services.session import Session

_BODY: Final = Commission(
    name="Self-test Sister Cities Commission",
    city="Alder Glen",
    state="CA",
    country="US",
    zone="America/Los_Angeles",
    rules="milpitas",
)
_TITLE: Final = "Greetings from Đà Nẵng and 岡山"
#: So many changes are acknowledged before the writing process is killed.
_ACKNOWLEDGED: Final = 12


@command("self-test")
@click.option(
    "--write-to", type=click.Path(path_type=Path), hidden=True, help="Write without end, to be killed."
)
@click.option("--window", is_flag=True, help="Try the window too, without a screen.")
@pass_call
def self_test(call: Call, write_to: Path | None, window: bool) -> None:
    """Try everything on a temporary file and say what was done.

    Creates a file, writes, is killed while writing, reopens, checks, prints an agenda and reads it back.
    """
    if write_to is not None:
        _write_without_end(call, write_to)
        return
    done: list[str] = []

    def tell(text: str) -> None:
        done.append(text)
        if not call.as_json:
            click.echo(text)

    with tempfile.TemporaryDirectory(prefix="commission-app-self-test-") as folder:
        _run(call, Path(folder), tell)
        if window:
            call.program.try_window(_sample(call, Path(folder)), Path(folder), tell)
    tell("Everything is in order.")
    if call.as_json:
        call.answer({"in_order": True, "steps": done}, [])


def _run(call: Call, folder: Path, tell: Callable[[str], None]) -> None:
    file = folder / "self-test.commission"
    call.program.create(file, _BODY, who="self-test")
    tell(f"Created {file.name} from the rule pack {_BODY.rules}.")
    with call.writing(file) as session:
        report = session.record.load(_record(session))
        tell(f"Wrote: {report.text}.")
        acknowledged = len(session.contacts.all())
    acknowledged += _kill_a_writer(file, tell)
    with call.writing(file) as session:
        found = len(session.contacts.all())
        if found < acknowledged:
            raise DamagedError(f"{acknowledged - found} acknowledged changes were lost.")
        tell(f"Reopened it for writing: all {acknowledged} acknowledged changes are there.")
        wrong = [problem for result in session.verification.run() for problem in result.problems]
        if wrong:
            raise DamagedError(f"The check found: {wrong[0]}")
        tell("Checked it: schema, pages, references, change log, attachments and rules are in order.")
        _print_agenda(session, folder / "agenda.pdf", tell)
        copy = session.backups.make("self-test", folder)
        exported = session.record.text(with_attachments=True)
    call.program.restore(copy.path, folder / "restored.commission")
    with call.reading(folder / "restored.commission") as session:
        if session.record.text(with_attachments=True) != exported:
            raise DamagedError("The restored backup differs from the file.")
    tell("Backed it up and restored the backup: the same record.")


def _sample(call: Call, folder: Path) -> "Session":
    """The sample, open for writing."""
    file = folder / "sample.commission"
    call.program.create_sample(file, on=call.on)
    return call.program.open_writing(file, who="self-test", on=call.on)


def _record(session: "Session") -> dict[str, Any]:
    """A small record with a meeting next week."""
    starts = datetime.combine(session.context.today().today + timedelta(days=7), time(18))
    return {
        "contacts": [{"key": "ana", "kind": "person", "name": "Ana Ruiz"}],
        "terms": [{"seat": "regular-1", "contact": "ana", "from": starts.date().isoformat()}],
        "meetings": [
            {
                "key": "next",
                "kind": "regular",
                "starts": f"{starts:%Y-%m-%dT%H:%M}",
                "place": "City Hall",
                "state": "scheduled",
            }
        ],
        "agenda_items": [
            {"meeting": "next", "section": "new-business", "title": _TITLE, "kind": "discussion"}
        ],
    }


def _write_without_end(call: Call, file: Path) -> None:
    """Add contacts, one use case each, and tell each one after it was committed."""
    with call.writing(file) as session:
        number = 0
        while True:
            number += 1
            session.contacts.add(ContactDraft(name=f"Written before the kill {number}"))
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


def _kill_a_writer(file: Path, tell: Callable[[str], None]) -> int:
    """Start a process that writes without end, kill it in the middle; how many changes it was sure of."""
    start = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "commission_app"]
    writer = subprocess.Popen(  # noqa: S603 - this very program
        [*start, "self-test", "--write-to", str(file)], stdout=subprocess.PIPE, text=True
    )
    acknowledged = 0
    journal = file.with_name(file.name + "-journal")
    try:
        if writer.stdout is not None:
            for line in writer.stdout:
                acknowledged = int(line)
                if acknowledged == _ACKNOWLEDGED:
                    break
        _await_half_done(journal)
    finally:
        writer.kill()
        rest = writer.communicate()[0]
    for line in (rest or "").splitlines():
        with suppress(ValueError):
            acknowledged = max(acknowledged, int(line))
    if acknowledged < _ACKNOWLEDGED:
        raise CommissionError("The writing process ended before it was killed.")
    state = "in the middle of a change" if journal.exists() else "between two changes"
    tell(f"Killed process {writer.pid} after {acknowledged} acknowledged changes, {state}.")
    return acknowledged


def _await_half_done(journal: Path) -> None:
    """Wait until a change is under way, which SQLite's journal shows; a second at most."""
    until = monotonic() + 1
    while not journal.exists() and monotonic() < until:
        pass


def _print_agenda(session: "Session", path: Path, tell: Callable[[str], None]) -> None:
    from pypdf import PdfReader

    from commission_app.documents.agenda import draw
    from commission_app.exchange.whole_files import write_whole

    meeting = session.meetings.named("next").meeting
    pdf = draw(session.agendas.paper(meeting.id))
    reader = PdfReader(write_whole(path, pdf.data))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for wanted in ("Greetings from", "City Hall", f"{meeting.on:%B} {meeting.on.day}, {meeting.on.year}"):
        if wanted not in text:
            raise DamagedError(f"The printed agenda does not say {wanted}.")
    pages = f"{len(reader.pages)} page{'' if len(reader.pages) == 1 else 's'}"
    tell(f"Printed the agenda of {meeting.on.isoformat()} ({pages}) and read it back.")
