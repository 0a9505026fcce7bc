"""The icon in the system's tray: how many chairs run, and the ways back to the window and out of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QFont, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from desktop_app.ui import words
from desktop_app.ui.theme import Theme

_SIZE = 64
_MOST = 99


class Tray(QObject):
    """The icon with its menu, where the system has a tray.

    Signals:
        window_wanted: the window is to be shown, or hidden when it is.
        strip_wanted: the small strip is to be shown or hidden.
        lock_wanted: the window is to be locked.
        quit_wanted: the program is to be left.
    """

    window_wanted = Signal()
    strip_wanted = Signal()
    lock_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._count = -1
        self._menu = QMenu()
        self.icon = QSystemTrayIcon(self)
        self.actions: dict[str, QAction] = {}
        for text, wanted in (
            ("Show Chairtime", self.window_wanted),
            ("Small strip", self.strip_wanted),
            ("Lock", self.lock_wanted),
            ("Quit…", self.quit_wanted),
        ):
            # An action the menu makes by itself can be gone while the menu still stands.
            self.actions[text] = QAction(text, self)
            self.actions[text].triggered.connect(wanted)
            self._menu.addAction(self.actions[text])
        self.icon.setContextMenu(self._menu)
        self.icon.activated.connect(self._pressed)
        theme.changed.connect(self._draw)
        self.show_running(0)
        self.icon.setVisible(self.is_there)

    @property
    def is_there(self) -> bool:
        """Whether the system has a tray now; on some desktops it comes and goes."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show_running(self, count: int) -> None:
        """Show how many chairs run."""
        if count == self._count:
            return
        self._count = count
        self.icon.setToolTip(f"Chairtime · {words.count_words(count, 'chair', 'chairs')} running")
        self._draw()
        # A tray that came after the program gets its icon with the next change.
        self.icon.setVisible(self.is_there)

    def show_window(self, *, is_visible: bool) -> None:
        """Name the first way by what it would do."""
        self.actions["Show Chairtime"].setText("Hide Chairtime" if is_visible else "Show Chairtime")

    def tell(self, text: str) -> None:
        """Show a sentence beside the icon."""
        if self.icon.isVisible():
            self.icon.showMessage("Chairtime", text, self.icon.icon())

    def _pressed(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in {
            QSystemTrayIcon.ActivationReason.Trigger,
            QSystemTrayIcon.ActivationReason.DoubleClick,
        }:
            self.window_wanted.emit()

    def _draw(self) -> None:
        picture = QPixmap(_SIZE, _SIZE)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent"))
        painter.drawRoundedRect(QRectF(2, 2, _SIZE - 4, _SIZE - 4), 14, 14)
        painter.setPen(self._theme.color("on_accent"))
        font = QFont(self._theme.font(13, bold=True))
        font.setPixelSize(36)
        painter.setFont(font)
        text = str(min(self._count, _MOST)) if self._count > 0 else "–"
        painter.drawText(picture.rect(), Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
        self.icon.setIcon(QIcon(picture))
