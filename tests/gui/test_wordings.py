"""Settings, Wording: papers are chosen, their words changed and taken back, the page follows."""

import io

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from commission_app.domain.donor_letters import Wordable
from commission_app.domain.wording import OURS
from commission_app.gui.desk import Desk
from commission_app.gui.main_window import MainWindow
from commission_app.gui.page import Place
from commission_app.gui.settings.page import SettingsPage
from commission_app.gui.settings.wordings_pane import WordingEditor, WordingsPane, paper_name
from tests.gui.conftest import settle


@pytest.fixture
def pane(main_window: MainWindow, qtbot: QtBot) -> WordingsPane:
    main_window.navigate(Place(page="settings", tab="wordings"))
    page = main_window.page("settings")
    assert isinstance(page, SettingsPage)
    found = page.pane("wordings")
    assert isinstance(found, WordingsPane)
    return found


def editor(pane: WordingsPane) -> WordingEditor:
    assert pane.editor is not None
    return pane.editor


def choose(pane: WordingsPane, paper: Wordable) -> WordingEditor:
    pane.paper.set_value(paper)
    pane.paper.changed.emit()
    return editor(pane)


def drawn(pane: WordingsPane) -> str:
    pdf = pane.pdf()
    return "" if pdf is None else " ".join(PdfReader(io.BytesIO(pdf.data)).pages[0].extract_text().split())


def stored(desk: Desk, paper: Wordable) -> tuple[str, str, bool]:
    view = next(each for each in desk.session.wordings.all() if each.paper is paper)
    return view.wording.subject, view.wording.text, view.is_ours


def test_page_follows_what_is_typed_and_saving_keeps_it(
    pane: WordingsPane, main_window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "Thank you for your support" in drawn(pane))
    form = editor(pane)
    form.text.area.setPlainText("Dear {name},\n\nmany thanks for {amount}.")
    qtbot.waitUntil(lambda: "many thanks for $100.00." in drawn(pane))
    qtbot.mouseClick(form.save, Qt.MouseButton.LeftButton)
    assert stored(desk, Wordable.RECEIPT)[1:] == ("Dear {name},\n\nmany thanks for {amount}.", False)
    qtbot.mouseClick(main_window.bar.undo, Qt.MouseButton.LeftButton)
    assert stored(desk, Wordable.RECEIPT)[2]
    assert form.text.value() == OURS[Wordable.RECEIPT].text
    settle(main_window, qtbot)


def test_unknown_placeholder_is_told_under_its_field(pane: WordingsPane, desk: Desk, qtbot: QtBot) -> None:
    form = editor(pane)
    form.text.area.setPlainText("Dear {nam},")
    qtbot.mouseClick(form.save, Qt.MouseButton.LeftButton)
    assert form.text.error() == "There is no {nam} for this paper. The nearest is {name}."
    assert stored(desk, Wordable.RECEIPT)[2]
    form.form.reset()


def test_in_kind_text_with_a_value_is_refused(pane: WordingsPane, desk: Desk, qtbot: QtBot) -> None:
    form = choose(pane, Wordable.IN_KIND)
    form.text.area.setPlainText("Dear {name}, it is worth 300 dollars.")
    qtbot.mouseClick(form.save, Qt.MouseButton.LeftButton)
    assert form.text.error() == "A receipt in kind names no amount: take out “worth 300”."
    assert stored(desk, Wordable.IN_KIND)[2]
    form.form.reset()


def test_placeholder_is_inserted_where_the_cursor_stood(pane: WordingsPane) -> None:
    form = editor(pane)
    menu = form.menu()
    actions = {action.data(): action for action in menu.actions()}
    assert set(actions) >= {"{name}", "{amount}", "{receiver}"}
    form.text.area.setPlainText("For ")
    form.text.area.moveCursor(form.text.area.textCursor().MoveOperation.End)
    actions["{receiver}"].trigger()
    assert form.text.value() == "For {receiver}"
    form.subject.edit.setFocus()
    form.subject.edit.clear()
    actions["{number}"].trigger()
    assert form.subject.value() == "{number}"
    form.form.reset()


def test_our_words_come_back(pane: WordingsPane, desk: Desk, qtbot: QtBot) -> None:
    form = choose(pane, Wordable.STATEMENT)
    assert form.reset.unavailable_because() == "These are the program’s words."
    desk.session.wordings.save(Wordable.STATEMENT, "Your gifts", "Dear {name}, {total}.")
    qtbot.waitUntil(lambda: form.subject.value() == "Your gifts")
    qtbot.mouseClick(form.reset, Qt.MouseButton.LeftButton)
    assert stored(desk, Wordable.STATEMENT)[2]
    assert form.subject.value() == OURS[Wordable.STATEMENT].subject


def test_what_is_typed_for_a_paper_waits_for_it(pane: WordingsPane, desk: Desk) -> None:
    editor(pane).subject.edit.setText("Gracias")
    editor(pane).form.changed.emit()
    choose(pane, Wordable.FULL)
    assert desk.session.drafts.get("wording:receipt") is not None
    assert choose(pane, Wordable.RECEIPT).subject.value() == "Gracias"
    desk.session.drafts.discard("wording:receipt")


def test_every_paper_has_a_page(pane: WordingsPane, desk: Desk, qtbot: QtBot) -> None:
    for paper in Wordable:
        form = choose(pane, paper)
        assert paper_name(paper)
        qtbot.waitUntil(lambda of=form: "{" not in drawn(pane) and _subject(of) in drawn(pane))


def _subject(form: WordingEditor) -> str:
    return form.subject.value().split("{")[0].strip()
