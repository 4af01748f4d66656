"""The eight days that end with a meeting: where now is, and by when the agenda must be posted."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from commission_app.gui import theme
from commission_app.gui.widgets import painting

DAYS = 8
_BAR = 10.0


class PostingTrack(painting.Painted):
    """Eight days on a bar; the last one is the meeting's. All times are local, without a zone."""

    def __init__(
        self, now: datetime, deadline: datetime, meeting_start: datetime, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Time left to post the agenda"))
        self.set_times(now, deadline, meeting_start)

    def set_times(self, now: datetime, deadline: datetime, meeting_start: datetime) -> None:
        """Show other times, as the wall clock at the meeting's place reads them."""
        self.now, self.deadline, self.meeting_start = now, deadline, meeting_start
        sentence = self.tr("Post by {deadline}. The meeting starts {meeting}. It is now {now}.").format(
            deadline=_moment(deadline), meeting=_moment(meeting_start), now=_moment(now)
        )
        self.setAccessibleDescription(sentence)
        self.setToolTip(sentence)
        self.update()

    # Geometry

    def first_day(self) -> date:
        """The first of the eight days."""
        return self.meeting_start.date() - timedelta(days=DAYS - 1)

    def x_of(self, moment: datetime) -> float:
        """Where a moment stands; a moment outside the eight days stands at the nearer end."""
        begin = datetime.combine(self.first_day(), datetime.min.time())
        days = (moment - begin) / timedelta(days=1)
        return self.width() * min(max(days / DAYS, 0), 1)

    def bar_rect(self) -> QRectF:
        """The bar, in the widget's coordinates."""
        return QRectF(0, theme.line_height("small") + 3, self.width(), _BAR)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(336), self.minimumSizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        height = self.bar_rect().bottom() + 9 + 2 * theme.line_height("small")
        return QSize(theme.scaled(36) * DAYS, round(height))

    # Painting

    @override
    def draw(self, painter: QPainter) -> None:
        rect = self.bar_rect()
        now, deadline, meeting = (self.x_of(at) for at in (self.now, self.deadline, self.meeting_start))
        painting.bar(painter, rect, 5, theme.colour("track"), (0, self.width()))
        waiting = painting.bar_part(rect, 5, (deadline, meeting))
        painting.hatch(painter, waiting, theme.colour("line-strong"), width=1.6, every=4)
        painting.bar(painter, rect, 5, theme.colour("ink-2"), (0, now))
        self._draw_meeting(painter, meeting, rect)
        if 0 < now < self.width():
            painting.fill(painter, QRectF(now - 1, rect.top() - 5, 2, 20), theme.colour("ink"))
        self._draw_flag(painter, deadline, rect)
        self._draw_days(painter, rect.bottom() + 9)

    def _draw_meeting(self, painter: QPainter, x: float, rect: QRectF) -> None:
        square = painting.snapped(painter, QRectF(x - 6, rect.center().y() - 6, 12, 12))
        painter.fillPath(painting.rounded(square, 2.5), theme.colour("accent-fill"))

    def _draw_flag(self, painter: QPainter, x: float, rect: QRectF) -> None:
        top, colour = rect.top() - 15, theme.colour("warn-mark")
        painting.fill(painter, QRectF(x - 1.25, top, 2.5, 30), colour)
        flag = QPainterPath(QPointF(x - 6.5, top))
        for dx, dy in ((6.5, 0), (6.5, 4), (4, 7.5), (-4, 7.5), (-6.5, 4)):
            flag.lineTo(x + dx, top + dy)
        flag.closeSubpath()
        painter.fillPath(flag, colour)
        text = self.tr("post by {time}").format(time=painting.short_time(self.deadline))
        width, height = painting.text_width("small-strong", text), theme.line_height("small-strong")
        left = x + 12 if x + 12 + width <= self.width() else x - 12 - width
        box = QRectF(left, top + 4 - height / 2, width + 1, height)
        painting.write(painter, box, text, "small-strong", "warn")

    def _draw_days(self, painter: QPainter, y: float) -> None:
        marked = {at.date() for at in (self.now, self.deadline, self.meeting_start)}
        locale = self.locale()
        slot, below = self.width() / DAYS, QPointF(0, theme.line_height("small"))
        for index in range(DAYS):
            day = self.first_day() + timedelta(days=index)
            role, colour = ("small-strong", "ink") if day in marked else ("small", "ink-3")
            name = locale.standaloneDayName(day.isoweekday(), locale.FormatType.ShortFormat)
            at = QPointF(slot * (index + 0.5), y)
            painting.write_centred(painter, at, name, role, colour)
            painting.write_centred(painter, at + below, locale.toString(day.day), role, colour)


def _moment(at: datetime) -> str:
    return f"{painting.long_day(at)}, {painting.short_time(at)}"
