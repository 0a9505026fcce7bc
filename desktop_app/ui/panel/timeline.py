"""The timeline, drawn: bars to scale, pauses and planned rest hatched, a line for now, quiet ticks."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.ui.cut import drug_forms, fitting
from desktop_app.ui.panel.timeline_model import Bar, Piece, Timeline
from desktop_app.ui.theme import RADIUS_CONTROL, Theme

LANE = 25
BAR = 20
HEAD = 8
FOOT = 22
LEAST_LANES = 3
MOMENT = 20
TICK = 3
CAPTION = 14
_HATCH = 6
TICKS = "The short ticks under a bar: the minutes of running at which its units change."
_FEWEST_LETTERS = 3
"""A name cut shorter than this is left out."""
_FLUID_LIGHT, _FLUID_DARK = QColor("#566B80"), QColor("#5F7488")


class TimelinePicture(QWidget):
    """Draws one session's timeline."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._timeline: Timeline | None = None
        self._unnamed: dict[int, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_timeline(self, timeline: Timeline) -> None:
        """Draw another timeline."""
        height_before = self.sizeHint().height()
        self._timeline = timeline
        self.setAccessibleName(timeline.spoken)
        self.setToolTip(TICKS if timeline.thresholds else "")
        if self.sizeHint().height() != height_before:
            self.updateGeometry()
        self.update()

    def _x(self, at_us: int) -> float:
        shown = self._timeline
        if shown is None:
            return 0.0
        return (at_us - shown.from_us) * self.width() / max(1, shown.to_us - shown.from_us)

    def _draw_ticks(self, painter: QPainter, shown: Timeline) -> None:
        small = self._theme.letters(11)
        painter.setFont(small.font)
        foot = self.height() - self._theme.px(FOOT)
        written_to = 0.0
        for at_us, text in shown.ticks:
            x = self._x(at_us)
            painter.setPen(QPen(self._theme.color("line"), 1))
            painter.drawLine(round(x), 1, round(x), self.height() - 2)
            wide = small.width(text)
            left = x + self._theme.px(4)
            if left < written_to or left + wide > self.width() - self._theme.px(4):
                # A label stands at the right of its line: elsewhere it would be read as another line's.
                continue
            written_to = left + wide + self._theme.px(4)
            painter.setPen(self._theme.color("ink_2"))
            box = QRectF(left, foot, wide + 2, self._theme.px(FOOT))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)

    def _draw_bar(self, painter: QPainter, bar: Bar) -> None:
        top = self._top(bar.lane)
        left = self._x(bar.from_us)
        width = max(3.0, self._x(bar.to_us) - left)
        if bar.piece is Piece.MOMENT:
            width = self._theme.px(MOMENT)
            left = min(left, self.width() - width - 2)
        box = QRectF(left, top, width, self._theme.px(BAR))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._brush(bar.piece))
        if bar.piece in {Piece.PAUSE, Piece.REST, Piece.UNKNOWN}:
            self._draw_hatched(painter, box, bar.piece)
        else:
            painter.drawRoundedRect(box, 4, 4)
        self._draw_text(painter, bar, box)

    def _draw_hatched(self, painter: QPainter, box: QRectF, piece: Piece) -> None:
        painter.save()
        edge = QPainterPath()
        edge.addRoundedRect(box, 4, 4)
        painter.setClipPath(edge, Qt.ClipOperation.IntersectClip)
        name = {Piece.PAUSE: "pause", Piece.REST: "run", Piece.UNKNOWN: "alert"}[piece]
        color = QColor(self._theme.color(name))
        color.setAlpha(110 if piece is Piece.REST else 190)
        painter.setPen(QPen(color, 2.4))
        x = box.left() - box.height()
        while x < box.right():
            painter.drawLine(int(x), int(box.top()), int(x + box.height()), int(box.bottom()) + 1)
            x += _HATCH
        painter.restore()

    def _draw_text(self, painter: QPainter, bar: Bar, box: QRectF) -> None:
        if bar.piece is Piece.REST:
            self._name_rest(painter, bar, box)
        if not bar.text:
            return
        letters = self._theme.letters(11, bold=True)
        inner = box.adjusted(self._theme.px(6), 0, -self._theme.px(4), 0)
        centred = bar.piece is Piece.MOMENT
        inside = box if centred else inner
        text = fitting(drug_forms(bar.text), letters, int(inside.width()))
        if bar.piece is Piece.UNKNOWN:
            self._draw_unknown(painter, bar, box)
            return
        if bar.piece is Piece.PAUSE:
            return
        if len(text) < min(_FEWEST_LETTERS, len(bar.text)):
            self._unnamed[bar.lane] = bar.text
            return
        self._unnamed.pop(bar.lane, None)
        painter.setFont(letters.font)
        painter.setPen(self._theme.color("surface" if self._theme.is_dark else "on_accent"))
        align = Qt.AlignmentFlag.AlignCenter if centred else Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inside, align, text)

    def _name_rest(self, painter: QPainter, bar: Bar, box: QRectF) -> None:
        """Write a drug that has just begun on what is planned of it, where its own bar is too short."""
        name = self._unnamed.pop(bar.lane, "")
        letters = self._theme.letters(11, bold=True)
        room = int(box.width()) - self._theme.px(16)
        text = fitting(drug_forms(name), letters, room)
        if len(text) >= min(_FEWEST_LETTERS, len(name) or _FEWEST_LETTERS):
            width = letters.width(text) + self._theme.px(10)
            self._draw_tag(painter, QRectF(box.left(), box.top(), width, box.height()), text, "ink")

    def _draw_unknown(self, painter: QPainter, bar: Bar, box: QRectF) -> None:
        """Write the drug on a plate of its own, and a question mark where the stop should be."""
        letters = self._theme.letters(11, bold=True)
        mark = letters.width("?") + self._theme.px(10)
        self._draw_tag(painter, QRectF(box.right() - mark, box.top(), mark, box.height()), "?", "alert")
        room = int(box.width() - mark - self._theme.px(20))
        name = fitting(drug_forms(bar.text), letters, room)
        if len(name) >= min(_FEWEST_LETTERS, len(bar.text)):
            width = letters.width(name) + self._theme.px(10)
            self._draw_tag(painter, QRectF(box.left(), box.top(), width, box.height()), name, "ink")

    def _draw_tag(self, painter: QPainter, box: QRectF, words: str, tone: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("raised"))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        painter.setFont(self._theme.font(11, bold=True))
        painter.setPen(self._theme.color(tone))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _draw_thresholds(self, painter: QPainter, shown: Timeline) -> None:
        """Draw a short tick under the bar for each: to be found by whoever looks, and by nobody else."""
        painter.setPen(QPen(self._theme.color("ink_2"), 1.4))
        for mark in shown.thresholds:
            x = self._x(mark.at_us)
            foot = self._top(mark.lane) + self._theme.px(BAR)
            painter.drawLine(QPointF(x, foot - self._theme.px(3)), QPointF(x, foot + self._theme.px(TICK)))

    def _draw_sites(self, painter: QPainter, shown: Timeline) -> None:
        """Write each access site's name over its first lane."""
        painter.setFont(self._theme.font(11))
        painter.setPen(self._theme.color("ink_2"))
        for lane, name in shown.sites:
            high = self._theme.px(CAPTION)
            box = QRectF(self._theme.px(6), self._top(lane) - high, self.width(), high)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)

    def _top(self, lane: int) -> int:
        """Return where a lane's bars begin, in pixels; a named site has its name above."""
        sites = self._timeline.sites if self._timeline else ()
        named = sum(1 for first, _name in sites if first <= lane)
        return self._theme.px(HEAD + lane * LANE + named * CAPTION)

    def _draw_now(self, painter: QPainter, shown: Timeline) -> None:
        if shown.now_us is None:
            return
        x = self._x(shown.now_us)
        painter.setPen(QPen(self._theme.color("alert"), 2))
        painter.drawLine(round(x), self._theme.px(4), round(x), self.height() - self._theme.px(FOOT) + 2)

    def _brush(self, piece: Piece) -> QBrush:
        if piece is Piece.FLUID:
            return QBrush(_FLUID_DARK.lighter(140) if self._theme.is_dark else _FLUID_LIGHT)
        return QBrush(self._theme.color("done" if piece is Piece.MOMENT else "run"))

    def sizeHint(self) -> QSize:
        """Room for every lane, and for three at least."""
        lanes = max(LEAST_LANES, self._timeline.lanes if self._timeline else 0)
        names = len(self._timeline.sites) * CAPTION if self._timeline else 0
        return QSize(300, self._theme.px(HEAD + lanes * LANE + names + FOOT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw plate, hours, bars and now."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plate = QPainterPath()
        plate.addRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CONTROL, RADIUS_CONTROL
        )
        painter.fillPath(plate, self._theme.color("raised"))
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.drawPath(plate)
        if self._timeline is not None:
            painter.setClipPath(plate)
            self._draw_ticks(painter, self._timeline)
            self._unnamed = {}
            for bar in self._timeline.bars:
                self._draw_bar(painter, bar)
            self._draw_thresholds(painter, self._timeline)
            self._draw_sites(painter, self._timeline)
            self._draw_now(painter, self._timeline)
