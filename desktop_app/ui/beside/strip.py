"""The small strip: the running chairs in a row that stays on top of whatever else the screen must show.

It holds numbers, states and times, and never anything of a patient.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QMoveEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QWidget

from desktop_app.core.ports import JournalError
from desktop_app.ui.beside.chip import Chip
from desktop_app.ui.board.in_short import ChairInShort, timed_in_short
from desktop_app.ui.keys import ENTER
from desktop_app.ui.station import Station
from desktop_app.ui.theme import RADIUS_CARD
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.labels import label

KEEP_MS = 500
"""A strip that stood still for so long keeps its place."""
_PART_OF_SCREEN = (3, 5)
"""It is at most so much of the screen's width wide, then begins another row."""
_GRIP = 14


class Strip(QWidget):
    """A window of its own, above the others.

    Signals:
        wanted(str): a chair was pressed.
        shown_or_hidden(bool): whether it is to be seen now.
    """

    wanted = Signal(str)
    shown_or_hidden = Signal(bool)

    def __init__(self, station: Station) -> None:
        flags = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(None, flags)
        self._station = station
        self.chips: dict[str, Chip] = {}
        self.setWindowTitle("Chairtime: running chairs")
        self.setAccessibleName("Running chairs")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self._empty = label("Nothing is running.", size=12, tone="soft")
        self.unsaved = label("", size=12, tone="alert", heavy=True)
        self.close_button = Button(station.theme, "×", kind=Kind.LINK)
        self.close_button.setAccessibleName("Hide the small strip")
        self.close_button.clicked.connect(self.hide)
        self._grid = QGridLayout()
        self._grid.setSpacing(4)
        row = QHBoxLayout(self)
        row.setContentsMargins(station.theme.px(_GRIP) + 6, 4, 4, 4)
        row.setSpacing(4)
        row.addLayout(self._grid)
        row.addWidget(self._empty)
        row.addWidget(self.unsaved)
        row.addWidget(self.close_button)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(KEEP_MS)
        self._settle.timeout.connect(self.keep_place)
        station.theme.changed.connect(self._arrange)

    def refresh(self, now_us: int) -> None:
        """Draw the chairs as they are at an instant; hidden, it has nothing to draw."""
        if self.isVisible():
            self._draw(now_us)

    def _draw(self, now_us: int) -> None:
        shown = timed_in_short(self._station.desk.suite, now_us, self._station.reminding.due)
        self._empty.setVisible(not shown)
        if list(self.chips) != [one.chair for one in shown]:
            self._make(shown)
        before = self.sizeHint()
        for one in shown:
            self.chips[one.chair].show_chair(one)
        waiting = sum(1 for touch in self._station.touches.kept if not touch.is_look)
        self.unsaved.setText(f"{waiting} not saved yet" if waiting else "")
        self.unsaved.setVisible(waiting > 0)
        if self.sizeHint() != before:
            self.adjustSize()

    def toggle(self) -> None:
        """Show it where it stood, or hide it."""
        if self.isVisible():
            self.hide()
        else:
            self._draw(self._station.now_us())
            self.adjustSize()
            self.show()

    def place(self) -> QPoint:
        """Return where it is to stand: where it last stood, if that is still on a screen."""
        kept = self._station.settings.get("strip-place")
        x, _, y = kept.partition(",")
        at = QPoint(int(x), int(y)) if kept else QPoint()
        if kept and QGuiApplication.screenAt(at + QPoint(self.width() // 2, self.height() // 2)):
            return at
        room = QGuiApplication.primaryScreen().availableGeometry()
        return QPoint(room.center().x() - self.width() // 2, room.top() + 8)

    def keep_place(self) -> None:
        """Remember where it stands; what cannot be remembered now is no harm."""
        at = f"{self.x()},{self.y()}"
        if at != self._station.settings.get("strip-place"):
            with suppress(ValueError, JournalError):
                self._station.settings.set("strip-place", at)

    def _make(self, shown: tuple[ChairInShort, ...]) -> None:
        for chip in self.chips.values():
            chip.hide()
            chip.deleteLater()
        self.chips = {one.chair: self._chip(one) for one in shown}
        self._arrange()

    def _chip(self, shown: ChairInShort) -> Chip:
        chip = Chip(self._station.theme, shown)
        chip.clicked.connect(lambda: self.wanted.emit(shown.chair))
        return chip

    def _arrange(self) -> None:
        while self._grid.takeAt(0) is not None:
            pass
        part, whole = _PART_OF_SCREEN
        room = self.screen().availableGeometry().width() * part // whole
        widest = max((chip.sizeHint().width() for chip in self.chips.values()), default=1)
        columns = max(1, room // (widest + 4))
        for at, chip in enumerate(self.chips.values()):
            self._grid.addWidget(chip, *divmod(at, columns))
            chip.show()
        self._in_order()
        self.adjustSize()

    def _in_order(self) -> None:
        """Let Tab go over the chairs in their order, and to the way out after them."""
        stops: list[QWidget] = [*self.chips.values(), self.close_button]
        for one, following in pairwise(stops):
            QWidget.setTabOrder(one, following)

    def showEvent(self, event: QShowEvent) -> None:
        """Stand where it stood."""
        super().showEvent(event)
        self.move(self.place())
        self.shown_or_hidden.emit(True)  # noqa: FBT003 - Qt's own signature

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the strip hides it; the program goes on."""
        event.ignore()
        self.hide()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Keep the new place once it stands still."""
        super().moveEvent(event)
        if self.isVisible():
            self._settle.start()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let the desktop move it: by its grip, or wherever no chair is."""
        handle = self.windowHandle()
        if event.button() == Qt.MouseButton.LeftButton and handle is not None:
            handle.startSystemMove()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, arrows and Tab go on, Esc hides."""
        focused = QApplication.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif event.key() in ENTER and isinstance(focused, Chip | Button) and not event.isAutoRepeat():
            focused.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the plate and the grip."""
        theme = self._station.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), RADIUS_CARD // 3, RADIUS_CARD // 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("ink_3"))
        for dx in (0, 5):
            for dy in (-7, 0, 7):
                painter.drawEllipse(QPoint(theme.px(8) + dx, self.height() // 2 + dy), 1, 1)
