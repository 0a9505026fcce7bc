"""The rail at the left: the pages there are, and who works here."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout

from desktop_app.core.access import EMERGENCY
from desktop_app.ui.theme import RADIUS_CONTROL, Theme
from desktop_app.ui.widgets.icons import draw_icon
from desktop_app.ui.widgets.labels import label, tip

WIDTH = 76
USUAL = "ink_2"
LOWEST = 42
TALL = 36
"""The picture and the name together."""
DEMO = "A demo: what is recorded here is thrown away when it closes"
PAGES = (
    ("board", "Board"),
    ("review", "Review"),
    ("export", "Export"),
    ("history", "History"),
    ("settings", "Settings"),
)
_ICONS = {
    "board": "board",
    "review": "check",
    "export": "send",
    "history": "clock",
    "settings": "settings",
    "user": "person",
}


class RailButton(QAbstractButton):
    """One page on the rail, or what is done from it: its picture over its name."""

    def __init__(
        self, theme: Theme, icon: str, text: str, *, is_page: bool = True, tone: str = USUAL
    ) -> None:
        super().__init__()
        self._tone = tone
        self._theme = theme
        self._icon = icon
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(is_page)
        self.setAutoExclusive(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_as(self, icon: str, tone: str) -> None:
        """Take another picture and colour."""
        self._icon, self._tone = icon, tone
        self.update()

    def sizeHint(self) -> QSize:
        """A square that fits the rail."""
        return QSize(self._theme.px(60), self._theme.px(54))

    def minimumSizeHint(self) -> QSize:
        """In a low window the buttons move together; picture and name stay whole, and so does the target."""
        return QSize(self._theme.px(60), self._theme.target(LOWEST))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the window's, which knows a scan from a press."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the button."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(self._theme.color("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(self._theme.tint("accent"))
        painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        color = self._theme.color("accent" if self.isChecked() else self._tone)
        size = self._theme.px(17)
        top = (self.height() - self._theme.px(TALL)) / 2
        draw_icon(painter, self._icon, QRectF(box.center().x() - size / 2, top, size, size), color)
        painter.setPen(color)
        painter.setFont(self._theme.font(11, bold=self.isChecked()))
        words = QRectF(box.left(), top + self._theme.px(20), box.width(), self._theme.px(16))
        told = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(words.width()))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, told)


class Rail(QFrame):
    """The pages.

    Signals:
        wanted(str): a page was pressed.
        lock_wanted: the window is to be locked.
        who_wanted: it is to be said who works here.
        strip_wanted: the small strip is to be shown or hidden.
    """

    wanted = Signal(str)
    lock_wanted = Signal()
    who_wanted = Signal()
    strip_wanted = Signal()

    def __init__(self, theme: Theme, user: str) -> None:
        super().__init__()
        self.setProperty("plate", "rail")
        self._theme = theme
        self._buttons = {page: RailButton(theme, _ICONS[page], words) for page, words in PAGES}
        self.user = RailButton(theme, _ICONS["user"], user, is_page=False)
        self.show_user(user)
        self.user.clicked.connect(self.who_wanted)
        self.lock = RailButton(theme, "lock", "Lock", is_page=False)
        self.lock.setToolTip("Lock: timers go on, names go (Ctrl+L)")
        self.lock.clicked.connect(self.lock_wanted)
        self.strip = RailButton(theme, "strip", "Strip", is_page=False)
        self.strip.setAccessibleName("Small strip of running chairs")
        self.strip.setToolTip("Small strip of running chairs, over other windows (Ctrl+T)")
        self.strip.clicked.connect(self.strip_wanted)
        self.care = RailButton(theme, "alert", "", is_page=False, tone="alert")
        self.care.hide()
        self.demo = label("Demo", size=11, tone="alert", heavy=True)
        self.demo.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.demo.setToolTip(DEMO)
        self.demo.setAccessibleName(DEMO)
        self.demo.hide()
        self._lay_out()
        theme.changed.connect(self._size)
        self._size()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 14, 8, 14)
        column.setSpacing(6)
        for page, button in self._buttons.items():
            button.clicked.connect(lambda _=False, page=page: self.wanted.emit(page))
            column.addWidget(button)
        column.addStretch()
        column.addWidget(self.care)
        column.addWidget(self.demo)
        column.addWidget(self.strip)
        column.addWidget(self.user)
        column.addWidget(self.lock)

    def button(self, page: str) -> RailButton:
        """Return the button of a page."""
        return self._buttons[page]

    def show_user(self, user: str) -> None:
        """Show who works here."""
        is_emergency = user.startswith(EMERGENCY)
        self.user.setText(user.replace(EMERGENCY, "Emerg."))
        self.user.show_as(*(("alert", "alert") if is_emergency else (_ICONS["user"], USUAL)))
        self.user.setAccessibleName(f"{user} works here. Say who does now")
        self.user.setToolTip(f"{user} works here: touches are kept with it. Press to change (Ctrl+I)")
        self.user.update()

    def show_page(self, page: str) -> None:
        """Mark the page that is shown."""
        for name, button in self._buttons.items():
            button.setChecked(name == page)

    def show_care(self, short: str, text: str) -> None:
        """Show what somebody has to see to, quietly and until it is done; empty for nothing."""
        self.care.setVisible(bool(short))
        self.care.setText(short)
        self.care.setAccessibleName(f"{short}. {text}")
        self.care.setToolTip(tip(text))
        self.care.update()

    def show_waiting(self, count: int) -> None:
        """Show how many sessions wait for a review."""
        words = f"Review {count}" if count else "Review"
        if self._buttons["review"].text() != words:
            self._buttons["review"].setText(words)
            self._buttons["review"].setAccessibleName(f"{words} waiting" if count else words)
            self._buttons["review"].update()

    def _size(self) -> None:
        self.setFixedWidth(self._theme.px(WIDTH))
        self.updateGeometry()
