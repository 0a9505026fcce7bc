"""The place over the window where one sheet stands at a time; the board behind it goes on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.ui.on_screen import still_seen
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.theme import RADIUS_CARD, Theme
from desktop_app.ui.widgets.scroll import Scroll
from desktop_app.ui.widgets.second_press import SecondPress

_SCRIM_LIGHT, _SCRIM_DARK = QColor(20, 32, 43, 70), QColor(0, 0, 0, 130)
_SHADOWS = 10
_MARGIN = 8


class SheetHost(QWidget):
    """Dims the window, shows a sheet, and keeps the keyboard inside it; a sheet that is too tall scrolls."""

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self._theme = theme
        self._over = over
        self._sheet: Sheet | None = None
        self._before: QWidget | None = None
        self.just_closed = SecondPress()
        """Tells whether a press comes so soon that it was meant for the sheet that is gone."""
        self.home: Callable[[], QWidget | None] = lambda: None
        """Gives the chosen card: the board's focus goes back there, wherever it wandered meanwhile."""
        self.refuge: Callable[[], QWidget | None] = lambda: None
        """Gives where the focus goes when what had it before is gone."""
        over.installEventFilter(self)
        self.place = Scroll("Sheet")
        self.place.setParent(self)
        self.place.setWidgetResizable(False)
        self.place.viewport().setAutoFillBackground(False)
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
        """Show a sheet in place of any other."""
        before = self._before if self._sheet else QApplication.focusWidget()
        self._put_away()
        self._sheet, self._before = sheet, before
        self.place.setWidget(sheet)
        sheet.setAutoFillBackground(False)
        sheet.done.connect(self.close_sheet)
        sheet.installEventFilter(self)
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        sheet.show()
        self._fit()
        first = sheet.first_field()
        (first or sheet).setFocus(Qt.FocusReason.OtherFocusReason)
        if first is not None:
            self.place.ensureWidgetVisible(first)

    def close_sheet(self) -> None:
        """Put the sheet away and give the focus back."""
        if self._sheet is None:
            return
        home = self.home()
        self._put_away()
        self.hide()
        self.just_closed.start()
        back = still_seen(self._before)
        if home is not None and (back is None or type(back) is type(home) or home.isAncestorOf(back)):
            # A card's button may mean something else by now: what was Start may be Stop.
            back = home
        if back := still_seen(back or self.refuge()):
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tab_stops(self) -> list[QWidget]:
        stops: list[QWidget] = []
        if self._sheet is None:
            return stops
        widget = self._sheet.nextInFocusChain()
        while widget is not None and widget is not self._sheet:
            takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
            if takes_tab and widget.isVisible() and widget.isEnabled() and self._sheet.isAncestorOf(widget):
                stops.append(widget)
            widget = widget.nextInFocusChain()
        return stops

    def _fit(self) -> None:
        """Give the sheet just the height its words need at its width."""
        if self._sheet is not None:
            needed = self._sheet.body.totalHeightForWidth(self._sheet.width())
            self._sheet.resize(self._sheet.width(), max(needed, self._sheet.body.totalMinimumSize().height()))
            self._centre()

    def _centre(self) -> None:
        if self._sheet is None:
            return
        room, size = self.size(), self._sheet.size()
        height = min(size.height(), room.height() - 2 * _MARGIN)
        bar = self.place.verticalScrollBar().sizeHint().width() if height < size.height() else 0
        top = max(_MARGIN, (room.height() - size.height()) * 2 // 5)
        self.place.setGeometry((room.width() - size.width()) // 2, top, size.width() + bar, height)
        self.update()

    def _put_away(self) -> None:
        if self._sheet is not None:
            self._sheet.removeEventFilter(self)
            self._sheet.hide()
            self.place.takeWidget()
            self._sheet.deleteLater()
            self._sheet = None

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's own signature
        """Tab goes round inside the sheet."""
        stops = self._tab_stops()
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
        if event.type() == QEvent.Type.Resize:
            if watched is self._over:
                self.setGeometry(self._over.rect())
            self._centre()
        if event.type() == QEvent.Type.LayoutRequest and watched is self._sheet:
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
            box = QRectF(self.place.geometry()).adjusted(-spread, -spread + 4, spread, spread + 4)
            painter.drawRoundedRect(box, RADIUS_CARD + spread, RADIUS_CARD + spread)
