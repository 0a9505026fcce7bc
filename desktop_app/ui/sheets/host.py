"""The place over the window where one sheet stands at a time; the board behind it goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.core.access import Right
from desktop_app.ui.on_screen import still_seen
from desktop_app.ui.theme import RADIUS_CARD, Theme
from desktop_app.ui.widgets.second_press import SecondPress

if TYPE_CHECKING:
    from desktop_app.ui.sheets.sheet import Sheet

_SCRIM_LIGHT, _SCRIM_DARK = QColor(20, 32, 43, 70), QColor(0, 0, 0, 130)
_SHADOWS = 10
NO_RETURN = "no-return"
"""The property of a button that a second Enter must not reach by itself, such as End session."""
_MARGIN = 8


def _is_of(widget: QWidget, kind: type[QWidget]) -> bool:
    """Return whether a widget is of a kind, or a part of one: a card's buttons are others by now."""
    at: QWidget | None = widget
    while at is not None and type(at) is not kind:
        at = at.parentWidget()
    return at is not None


class SheetHost(QWidget):
    """Dims the window, shows a sheet, and keeps the keyboard inside it."""

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self._theme = theme
        self._over = over
        self._sheet: Sheet | None = None
        self._before: QWidget | None = None
        self.just_closed = SecondPress()
        """Tells whether a press comes so soon that it was meant for the sheet that is gone."""
        self.entered = QElapsedTimer()
        """Runs since Enter was last pressed in a sheet; invalid until it was."""
        self.entered.invalidate()
        self.given_back: QWidget | None = None
        """What got the keyboard when the last sheet closed."""
        self.home: Callable[[], QWidget | None] = lambda: None
        """Gives the chosen card: the board's focus goes back there, wherever it wandered meanwhile."""
        self.may: Callable[[Right | None], bool] = lambda _: True
        """Says whether somebody may do what a sheet is for, and tells them where not."""
        self.refuge: Callable[[], QWidget | None] = lambda: None
        """Gives where the focus goes when what had it before is gone."""
        self._top: int | None = None
        """Where the open sheet began: one that grows stays there as long as it has room."""
        over.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)
        self.hide()

    @property
    def sheet(self) -> Sheet | None:
        """The sheet that is open."""
        return self._sheet

    @property
    def room(self) -> int:
        """The height of the window, in pixels."""
        return self._over.height()

    def open(self, sheet: Sheet) -> None:
        """Show a sheet in place of any other; what somebody may not do is said before they fill it in."""
        if not self.may(sheet.needs):
            sheet.deleteLater()
            return
        before = self._before if self._sheet else QApplication.focusWidget()
        self._put_away()
        self._sheet, self._before = sheet, before
        sheet.setParent(self)
        sheet.done.connect(self.close_sheet)
        for part in sheet.parts():
            part.installEventFilter(self)
        self.setGeometry(self._over.rect())
        # Out of the pointer's way until it has its place: no button is to look as if it were pointed at.
        sheet.move(self.rect().bottomRight())
        self.show()
        self.raise_()
        sheet.show()
        self._fit()
        first = sheet.first_field()
        (first or sheet).setFocus(Qt.FocusReason.OtherFocusReason)

    def set_aside(self) -> None:
        """Take the open sheet out of sight as it is, to be opened again."""
        if self._sheet is not None:
            self._sheet.done.disconnect(self.close_sheet)
            self._take_off(self._sheet)
            self.hide()

    def close_sheet(self) -> None:
        """Put the sheet away and give the focus back."""
        if self._sheet is None:
            return
        home = self.home()
        self._put_away()
        self.hide()
        self.just_closed.start()
        back = still_seen(self._before)
        if home is not None and (back is None or _is_of(back, type(home)) or back.property(NO_RETURN)):
            back = home
        self.given_back = still_seen(back or self.refuge())
        if self.given_back is not None:
            self.given_back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Bring what has the keyboard into view."""
        if self._sheet is not None and now is not None:
            self._sheet.bring_into_view(now)

    def _fit(self) -> None:
        """Give the sheet just the height its words need at its width, in the upper part of the window."""
        if self._sheet is None:
            return
        room = self.size()
        self._sheet.fit(room.width() - 2 * _MARGIN, room.height() - 2 * _MARGIN)
        size = self._sheet.size()
        if self._top is None:
            self._top = (room.height() - size.height()) * 2 // 5
        top = max(_MARGIN, min(self._top, room.height() - size.height() - _MARGIN))
        self._sheet.move((room.width() - size.width()) // 2, top)
        self.update()

    def _put_away(self) -> None:
        if (sheet := self._sheet) is not None:
            self._take_off(sheet)
            sheet.setParent(None)
            sheet.deleteLater()

    def _take_off(self, sheet: Sheet) -> None:
        for part in sheet.parts():
            part.removeEventFilter(self)
        sheet.hide()
        self._sheet, self._top = None, None

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's own signature
        """Tab goes round inside the sheet."""
        stops = self._sheet.tab_stops() if self._sheet is not None else []
        current = QApplication.focusWidget()
        if not stops:
            return True
        at = stops.index(current) if current in stops else -1
        stops[(at + (1 if next else -1)) % len(stops)].setFocus(
            Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        )
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """No key reaches the board while a sheet is open."""
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size and the sheet's."""
        if event.type() == QEvent.Type.Resize and watched is self._over:
            self.setGeometry(self._over.rect())
            self._top = None
            self._fit()
        elif event.type() == QEvent.Type.LayoutRequest and watched is not self._over:
            self._fit()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dim what is behind, and let the sheet stand a little above it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), _SCRIM_DARK if self._theme.is_dark else _SCRIM_LIGHT)
        if self._sheet is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 7))
        for spread in range(_SHADOWS):
            box = QRectF(self._sheet.geometry()).adjusted(-spread, -spread + 4, spread, spread + 4)
            painter.drawRoundedRect(box, RADIUS_CARD + spread, RADIUS_CARD + spread)
