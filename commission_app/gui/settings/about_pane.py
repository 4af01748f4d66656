"""What this program is, and what it is not."""

from typing import TYPE_CHECKING

from PySide6 import __version__ as qt_version
from PySide6.QtWidgets import QVBoxLayout, QWidget

import commission_app
from commission_app.gui.settings.page import Pane
from commission_app.gui.widgets.page_parts import ScrollPage, Section
from commission_app.gui.widgets.text import Paragraph

if TYPE_CHECKING:
    from commission_app.gui.desk import Desk


class AboutPane(Pane):
    """Version, license, and that this is no legal advice."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        scroll = ScrollPage(top=20)
        self.version = self.tr("Version {version}, with Qt {qt}").format(
            version=commission_app.__version__, qt=qt_version
        )
        for heading, text in (
            (self.tr("Commission App"), self.version),
            (
                self.tr("Not legal advice"),
                self.tr(
                    "The rule book cites laws and city papers so that you can look them up. Laws change, and "
                    "cities differ: ask your city clerk or attorney before you rely on a deadline."
                ),
            ),
            (
                self.tr("Yours alone"),
                self.tr(
                    "Everything is in one file on this computer. The program never uses the network without "
                    "being asked. The names of people order the screens and sign the history; they protect "
                    "nothing: whoever has the file can read it."
                ),
            ),
            (
                self.tr("License"),
                self.tr(
                    "Free software under the MIT License. Qt and PySide6 are used under the LGPL, the Noto "
                    "fonts under the SIL Open Font License; the coastline is Natural Earth’s, in the public "
                    "domain."
                ),
            ),
            (self.tr("This file"), str(desk.session.path)),
        ):
            section = Section(heading, lined=False)
            section.setMaximumWidth(600)
            section.add(Paragraph(text, "body", "ink-2"))
            scroll.column.addWidget(section)
        scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
