"""What a hand-over holds, in a few lines: counts, money, the SHA-256 of the file."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from commission_app.domain.handover import Manifest
from commission_app.domain.money import format_money
from commission_app.gui.widgets.text import Paragraph, Text

#: The counts that people look at, in this order; the manifest has them all.
_SHOWN: Final = ("contacts", "memberships", "meetings", "agenda items", "inquiries", "pledges", "payments")


class ManifestView(QWidget):
    """Names at the left, figures beside them in two columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)

    def show_manifest(self, manifest: Manifest, folder: Path) -> None:
        """Show a manifest and where it lies."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        figures = manifest.figures
        pairs = [(name.capitalize(), f"{figures.get(name, 0):,}") for name in _SHOWN]
        pairs.append((self.tr("Received"), format_money(figures.get("cents received", 0))))
        for at, (name, value) in enumerate(pairs):
            row, column = at // 2 + 1, 2 * (at % 2)
            self._grid.addWidget(Text(name, "body", "ink-2", parent=self), row, column)
            figure = Text(value, "strong", parent=self)
            self._grid.addWidget(figure, row, column + 1)
        self._grid.addWidget(Paragraph(str(folder), "body", "ink", parent=self), 0, 0, 1, 4)
        digest = Paragraph(f"SHA-256 {manifest.sha256}", "small", "ink-3", parent=self)
        digest.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(digest, len(pairs) // 2 + 2, 0, 1, 4)
