"""One number of the suite with its few words, and the one that can be pressed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.board.suite_model import Need
from desktop_app.ui.theme import RADIUS_CONTROL, Theme
from desktop_app.ui.widgets.labels import label, retone

NUMBER, CAPTION = 18, 12
_EDGE = 8

_OF_ONE = {"coded lines": "coded line", "lines": "line", "need attention": "needs attention"}


class Figure(QWidget):
    """One number of the suite with its few words; fewer of them where there is little room."""

    def __init__(self, words: str, brief: str = "") -> None:
        super().__init__()
        self._words = words
        self._brief = brief or words
        self._is_brief = False
        self._caption = label(words, size=CAPTION, tone="caption")
        self._number = label("0", size=NUMBER, heavy=True)
        self._number.setAlignment(Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch()
        column.addWidget(self._number)
        column.addWidget(self._caption)
        column.addStretch()

    def show_number(self, text: str, *, alert: bool = False) -> None:
        """Show a number; red when someone should look."""
        if self._number.text() != text:
            self._number.setText(text)
            self._caption.setText(self._said(text, brief=self._is_brief))
            self.setAccessibleName(f"{text} {self._said(text, brief=False)}")
        retone(self._number, "alert" if alert else "ink")

    def be_brief(self, *, brief: bool) -> None:
        """Say it in fewer words, or in all of them."""
        if brief != self._is_brief:
            self._is_brief = brief
            self._caption.setText(self._said(self._number.text(), brief=brief))

    def room(self, theme: Theme, *, brief: bool) -> int:
        """Return how wide it is in so many words, in pixels."""
        number = QFontMetrics(theme.font(NUMBER, bold=True)).horizontalAdvance(self._number.text())
        words = self._said(self._number.text(), brief=brief)
        return max(number, QFontMetrics(theme.font(CAPTION)).horizontalAdvance(words))

    def stand_level(self, theme: Theme, size: int) -> None:
        """Let the number stand on one line with a larger one beside it."""
        larger = QFontMetrics(theme.font(size, bold=True))
        own = QFontMetrics(theme.font(NUMBER, bold=True))
        self._number.setMinimumHeight(larger.height())
        self._number.setContentsMargins(0, 0, 0, larger.descent() - own.descent())

    def _said(self, number: str, *, brief: bool) -> str:
        words = self._brief if brief else self._words
        return _OF_ONE.get(words, words) if number == "1" else words


class AttentionButton(QAbstractButton):
    """The number of chairs and marks that need someone; pressing it goes to the next of them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.figure = Figure("need attention", "attention")
        self.figure.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE, 0, _EDGE, 0)
        row.addWidget(self.figure)
        theme.changed.connect(self._size)
        self._size()

    def show_needs(self, needs: tuple[Need, ...]) -> None:
        """Show how many there are; the name and the tip say which."""
        self.figure.show_number(str(len(needs)), alert=bool(needs))
        listed = "; ".join(need.spoken for need in needs)
        verb = "needs" if len(needs) == 1 else "need"
        name = (
            f"{len(needs)} {verb} attention: {listed}. Go to the next" if needs else "Nothing needs attention"
        )
        if self.accessibleName() == name:
            return
        self.setAccessibleName(name)
        self.setToolTip(
            "\n".join([*(need.spoken.capitalize() for need in needs), "Next: N"]) if needs else ""
        )
        self.setEnabled(bool(needs))

    def room(self, *, brief: bool) -> int:
        """Return how wide it is in so many words, in pixels."""
        return self.figure.room(self._theme, brief=brief) + 2 * _EDGE

    def _size(self) -> None:
        self.setFixedHeight(self._theme.px(48))

    def sizeHint(self) -> QSize:
        """As wide as the number's words."""
        return QSize(self.figure.sizeHint().width() + 2 * _EDGE, self._theme.px(48))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space presses; Enter is the window's, which knows a scan from a press."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the plate under the mouse and the ring of the focus; the number draws itself."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        if self.isEnabled():
            painter.setBrush(self._theme.tint("accent" if self.underMouse() else "alert"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS_CONTROL, RADIUS_CONTROL)
