"""A format as it is chosen: a box to tick, its title, what it is; and under it what it lacks."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.ui.export.ports import Lack, Offer
from desktop_app.ui.theme import RADIUS_CONTROL, Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.icons import draw_icon
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.pressable import Pressable
from desktop_app.ui.widgets.sign import Sign

PAD, BOX, GAP, BETWEEN = 10, 18, 10, 2
LOWEST = 44
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class FormatTile(Pressable):
    """One format; all of it is one target."""

    def __init__(self, theme: Theme, offer: Offer) -> None:
        super().__init__(theme)
        self.offer = offer
        self.setCheckable(True)
        self.setText(offer.title)
        self.setAccessibleName(offer.title)
        self.setAccessibleDescription(offer.about)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """What it is wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for the title and every line of what it is."""
        px = self._theme.px
        title = QFontMetrics(self._theme.font(13, bold=True)).height()
        words = self._words_box(width).height()
        return max(self._theme.target(LOWEST), 2 * px(PAD) + title + (px(BETWEEN) + words if words else 0))

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        width = self._theme.px(320)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Words wrap before anything is cut."""
        width = self._theme.px(200)
        return QSize(width, self._theme.target(LOWEST))

    def hitButton(self, at: QPoint) -> bool:
        """All of it is the target."""
        return self.rect().contains(at)

    def _left(self) -> int:
        return self._theme.px(PAD + BOX + GAP)

    def _words_box(self, width: int) -> QRect:
        """Return the room that the words under the title take at a width."""
        room = width - self._left() - self._theme.px(PAD)
        if not self.offer.about:
            return QRect()
        metrics = QFontMetrics(self._theme.font(12))
        return metrics.boundingRect(QRect(0, 0, max(1, room), 10_000), int(_WRAPPED), self.offer.about)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw plate, box, title, words and ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_plate(painter)
        self._draw_box(painter)
        px, color, left = self._theme.px, self._theme.color, self._left()
        font = self._theme.font(13, bold=True)
        title = QRect(left, px(PAD), self.width() - left - px(PAD), QFontMetrics(font).height())
        painter.setFont(font)
        painter.setPen(color("ink" if self.isEnabled() else "ink_3"))
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.offer.title)
        words = self._words_box(self.width()).translated(left, title.bottom() + 1 + px(BETWEEN))
        painter.setFont(self._theme.font(12))
        painter.setPen(color("ink_2" if self.isEnabled() else "ink_3"))
        painter.drawText(words, int(_WRAPPED), self.offer.about)

    def _draw_plate(self, painter: QPainter) -> None:
        is_chosen, color = self.isChecked(), self._theme.color
        painter.setPen(QPen(color("accent" if is_chosen else "line"), 1.5 if is_chosen else 1))
        painter.setBrush(self._theme.tint("accent") if self.underMouse() else color("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS_CONTROL, RADIUS_CONTROL)
        if self.hasFocus():
            painter.setPen(QPen(color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inner = QRectF(self.rect()).adjusted(3.5, 3.5, -3.5, -3.5)
            painter.drawRoundedRect(inner, RADIUS_CONTROL - 2, RADIUS_CONTROL - 2)

    def _draw_box(self, painter: QPainter) -> None:
        size, color = self._theme.px(BOX), self._theme.color
        box = QRectF(self._theme.px(PAD), self._theme.px(PAD), size, size)
        painter.setPen(QPen(color("accent" if self.isChecked() else "ink_3"), 1.4))
        painter.setBrush(color("accent" if self.isChecked() else "raised"))
        painter.drawRoundedRect(box, 4, 4)
        if self.isChecked():
            inset = size / 5
            draw_icon(painter, "check", box.adjusted(inset, inset, -inset, -inset), color("on_accent"))


class LackLine(QWidget):
    """What is to be known of a format, and the way to where it is put right.

    Signals:
        wanted(Lack): go there.
        left_out(Lack): send the others without those that lack it.
    """

    wanted = Signal(object)
    left_out = Signal(object)

    def __init__(self, theme: Theme, lack: Lack) -> None:
        super().__init__()
        self._theme = theme
        self.lack = lack
        px, tone = theme.px, "alert" if lack.keeps_back else "due"
        self.told = label(lack.text, size=12, tone="alert" if lack.keeps_back else "soft", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(PAD), 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        sign = Sign(theme, "alert" if lack.keeps_back else "info", tone)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.told, 1)
        column.addLayout(row)
        under = QHBoxLayout()
        # A link has room around its words; so they stand under those they are about.
        under.setContentsMargins(px(16), 0, 0, 0)
        under.setSpacing(0)
        column.addLayout(under)
        self.go: Button | None = None
        if lack.key or lack.session:
            words = "Set it in the settings" if lack.key else "Look at the session"
            self.go = self._link(under, words, self.wanted)
        self.leave_out: Button | None = None
        if lack.sessions:
            self.leave_out = self._link(under, f"Untick {len(lack.sessions)}", self.left_out)
        under.addStretch()

    def _link(self, under: QHBoxLayout, words: str, what: SignalInstance) -> Button:
        link = Button(self._theme, words, kind=Kind.LINK)
        link.setAccessibleDescription(self.lack.text)
        link.clicked.connect(lambda: what.emit(self.lack))
        under.addWidget(link)
        return link
