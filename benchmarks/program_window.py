"""The program’s own start, as its entry point does it: program_window.py first|home FILE [--on DAY]

Says `painted` after the first paint of the window, or of a Home with its findings, and ends at once."""

import sys
from typing import Any

from commission_app import __main__ as entry


def _tell_after_paint(kind: Any) -> None:
    """Tell once the frame is out in which a widget of this kind painted itself for the first time."""
    from benchmarks.telling import Teller

    paint = kind.paintEvent
    tellers: list[Teller] = []

    def paint_and_tell(self: Any, event: Any) -> None:
        if not tellers:
            tellers.append(Teller())
            tellers[0].painted.emit()  # heard once the frame is out, before what the paint itself sets off
        paint(self, event)

    kind.paintEvent = paint_and_tell


def main() -> None:
    """Start the program and tell when it is there."""
    from commission_app.gui import loading

    loading.load_faster()  # as the entry point does before it imports anything else of the window
    if sys.argv[1] == "home":
        from commission_app.gui.widgets import chips

        _tell_after_paint(chips.Chip)  # in the rows of Home; made after the services were asked
    else:
        from commission_app.gui import sheet

        _tell_after_paint(sheet.Sheet)
    sys.argv = ["commission-app", *sys.argv[2:]]
    entry.main()


main()
