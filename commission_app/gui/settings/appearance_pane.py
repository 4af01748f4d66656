"""Appearance: theme and text size of this window, paper size of the commission's papers."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.settings.page import Pane
from commission_app.gui.widgets.fields import ChoiceField, RadioField
from commission_app.gui.widgets.form import Form
from commission_app.gui.widgets.page_parts import ScrollPage

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk

_PAPER = "paper.size"


class AppearancePane(Pane):
    """What is chosen is in force at once. `look_chosen` sends theme and text size to the window."""

    look_chosen = Signal(object, int)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.form = Form()
        self.scheme = self.form.add(
            "scheme",
            RadioField(
                self.tr("Theme"),
                (
                    (theme.Scheme.SYSTEM, self.tr("Like the system")),
                    (theme.Scheme.LIGHT, self.tr("Light")),
                    (theme.Scheme.DARK, self.tr("Dark")),
                ),
                help_text=self.tr("Papers are white in both themes."),
            ),
        )
        self.percent = self.form.add(
            "percent",
            RadioField(
                self.tr("Text size"),
                [
                    (percent, self.tr("{percent} %").format(percent=percent))
                    for percent in theme.TEXT_PERCENTS
                ],
            ),
        )
        self.paper = self.form.add(
            "paper",
            ChoiceField(
                self.tr("Paper size"),
                (("letter", self.tr("US Letter")), ("a4", self.tr("A4"))),
                help_text=self.tr("A rule of the commission: it holds for every laptop with this file."),
            ),
        )
        scroll = ScrollPage(top=20)
        scroll.column.addWidget(self.form)
        scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
        self.scheme.committed.connect(self._choose)
        self.percent.committed.connect(self._choose)
        self.paper.committed.connect(self._set_paper)
        self.paper.setEnabled(desk.operations.keeper_reason() is None)
        self.paper.setToolTip(desk.operations.keeper_reason() or "")
        theme.notifier().changed.connect(self.refresh)

    @Slot()
    @override
    def refresh(self) -> None:
        self.scheme.set_value(theme.scheme())
        self.percent.set_value(theme.text_percent())
        session = self._desk.session
        self.paper.set_value(session.commission.rule_book().text(_PAPER, session.context.today().today))

    @Slot()
    def _choose(self) -> None:
        self.look_chosen.emit(self.scheme.value(), self.percent.value())

    @Slot()
    def _set_paper(self) -> None:
        session = self._desk.session
        current = session.commission.rule_book().setting(_PAPER, session.context.today().today)
        self._desk.operations.run(
            session.commission.set_rule,
            _PAPER,
            self.paper.value(),
            from_on=current.from_on if current else None,
            source=current.source if current else None,
            note=current.note if current else None,
            form=self.form,
        )
