"""The one kind of button: it paints itself, is at least 40 px high, shows its focus, and Enter presses it."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop_app.core.values import dataclass
from desktop_app.ui.theme import DARK, LIGHT, RADIUS_CONTROL, Theme
from desktop_app.ui.widgets.icons import draw_icon

HEIGHT = 40
LOWEST = 36
ICON = 12
GAP = 8
_WORDS = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})


class Kind(StrEnum):
    """How loud a button is."""

    PRIMARY = "primary"
    QUIET = "quiet"
    CHIP = "chip"
    """One of several choices; filled when chosen."""
    LINK = "link"
    INVERSE = "inverse"
    """A link on a plate of ink."""


@dataclass(frozen=True, slots=True)
class _Look:
    fill: QColor | None
    edge: QColor | None
    text: QColor


class Button(QPushButton):
    """A push button in the program's look. ``hint`` is the key that does the same, shown small."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        kind: Kind = Kind.QUIET,
        icon: str = "",
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._kind = kind
        self._icon_name = icon
        self._hint = hint
        self.setCheckable(kind is Kind.CHIP)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        theme.changed.connect(self.updateGeometry)

    def show_as(self, text: str, *, icon: str = "", kind: Kind | None = None, name: str = "") -> None:
        """Become another action in the same place."""
        self._icon_name, self._kind = icon, kind or self._kind
        self.setText(text)
        self.setAccessibleName(name or text)
        self.update()

    @property
    def is_primary(self) -> bool:
        """Whether it is the way on."""
        return self._kind is Kind.PRIMARY

    def show_hint(self, hint: str) -> None:
        """Show another key that does the same, or none where no key does now."""
        self._hint = hint
        self.updateGeometry()
        self.update()

    def _look(self) -> _Look:
        color, tint = self._theme.color, self._theme.tint
        if not self.isEnabled():
            return _Look(color("raised"), color("line"), color("ink_3"))
        if self._kind is Kind.PRIMARY:
            fill = color("accent")
            return _Look(fill.darker(112) if self._pressed_or_over() else fill, None, color("on_accent"))
        if self._kind is Kind.LINK:
            return _Look(tint("accent") if self.underMouse() else None, None, color("accent"))
        if self._kind is Kind.INVERSE:
            other = LIGHT if self._theme.is_dark else DARK
            return _Look(None, None, other.color("accent"))
        if self.isChecked():
            return _Look(tint("accent"), color("accent"), color("accent"))
        return _Look(
            tint("accent") if self._pressed_or_over() else color("raised"), color("line"), color("ink")
        )

    def _pressed_or_over(self) -> bool:
        return self.isDown() or self.underMouse()

    def _draw_plate(self, painter: QPainter, look: _Look) -> None:
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(look.edge, 1) if look.edge else Qt.PenStyle.NoPen)
        painter.setBrush(look.fill or Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)

    def _draw_focus(self, painter: QPainter) -> None:
        inset = 2.5 if self._kind is Kind.PRIMARY else 1.0
        # What is taken has an edge of the accent already: on it the ring is of another colour.
        usual = "ink" if self.isChecked() else "accent"
        name = "on_accent" if self._kind is Kind.PRIMARY else usual
        painter.setPen(QPen(self._theme.color(name), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, RADIUS_CONTROL - 1.5, RADIUS_CONTROL - 1.5)

    def _draw_words(self, painter: QPainter, look: _Look) -> None:
        letters = self._theme.letters(13, bold=True)
        room = self.width() - self._theme.px(8)
        wanted = letters.width(self.text())
        # The key goes first, then the icon; the words are cut last.
        hint = self._hint_room() if wanted + self._icon_room() + self._hint_room() <= room else 0
        icon = self._icon_room() if wanted + self._icon_room() <= room else 0
        words, width = self.text(), wanted
        if wanted > room - hint - icon:
            words = letters.cut(words, room - hint - icon)
            width = letters.width(words)
        left = (self.width() - width - icon - hint) / 2
        if icon:
            size = self._theme.px(ICON)
            draw_icon(
                painter, self._icon_name, QRectF(left, (self.height() - size) / 2, size, size), look.text
            )
        painter.setFont(letters.font)
        painter.setPen(look.text)
        box = QRectF(left + icon, 0, width + 2, self.height())
        painter.drawText(box, _WORDS, words)
        if hint:
            self._draw_hint(painter, look, box.right())

    def _draw_hint(self, painter: QPainter, look: _Look, left: float) -> None:
        painter.setFont(self._theme.font(11))
        painter.setPen(look.text if self._kind is Kind.PRIMARY else self._theme.color("ink_2"))
        box = QRectF(left + self._theme.px(4), 1, self._hint_room(), self.height())
        painter.drawText(box, _WORDS, self._hint)

    def _icon_room(self) -> int:
        if not self._icon_name:
            return 0
        return self._theme.px(ICON + GAP if self.text() else ICON)

    def _hint_room(self) -> int:
        if not self._hint:
            return 0
        return self._theme.letters(11).width(self._hint) + self._theme.px(6)

    def sizeHint(self) -> QSize:
        """Room for icon, words and key, at least 40 px high."""
        letters = self._theme.letters(13, bold=True)
        width = letters.width(self.text()) + self._icon_room() + self._hint_room()
        padding = 16 if self._kind in {Kind.LINK, Kind.INVERSE} else 28
        return QSize(width + self._theme.px(padding), self._theme.target(HEIGHT))

    def words_width(self) -> int:
        """Return the narrowest width that shows every word, in pixels."""
        letters = self._theme.letters(13, bold=True)
        return letters.width(self.text()) + self._theme.px(14)

    def minimumSizeHint(self) -> QSize:
        """Words may be shortened before a row breaks."""
        return QSize(self._theme.px(48), self._theme.target(LOWEST))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to whoever holds the button: a scan ends in it. Arrows go among chips only."""
        if event.key() in _ENTER or (event.key() in _ARROWS and self._kind is not Kind.CHIP):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click is one press, also where the first has put another button there."""
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw plate, icon, words, key and focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = self._look()
        self._draw_plate(painter, look)
        self._draw_words(painter, look)
        if self.hasFocus():
            self._draw_focus(painter)
