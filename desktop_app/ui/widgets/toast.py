"""What a touch became, said at the foot of the window: saved with its undo, or refused and why."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.ui import words
from desktop_app.ui.theme import RADIUS_CARD, Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.labels import label, retone, tip

_SHOWN_MS = 12_000
_SIDE, _FOOT = 16, 6
"""How far it keeps from its place's sides and foot."""
_LINES = 2
"""The most lines of a touch that was saved; a break leaves about a tenth of them empty."""
_LEFT, _GAP, _RIGHT = 16, 14, 10


class Toast(QFrame):
    """One line of news at the foot of a part of the window; over its place, under an open sheet.

    Signals:
        undo_wanted: the undo was pressed.
        copy_wanted: the button beside a fault of the program was pressed.
        room_wanted(int): so many pixels of its place's foot are taken, 0 for none.
    """

    undo_wanted = Signal()
    copy_wanted = Signal()
    room_wanted = Signal(int)

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._place = window
        self._is_refusal = False
        self._said = ""
        self._offers_report = self._copies = False
        self.stands = False
        """Whether it says something that stays until the next news: a touch that waited and was refused."""
        self._words = label("")
        self.undo_button = Button(theme, "Undo (Ctrl+Z)", kind=Kind.INVERSE)
        self.undo_button.setAccessibleName("Undo the last touch")
        self.undo_button.clicked.connect(self._pressed)
        self._row = row = QHBoxLayout(self)
        row.setSpacing(_GAP)
        row.addWidget(self._words)
        row.addWidget(self.undo_button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty when it is not shown."""
        return self._said if self.isVisible() else ""

    @property
    def offers_undo(self) -> bool:
        """Whether it tells a touch that can be taken back, and by its button."""
        return self.isVisible() and self.undo_button.isVisibleTo(self) and not self._copies

    def say_saved(self, said: str, *, can_undo: bool) -> None:
        """Say that a touch is on disk."""
        self._say(f"{said} · saved", refusal=False, can_undo=can_undo)

    def say_refused(self, why: str) -> None:
        """Say why a touch was not taken; no undo beside it, which would take back another than it tells."""
        self._say(f"Not done. {words.sentence(why)}", refusal=True, can_undo=False)

    def say_late(self, text: str, *, alert: bool = True) -> None:
        """Say what became of touches that waited, or of a start; it stays until the next news."""
        self._say(text, refusal=alert, can_undo=False)
        self._timer.stop()
        self.stands = True

    def say_fault(self, text: str) -> None:
        """Say that something in the program went wrong; the button then copies the report of it."""
        self._offers_report = True
        self.say_late(text)

    def say(self, text: str) -> None:
        """Say something that is neither."""
        self._say(text, refusal=False, can_undo=False)

    def stand_over(self, place: QWidget) -> None:
        """Stand at the foot of a part of the window, and follow it."""
        if place is not self._place:
            self._place.removeEventFilter(self)
            self._place = place
            place.installEventFilter(self)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the place."""
        if watched is self._place and event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            self._fit()
        return super().eventFilter(watched, event)

    def _say(self, text: str, *, refusal: bool, can_undo: bool) -> None:
        self._is_refusal = refusal
        self.stands = False
        self._said = text
        retone(self._words, "alert" if refusal else "inverse")
        self._dress_button(refusal=refusal, can_undo=can_undo)
        self.setAccessibleName(text)
        self.setToolTip(tip(text))
        self.show()
        self._timer.start(_SHOWN_MS)
        self._fit()
        self.update()

    def _dress_button(self, *, refusal: bool, can_undo: bool) -> None:
        """Let the one button be the undo, or what copies the report of a fault."""
        self._copies, self._offers_report = self._offers_report, False
        text, name = "Undo (Ctrl+Z)", "Undo the last touch"
        if self._copies:
            text, name = "Copy report (Ctrl+R)", "Copy the report of what went wrong"
        self.undo_button.show_as(text, kind=Kind.LINK if refusal else Kind.INVERSE, name=name)
        self.undo_button.setVisible(can_undo or self._copies)

    def _pressed(self) -> None:
        (self.copy_wanted if self._copies else self.undo_wanted).emit()

    def _fit(self) -> None:
        """Take no more than the place is wide: what is too long breaks, or loses its middle."""
        self._words.ensurePolished()
        # A button keeps its own distance from the edge.
        edge = 4 if self.undo_button.isVisibleTo(self) else 10
        self._row.setContentsMargins(_LEFT, edge, _RIGHT, edge)
        button = self.undo_button.sizeHint().width() + _GAP if self.undo_button.isVisibleTo(self) else 0
        room = max(1, self._place.width() - 2 * _SIDE - _LEFT - _RIGHT - button)
        metrics = self._words.fontMetrics()
        shown = self._said
        if not self._is_refusal:
            shown = metrics.elidedText(shown, Qt.TextElideMode.ElideMiddle, room * _LINES * 9 // 10)
        self._words.setWordWrap(self._is_refusal or metrics.horizontalAdvance(shown) > room)
        self._words.setText(shown)
        wide = min(room, metrics.horizontalAdvance(shown) + 2)
        self._words.setFixedWidth(wide)
        self._words.setMinimumHeight(max(0, self._words.heightForWidth(wide)))
        self.adjustSize()
        corner = self._place.mapTo(self.window(), QPoint(0, 0))
        left = corner.x() + (self._place.width() - self.width()) // 2
        self.move(left, corner.y() + self._place.height() - self.height() - _FOOT)
        self._want_room()

    def _want_room(self) -> None:
        self.room_wanted.emit(self.height() + 2 * _FOOT if self.isVisible() else 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the foot of the place."""
        super().showEvent(event)
        self._want_room()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give it back."""
        super().hideEvent(event)
        self._want_room()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the plate."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.color("alert" if self._is_refusal else "ink"))
        painter.setBrush(self._theme.tint("alert") if self._is_refusal else self._theme.color("ink"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), RADIUS_CARD, RADIUS_CARD)
