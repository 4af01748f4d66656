"""Sections without items: the meeting stands at each; what was not taken up is told at the end."""

from commission_app.domain.agendas import Outcome
from commission_app.domain.proceedings import MotionResult, Purpose
from commission_app.gui.run.agenda_line import AgendaLine
from commission_app.gui.run.keys import Do
from commission_app.gui.run.order import stops
from tests.gui.run_evening import Evening


def begin(evening: Evening) -> None:
    """The roll is called, and the meeting to order."""
    evening.begin()
    evening.call_the_roll()
    evening.keys("Enter")


def stand_at(evening: Evening, slug: str) -> None:
    """Press N until the meeting stands at a section."""
    for _ in range(12):
        section = evening.screen.steps.order.section
        if section is not None and section.slug == slug:
            return
        evening.keys("N")
    raise AssertionError(slug)


def line(evening: Evening, words: str) -> AgendaLine:
    """A line of the agenda."""
    return next(each for each in evening.screen.side.lines if words in each.shown.title)


def primary(evening: Evening) -> tuple[str, str]:
    """What is offered first: what it does, and its words."""
    button = evening.screen.item.row.buttons[0]
    return button.property("do"), button.text()


def test_the_meeting_goes_through_sections_and_items_as_printed(evening: Evening) -> None:
    begin(evening)
    printed = [stop.key for stop in stops(evening.view)]
    seen = []
    for _ in printed[1:]:
        section, current = evening.screen.steps.order.section, evening.view.current
        seen.append(f"section:{section.slug}" if section is not None else current.item.id if current else "")
        shown = section.title if section is not None else current.item.title if current else ""
        assert evening.screen.item.title.text() == shown
        evening.keys("N")
    assert seen == printed[1:]
    evening.keys("B")
    assert evening.view.current is not None or seen[-2].startswith("section:")


def test_a_section_is_ticked_when_it_was_passed_and_not_before(evening: Evening) -> None:
    begin(evening)
    assert evening.screen.side.lines[0].shown.title == "I"
    line(evening, "Public forum").chosen.emit()
    assert line(evening, "Public forum").shown.is_current
    assert not line(evening, "Seating of alternates").shown.is_done
    evening.keys("N")
    assert line(evening, "Public forum").shown.is_done
    evening.keys("B")
    assert line(evening, "Public forum").shown.is_current


def test_what_is_folded_opens_and_can_be_gone_back_to(evening: Evening) -> None:
    begin(evening)
    stand_at(evening, "conflicts")
    evening.screen.side.lines[0].chosen.emit()
    line(evening, "Pledge").chosen.emit()
    section = evening.screen.steps.order.section
    assert section is not None
    assert section.slug == "pledge"


def test_who_speaks_at_the_public_forum_is_on_record_there(evening: Evening) -> None:
    begin(evening)
    stand_at(evening, "public-forum")
    assert primary(evening) == (Do.SPEAKER, "Public speaker")
    evening.keys("P")
    evening.types("Pat Roe")
    form = evening.screen.entering.open
    assert form is not None
    form.submitted.emit()
    assert [(speaker.name, speaker.item_id) for speaker in evening.view.speakers] == [("Pat Roe", None)]


def test_the_agenda_is_approved_at_its_section(evening: Evening) -> None:
    begin(evening)
    stand_at(evening, "approve-agenda")
    assert primary(evening) == (Do.MOTION, "Motion to approve the agenda")
    evening.keys("M 2 4 Enter")
    line(evening, "Future").chosen.emit()
    assert evening.told() == "Motion 1 is open. Close or withdraw it first."
    evening.keys("E Enter")
    motion = evening.course.motions[0]
    assert (motion.purpose, motion.text, motion.item_id) == (Purpose.AGENDA, "Approve the agenda.", None)
    assert motion.result is MotionResult.CARRIED
    assert primary(evening)[0] == Do.NEXT


def test_undo_goes_back_to_the_section(evening: Evening) -> None:
    begin(evening)
    stand_at(evening, "approve-agenda")
    evening.keys("N")
    assert evening.view.current is not None
    evening.window.undo()
    section = evening.screen.steps.order.section
    assert section is not None
    assert section.slug == "approve-agenda"


def test_opened_anew_the_meeting_stands_where_the_last_trace_is(evening: Evening) -> None:
    def reopened() -> str:
        evening.keys("Esc")
        section = evening.begin().steps.order.section
        return section.slug if section is not None else ""

    begin(evening)
    stand_at(evening, "public-forum")
    assert reopened() == "pledge"
    evening.session.proceedings.add_speaker(evening.meeting_id(), name="Pat Roe")
    assert reopened() == "public-forum"
    stand_at(evening, "conflicts")
    assert reopened() == "conflicts"


def test_what_was_not_taken_up_is_told_and_continued(evening: Evening) -> None:
    evening.called_to_order()
    evening.go_to("Tsukuba")
    line(evening, "Adjournment").chosen.emit()
    assert primary(evening) == (Do.ADJOURN, "Adjourn")
    left = [each for each in evening.view.agenda if not each.is_taken_up]
    assert all(not each.shown.is_done for each in evening.screen.side.lines if each.shown.key in _ids(left))
    evening.keys("X")
    panel = evening.screen.entering.open
    assert panel is not None
    assert len(left) == 1
    assert [choice.words for choice in panel.choices][:2] == [
        "Continue it to the next meeting",
        "Adjourn anyway",
    ]
    evening.keys("C")
    assert not evening.view.left_over
    panel = evening.screen.entering.open
    assert panel is not None
    assert panel.choices[0].words == "Adjourn"
    evening.keys("Esc")
    continued = [each for each in evening.view.agenda if each.item.outcome is Outcome.CONTINUED]
    assert _ids(continued) == _ids(left)
    evening.window.undo()
    assert _ids(evening.view.left_over) == _ids(left)
    evening.keys("X A")
    assert evening.course.adjourned_at is not None
    undone = [each.shown for each in evening.screen.side.lines if each.shown.key in _ids(left)]
    assert len(undone) == len(left)
    assert not any(shown.is_done for shown in undone)


def test_a_meeting_that_was_called_by_mistake_has_not_begun_after_all(evening: Evening) -> None:
    screen = evening.called_to_order()
    evening.keys("X")
    panel = screen.entering.open
    assert panel is not None
    assert panel.choices[-1].words == "It has not begun after all"
    roll = len(evening.course.roll)
    evening.keys("N")
    assert evening.course.called_at is None
    assert not evening.course.roll
    assert primary(evening) == (Do.CALL, "Call to order")
    evening.window.undo()
    assert evening.course.called_at is not None
    assert len(evening.course.roll) == roll
    evening.go_to("Tainan")
    evening.keys("M 2 4 Enter D D X")
    panel = screen.entering.open
    assert panel is not None
    assert "not-begun" not in [choice.value for choice in panel.choices]


def _ids(lines: object) -> list[str]:
    return [each.item.id for each in lines]  # type: ignore[attr-defined]
