"""Light or dark, and the size of the text: put in force and remembered."""

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication

from commission_app.gui import theme
from commission_app.gui.preferences import Preferences


class Appearance(QObject):
    """The look that somebody chose; `changed` tells that another one is in force."""

    changed = Signal()

    def __init__(self, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences = preferences

    @Slot(object, int)
    def set_look(self, scheme: theme.Scheme, percent: int) -> None:
        """Put a theme and a text size in force and remember them; the pointer tells where it takes long."""
        self._preferences.scheme, self._preferences.text_percent = scheme, percent
        app = QCoreApplication.instance()
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            theme.install(app, scheme, percent)  # type: ignore[arg-type] # there is one application
        finally:
            QGuiApplication.restoreOverrideCursor()
        self.changed.emit()

    @Slot()
    def switch_theme(self) -> None:
        """From light to dark and back."""
        scheme = theme.Scheme.LIGHT if theme.is_dark() else theme.Scheme.DARK
        self.set_look(scheme, theme.text_percent())

    @Slot()
    def enlarge_text(self) -> None:
        """The next larger text size."""
        larger = [percent for percent in theme.TEXT_PERCENTS if percent > theme.text_percent()]
        self.set_look(theme.scheme(), larger[0] if larger else theme.TEXT_PERCENTS[-1])

    @Slot()
    def reduce_text(self) -> None:
        """The next smaller text size."""
        smaller = [percent for percent in theme.TEXT_PERCENTS if percent < theme.text_percent()]
        self.set_look(theme.scheme(), smaller[-1] if smaller else theme.TEXT_PERCENTS[0])
