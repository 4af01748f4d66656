"""Drafts on the screen: what is typed and not saved is kept, brought back into its form, and offered."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakSet

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from commission_app.errors import CommissionError
from commission_app.gui import labels
from commission_app.gui.desk import Desk
from commission_app.gui.messages import Choice
from commission_app.gui.page import Page, Place
from commission_app.gui.widgets.buttons import Button
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.text import IconLabel, Paragraph

if TYPE_CHECKING:
    from commission_app.gui.meetings.item_editor import ItemEditor
    from commission_app.services.drafts import Draft

#: Milliseconds from the last key to the file.
WAIT: Final = 2000
#: Those of the forms that there are: a new form is in no window yet when it takes the place of another one.
_keepers: "Final[WeakSet[DraftKeeper]]" = WeakSet()


def when(desk: Desk, at: datetime) -> str:
    """When something was typed: today at 9:41 PM, yesterday at 9:41 PM, on September 15 at 9:41 PM."""
    wall = labels.local(at, desk.session.context.today().zone)
    translate, days = QCoreApplication.translate, labels.today() - wall.date()
    words = translate("drafts", "on {day} at {time}")
    if not days:
        words = translate("drafts", "today at {time}")
    elif days == timedelta(days=1):
        words = translate("drafts", "yesterday at {time}")
    return words.format(day=labels.day_plain(wall.date()), time=labels.time_clock(wall))


class DraftNotice(QWidget):
    """Above the fields: they hold what was typed before, and a button to forget it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = Paragraph("", "meta", "ink-2", parent=self)
        self.discard = Button(self.tr("Discard"), "quiet", size="small", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel("draft", "ink-2", 16, self))
        row.addWidget(self.text, 1)
        row.addWidget(self.discard)
        self.hide()


class DraftKeeper(QObject):
    """Keeps what is typed in a form under a key: two seconds after the last key, and when the keyboard goes
    elsewhere. What was kept before is brought back by `begin`; what the record took is forgotten.

    It lives as long as the form. A file that is only read keeps nothing."""

    def __init__(self, desk: Desk, form: "Form | ItemEditor") -> None:
        super().__init__(form)
        self._desk, self._form = desk, form
        _keepers.add(self)
        self._key = self._what = ""
        self._place: dict[str, str] = {}
        self._kept: Mapping[str, Any] = {}
        self._is_resting = self._is_open = False
        self.notice = DraftNotice(form)
        self.notice.discard.clicked.connect(self.discard)
        form.show_above(self.notice)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT)
        self._timer.timeout.connect(self.keep)
        form.installEventFilter(self)
        desk.operations.entered.connect(self._entered)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def begin(self, key: str, what: str, place: Place) -> None:
        """What is typed from now on is kept under a key; `what` says in words what it is, and `place` where
        the form opens. What was kept under the key stands in the fields again."""
        self._timer.stop()
        self._is_open = True
        self._key, self._what = key, what
        self._place = {name: value for name, value in asdict(place).items() if value}
        self._kept = {}
        self.notice.hide()
        draft = self._desk.session.drafts.get(key)
        if draft is None:
            return
        self._is_resting = True
        self._form.bring_back(draft.typed)
        self._is_resting = False
        self._kept = self._form.typed()
        if self._kept:
            text = self.tr("Typed {when}, not saved yet.").format(when=when(self._desk, draft.at))
            self.notice.text.setText(text)
            self.notice.show()
            if self._desk.messages.current().choices:  # it offered this, or another draft that stays
                self._desk.messages.clear()

    @Slot()
    def note(self) -> None:
        """Something is being typed."""
        if not self._is_resting:
            self._timer.start()

    @Slot()
    def keep(self) -> None:
        """Keep what is typed now."""
        self._timer.stop()
        typed = self._form.typed() if self._key and not self._is_resting else self._kept
        if typed == self._kept:
            return
        drafts = self._desk.session.drafts
        try:
            if typed:
                drafts.keep(self._key, self._what, self._place, typed)
            else:
                drafts.discard(self._key)
        except CommissionError as error:
            self._desk.messages.warn(str(error))
            return
        self._kept = typed

    @Slot()
    def discard(self) -> None:
        """Forget what was typed, and show what the form began with."""
        self._form.reset()
        self.forget()
        self._form.setFocus()

    @Slot()
    def tell_kept(self) -> None:
        """Say of a form that is left what became of what was typed in it."""
        self.keep()
        if self._kept and self._desk.session.may_write:
            draft = self._desk.session.drafts.get(self._key)
            if draft is not None:
                DraftOffer(self._desk, self._desk.operations).tell(draft)

    @Slot(object)
    def _entered(self, form: object) -> None:
        if form is self._form:
            self.forget()

    def forget(self) -> None:
        """What is typed is in the record, or on paper."""
        self._timer.stop()
        self.notice.hide()
        if self._kept:
            self._desk.session.drafts.discard(self._key)
        self._kept = self._form.typed()  # what the record has is not kept again

    @Slot(QWidget, QWidget)
    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is None or not isValid(self._form):  # the focus moves also while a form is taken apart
            return
        if old is self._form or self._form.isAncestorOf(old):
            self.keep()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Hide:
            self.keep()
            self._is_open = False
            if self._is_given_up() and not self._is_taken_up():
                self.tell_kept()
        return super().eventFilter(watched, event)

    def _is_given_up(self) -> bool:
        """Whether the form goes while its page stays: something else was chosen."""
        above = self._form.parentWidget()
        while above is not None and not isinstance(above, Page):
            above = above.parentWidget()
        return isinstance(self._form, Form) and above is not None and not above.isHidden()

    def _is_taken_up(self) -> bool:
        """Whether what was typed stands in another form already, which was opened in place of this one."""
        return any(
            other._is_open and (other._key, other._desk) == (self._key, self._desk)
            for other in _keepers
            if isValid(other)
        )


def keep_drafts(desk: Desk, form: Form, key: str, what: str, place: Place) -> DraftKeeper:
    """Keep what is typed in a form that is ready, and bring back what was typed in it before."""
    keeper = DraftKeeper(desk, form)
    form.changed.connect(keeper.note)
    form.cancelled.connect(keeper.tell_kept)
    keeper.begin(key, what, place)
    return keeper


class DraftOffer(QObject):
    """Offers in the message bar to go on with what was typed and not saved."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._draft: Draft | None = None

    def offer(self) -> None:
        """Offer the newest draft of the file, if there is one."""
        draft = next(iter(self._desk.session.drafts.all()), None)
        if draft is not None:
            text = self.tr("You were working on {what} {when}.")
            self._show(draft, text.format(what=draft.what, when=when(self._desk, draft.at)))

    def tell(self, draft: "Draft") -> None:
        """Say that a draft is kept."""
        self._show(draft, self.tr("What you typed is kept: {what}.").format(what=draft.what))

    def _show(self, draft: "Draft", text: str) -> None:
        self._draft = draft
        go_on, forget = Choice(self.tr("Continue"), self.go_on), Choice(self.tr("Discard"), self.forget)
        self._desk.messages.offer(text, go_on, forget)

    @Slot()
    def go_on(self) -> None:
        """Open the form, which brings the draft back."""
        if self._draft is not None:
            self._desk.messages.clear()
            self._desk.navigate(Place(**self._draft.place))

    @Slot()
    def forget(self) -> None:
        """Discard the draft, and offer the one before it."""
        if self._draft is not None:
            self._desk.session.drafts.discard(self._draft.key)
            self._desk.messages.info(self.tr("Discarded: {what}.").format(what=self._draft.what))
            self.offer()
