"""python -m tests.accessibility FOLDER: axe-core over the agendas for the website, in headless Chromium.

Exit status: 0 nothing is broken, 1 something is, 2 the browser or the script is missing.
"""

import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tests.accessibility.browser import AXE, POLICY_TAG, Looked, MissingError, axe, browser, look

_ON = date(2026, 9, 17)
#: Neither language nor title nor words for its picture: what looks on has to say so.
_BROKEN = f'<!DOCTYPE html><html><head>{POLICY_TAG}</head><body><img src="x"></body></html>'.encode()


def _pages(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The sample's next agenda as a draft, as posted and cancelled, and one of hostile and foreign words."""
    from commission_app.bootstrap import CommissionProgram
    from commission_app.exchange.html_agenda import agenda_html
    from tests.unit.paper_samples import agenda, item, section

    path = folder / "glen.commission"
    CommissionProgram().create_sample(path, on=_ON)
    session = CommissionProgram().open_writing(path, who="Ana Ruiz", on=_ON)
    try:
        meeting_id = session.meetings.named("next").meeting.id
        yield "draft", agenda_html(session.agendas.proposal(meeting_id))
        session.postings.make_copy(meeting_id)
        yield "posted", agenda_html(session.postings.paper(meeting_id))
        session.calendar.cancel(meeting_id, "The room is flooded.")
        yield "cancelled", agenda_html(session.postings.paper(meeting_id))
    finally:
        session.close()
    words = ("<script>alert(1)</script>", "שלום עולם", "臺南 Екатеринбург 🎏", "long " * 400)
    items = tuple(item(letter, word) for letter, word in zip("ABCD", words, strict=True))
    yield "words", agenda_html(agenda(mark="DRAFT", sections=(section("I", words[0], *items),)))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _tell(name: str, looked: Looked) -> None:
    judged = ", ".join(rule["id"] for rule in looked.incomplete)
    _say(f"{name}: {len(looked.violations)} broken, {looked.passes} kept")
    if judged:
        _say(f"  to be judged by a person: {judged}")
    for rule in looked.violations:
        _say(f"  {rule['id']} ({rule['impact']}): {rule['help']}")
        for node in rule["nodes"][:3]:
            _say(f"    {node}")


def main() -> int:
    """Look at every page; the exit status."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/accessibility")
    broken = 0
    try:
        script, _ = axe(folder), browser()
        if not look(_BROKEN, script).violations:
            raise MissingError(f"{AXE} finds nothing wrong with a page that is broken.")
        with tempfile.TemporaryDirectory(prefix="pages-") as name:
            for page, data in _pages(Path(name)):
                (folder / f"agenda-{page}.html").write_bytes(data)
                looked = look(data, script)
                _tell(page, looked)
                broken += len(looked.violations)
    except MissingError as missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
