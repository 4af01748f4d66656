"""The scenes of what goes on from meeting to meeting: the list of action items, the story of a matter."""

from typing import Final

from commission_app.gui.meetings.page import MeetingsPage
from commission_app.gui.page import Place
from tests.screens.scenes import HELD, scene
from tests.screens.stage import Stage

_GARDEN: Final = "Friendship garden"


@scene("to-do", large=True)
def _to_do(stage: Stage) -> None:
    stage.go(MeetingsPage, tab="to-do")


@scene("matter", large=True)
def _matter(stage: Stage) -> None:
    items = stage.desk.session.agendas.items(stage.meeting(HELD).meeting.id)
    [garden] = [item.id for item in items if item.title.startswith(_GARDEN)]
    page = stage.go(MeetingsPage)
    page.show_matter(Place(page="meetings", tab="matter", part=garden))
    stage.settle()
