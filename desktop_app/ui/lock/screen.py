"""What is seen while the window is locked: the time, the chairs that are timed, the way back in."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from desktop_app.ui import words
from desktop_app.ui.board.in_short import ChairInShort, chairs_in_short, running_chairs
from desktop_app.ui.board.suite_model import needs
from desktop_app.ui.keys import ENTER, SPACE, is_character, within
from desktop_app.ui.lock.door import Door
from desktop_app.ui.lock.tile import HEIGHT, WIDTH, Tile
from desktop_app.ui.scan_gate import FIELD_GAP_MS
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.labels import label, retone
from desktop_app.ui.widgets.scroll import Scroll

HINT = "Touch a chair to stamp this moment. Say what it was after unlocking."
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_GAP = 12


class LockScreen(QWidget):
    """Covers the whole window and takes every key.

    Signals:
        touched(str): a chair was touched.
    """

    touched = Signal(str)

    def __init__(self, station: Station, over: QWidget) -> None:
        super().__init__(over)
        self._station = station
        self._over = over
        self._key_ms: int | None = None
        self._running = QElapsedTimer()
        self._running.start()
        self.setAccessibleName("Locked")
        self.tiles: dict[str, Tile] = {}
        self.door = Door(station)
        self.time = label("", size=48, heavy=True)
        self.summary = label("", tone="soft")
        self.said = label("", wrap=True)
        self._grid_place = QWidget()
        self._grid = QGridLayout(self._grid_place)
        self._lay_out()
        over.installEventFilter(self)
        station.theme.changed.connect(self._size)
        self._size()
        self.hide()

    def refresh(self, now_us: int) -> None:
        """Draw everything as it is at an instant."""
        suite, due, zone = self._station.desk.suite, self._station.reminding.due, self._station.zone
        self.time.setText(words.clock(now_us, zone))
        count = len(running_chairs(suite))
        wanting = len(needs(suite, now_us, zone, due))
        verb = "needs" if wanting == 1 else "need"
        running = words.count_words(count, "chair", "chairs")
        told = f"{running} running · {wanting} {verb} attention"
        self.summary.setText(told if count or wanting else "Nothing is running.")
        self._show_tiles(chairs_in_short(suite, now_us, due))

    def say(self, text: str, *, alert: bool = False) -> None:
        """Say what became of a touch."""
        self.said.setText(text)
        self.said.setAccessibleName(text)
        retone(self.said, "alert" if alert else "good")

    def cover(self, on: str = "") -> None:
        """Cover the window, with nothing said and nothing stamped; ``on`` is who was here."""
        self.say("")
        self.door.prepare(on)
        for tile in self.tiles.values():
            tile.show_stamp("")
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self.door.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        centred = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(10)
        column.addStretch(3)
        for part in (self.time, self.summary):
            column.addWidget(part, 0, centred)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignCenter)
        scroll = Scroll("Chairs", self._grid_place)
        scroll.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._place = scroll
        column.addWidget(scroll, 200)
        self.said.setAlignment(centred)
        column.addWidget(self.said)
        column.addWidget(self.door)
        self.hint = label(HINT, size=12, tone="soft")
        column.addWidget(self.hint, 0, centred)
        column.addStretch(4)

    def _show_tiles(self, shown: tuple[ChairInShort, ...]) -> None:
        if list(self.tiles) != [one.chair for one in shown]:
            self._make_tiles(shown)
        self.hint.setVisible(bool(shown))
        for one in shown:
            self.tiles[one.chair].show_chair(one)

    def _make_tiles(self, shown: tuple[ChairInShort, ...]) -> None:
        before = self.tiles
        self.tiles = {}
        for one in shown:
            tile = before.pop(one.chair, None) or self._tile(one)
            self.tiles[one.chair] = tile
        for gone in before.values():
            gone.hide()
            gone.deleteLater()
        self._arrange()

    def _tile(self, shown: ChairInShort) -> Tile:
        tile = Tile(self._station.theme, shown)
        tile.keyed.connect(self.keyPressEvent)
        tile.clicked.connect(lambda: self.touched.emit(shown.chair))
        return tile

    def _arrange(self) -> None:
        while self._grid.takeAt(0) is not None:
            pass
        px = self._station.theme.px
        most = max(1, (self.width() - px(80)) // (px(WIDTH) + _GAP))
        # As square as there is room for, so that a few chairs stand in one row and forty do not scroll.
        columns = min(most, max(6, round(len(self.tiles) ** 0.5 * 1.4)))
        self._grid.setSpacing(_GAP)
        for at, tile in enumerate(self.tiles.values()):
            self._grid.addWidget(tile, *divmod(at, columns))
            tile.show()
        # No higher than its rows, so that time, chairs and door stand together in the middle.
        rows = -(-len(self.tiles) // columns)
        self._place.setMaximumHeight(rows * (px(HEIGHT) + _GAP) + 2 * _GAP)

    def _size(self) -> None:
        for tile in self.tiles.values():
            tile.setFixedSize(tile.sizeHint())
        self._arrange()

    def _press(self) -> None:
        focused = QApplication.focusWidget()
        is_way = isinstance(focused, Button) and self.door.isAncestorOf(focused)
        if isinstance(focused, Tile) or (is_way and isinstance(focused, Button)):
            focused.click()
        else:
            self.door.knock()

    def _step(self, by: int) -> None:
        tiles = list(self.tiles.values())
        focused = QApplication.focusWidget()
        at = tiles.index(focused) + by if isinstance(focused, Tile) else min(0, by)
        if tiles:
            tiles[at % len(tiles)].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter stamps at a chair, else opens; arrows go from chair to chair; a scan opens nothing."""
        at_ms = event.timestamp() or self._running.elapsed()
        is_scan = within(self._key_ms, at_ms, FIELD_GAP_MS)
        if event.key() in ENTER or (event.text() == SPACE and not is_scan):
            if not is_scan and not event.isAutoRepeat():
                self._press()
        elif event.key() == Qt.Key.Key_L and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.door.knock()
        elif event.key() in _STEPS:
            self._step(_STEPS[Qt.Key(event.key())])
        self._key_ms = at_ms if is_character(event) else None
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize and watched is self._over and self.isVisible():
            self.setGeometry(self._over.rect())
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put as many chairs in a row as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Leave nothing of what is behind in sight."""
        QPainter(self).fillRect(self.rect(), self._station.theme.color("background"))
