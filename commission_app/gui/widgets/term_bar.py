"""How much of a term has passed."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets import painting

BAR, TICK = 6.0, 14.0


@dataclass(frozen=True, slots=True)
class Term:
    """A term by its first and last day (None: not known, no end) as it stands on `today`.

    `holdover`: the member serves on after the last day.
    """

    from_on: date | None
    to_on: date | None
    today: date
    holdover: bool = False

    def elapsed(self) -> float:
        """The part of the bar to fill, from 0 to 1; the bar of a holdover ends today, not with the term."""
        if self.from_on is None:
            return 0
        if self.to_on is None:
            return 1
        until, whole = (self.to_on, self.today) if self.overstays() else (self.today, self.to_on)
        days = (whole - self.from_on).days + 1
        return min(max((until - self.from_on).days / days, 0), 1) if days > 0 else 1

    def overstays(self) -> bool:
        """Whether the term has ended and its member serves on."""
        return self.holdover and self.to_on is not None and self.today > self.to_on

    def ends(self) -> tuple[str, str]:
        """The words under the two ends of the bar; empty where a day is not known."""
        if self.from_on is None and self.to_on is None:
            return "", ""
        begin = painting.short_day(self.from_on) if self.from_on else ""
        if self.to_on is None:
            return begin, QCoreApplication.translate("TermBar", "no end")
        end = painting.short_day(self.to_on)
        if self.overstays():
            end = QCoreApplication.translate("TermBar", "ended {day}").format(day=end)
        return begin, end

    def text(self) -> str:
        """The term in words."""
        begin, end = self.ends()
        if not begin or self.to_on is None or self.overstays():
            return ", ".join(part for part in (begin, end) if part)
        return QCoreApplication.translate("TermBar", "{begin} to {end}").format(begin=begin, end=end)


def draw_term(painter: QPainter, rect: QRectF, term: Term) -> None:
    """Paint a term into `rect`, 14 high: filled to today, the time after its end hatched in a holdover."""
    track = QRectF(rect.left(), rect.center().y() - BAR / 2, rect.width(), BAR)
    left, right = track.left(), track.right()
    at = left + track.width() * term.elapsed()
    if term.overstays():
        at = min(at, right - 8)
        whole = QRectF(left, track.top(), at - left, BAR)
        painter.fillPath(painting.rounded(whole, 3), theme.colour("accent-fill"))
        after = painting.rounded(QRectF(at + 2, track.top(), right - at - 2, BAR), 0)
        painting.hatch(painter, after, theme.colour("warn-mark"), width=2, every=4)
        at = right
    else:
        painting.bar(painter, track, 3, theme.colour("track"), (left, right))
        painting.bar(painter, track, 3, theme.colour("accent-fill"), (left, at))
    if term.from_on is not None and term.to_on is not None:
        tick = QRectF(min(at, right - 1) - 1, rect.center().y() - TICK / 2, 2, TICK)
        painting.fill(painter, tick, theme.colour("ink"))


class TermBar(painting.Painted):
    """A term as a bar 6 high with a tick at today."""

    def __init__(self, term: Term | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Term"))
        self.set_term(term or Term(None, None, date.min))

    def set_term(self, term: Term) -> None:
        """Show another term."""
        self.term = term
        self.setAccessibleDescription(term.text())
        self.setToolTip(term.text())
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(200), round(TICK))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(40, round(TICK))

    @override
    def draw(self, painter: QPainter) -> None:
        draw_term(painter, QRectF(0, (self.height() - TICK) / 2, self.width(), TICK), self.term)
