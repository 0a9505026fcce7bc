"""The bar over the board: the time, the clock's state, and the suite in five numbers."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.ui.board.day_picture import DayPicture
from desktop_app.ui.board.suite_model import Need, SuiteView
from desktop_app.ui.theme import RADIUS_CONTROL, Theme
from desktop_app.ui.widgets.fields import let_scans_in
from desktop_app.ui.widgets.icons import draw_icon
from desktop_app.ui.widgets.labels import label, retone

HEIGHT = 64
NOT_KNOWN = "–"
"""In the place of a number while the coder is being loaded."""
_ROOM_FOR = {"day": 1130, "lines": 960, "projected": 865, "billable": 765}
"""How wide the bar must be for a number or the picture, in pixels at the usual text size."""


_OF_ONE = {"coded lines": "coded line", "lines": "line", "need attention": "needs attention"}


class Figure(QWidget):
    """One number of the suite with its few words."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self._caption = label(words, size=12, tone="soft")
        self._number = label("0", size=18, heavy=True)
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
            words = _OF_ONE.get(self._words, self._words) if text == "1" else self._words
            self._number.setText(text)
            self._caption.setText(words)
            self.setAccessibleName(f"{text} {words}")
        retone(self._number, "alert" if alert else "ink")


class AttentionButton(QAbstractButton):
    """The number of chairs and marks that need someone; pressing it goes to the next of them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._figure = Figure("need attention")
        self._figure.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.addWidget(self._figure)
        theme.changed.connect(self._size)
        self._size()

    def show_needs(self, needs: tuple[Need, ...]) -> None:
        """Show how many there are; the name and the tip say which."""
        self._figure.show_number(str(len(needs)), alert=bool(needs))
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

    def _size(self) -> None:
        self.setFixedHeight(self._theme.px(48))

    def sizeHint(self) -> QSize:
        """As wide as the number's words."""
        return QSize(self._figure.sizeHint().width() + 16, self._theme.px(48))

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


class SearchBox(QLineEdit):
    """Takes a wristband, a drug or a chair. Enter asks for it.

    Signals:
        asked(str): what was typed.
    """

    asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setPlaceholderText("Scan or search…  Ctrl+K")
        self.setAccessibleName("Search or scan: wristband, MRN, chair or drug")
        let_scans_in(self)
        self._resize()
        theme.changed.connect(self._resize)

    def _resize(self) -> None:
        self.setTextMargins(self._theme.px(20), 0, 0, 0)
        self.setMinimumWidth(self._theme.px(150))
        self.setMaximumWidth(self._theme.px(262))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks, and goes no further; Esc empties the field."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.asked.emit(self.text().strip())
            self.clear()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field with a glass in it."""
        super().paintEvent(event)
        size = self._theme.px(13)
        box = QRectF(self._theme.px(11), (self.height() - size) / 2, size, size)
        draw_icon(QPainter(self), "search", box, self._theme.color("ink_2"))


class SuiteBar(QFrame):
    """The bar itself.

    Signals:
        searched(str): something was typed or scanned, ending in Enter.
        next_wanted: the next that needs attention is wanted.
    """

    searched = Signal(str)
    next_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("plate", "bar")
        self._theme = theme
        self._time = label("", size=22, heavy=True)
        self._day = label("", size=12, tone="soft")
        self._state = label("", size=12)
        self._figures = {
            "running": Figure("chairs running"),
            "billable": Figure("billable now"),
            "projected": Figure("projected today"),
            "lines": Figure("coded lines"),
        }
        self.attention = AttentionButton(theme)
        self.attention.clicked.connect(self.next_wanted)
        self.day = DayPicture(theme)
        self.search = SearchBox(theme)
        self.search.asked.connect(self._search)
        self._lay_out()
        theme.changed.connect(self._size)
        self._size()

    def show_view(self, view: SuiteView) -> None:
        """Draw the suite's numbers."""
        self._time.setText(view.time)
        self._day.setText(f"{view.day} ·")
        self._state.setText(f"● {view.clock_words}")
        self._state.setAccessibleName(view.clock_words)
        retone(self._state, "good" if view.clock_is_good else "alert")
        show = self._figures
        show["running"].show_number(f"{view.running} of {view.chairs}")
        show["billable"].show_number(f"{view.billable_now} h" if view.is_coded else NOT_KNOWN)
        show["projected"].show_number(f"{view.projected} h" if view.is_coded else NOT_KNOWN)
        show["lines"].show_number(str(view.lines) if view.is_coded else NOT_KNOWN)
        self.attention.show_needs(view.attention)

    def _lay_out(self) -> None:
        dated = QHBoxLayout()
        dated.setSpacing(4)
        dated.addWidget(self._day)
        dated.addWidget(self._state)
        clock = QVBoxLayout()
        clock.setSpacing(0)
        clock.addStretch()
        clock.addWidget(self._time)
        clock.addLayout(dated)
        clock.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 18, 0)
        row.setSpacing(26)
        row.addLayout(clock)
        for figure in self._figures.values():
            row.addWidget(figure)
        row.addWidget(self.attention)
        row.addWidget(self.day, 50)
        row.addStretch(1)
        row.addWidget(self.search, 100)

    def _size(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))

    def _search(self, text: str) -> None:
        if text:
            self.searched.emit(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the numbers that matter least when there is little room."""
        super().resizeEvent(event)
        parts: dict[str, QWidget] = {**self._figures, "day": self.day}
        for name, width in _ROOM_FOR.items():
            parts[name].setVisible(self.width() >= self._theme.px(width))
