"""A small window: what is wrong in one sentence, the newest good backup, and four ways on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QThread, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.ports import JournalError
from desktop_app.ui.backup_ports import Found, Rescue
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.labels import label, plate, retone

WIDTH = 620
LOOKING = "Looking for the newest good backup, byte by byte. A long journal takes minutes."
NONE_FOUND = (
    "No good backup was found. Put the folder back as it was, or see what “chairtime restore --from” can do "
    "with a backup that lies elsewhere."
)
RESTORING = "Putting the backup back. Please leave the computer on."
KEEPS = "What is there now goes into the folder quarantine; nothing is deleted."
CANNOT, BACK = "The journal cannot be opened", "The journal is back"
QUIT, AGAIN, BEGIN = "quit", "again", "begin"


class _Work(QThread):
    """Does one long thing beside the window.

    Signals:
        told(object): what came of it.
        failed(str): why nothing did, in one sentence.
    """

    told = Signal(object)
    failed = Signal(str)

    def __init__(self, act: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._act = act

    def run(self) -> None:
        """Do it."""
        try:
            self.told.emit(self._act())
        except JournalError as fault:
            self.failed.emit(str(fault))


class RescueWindow(QWidget):
    """Asks what is to be done.

    Signals:
        chosen(str): quit, again (the folder can be opened now), or begin a new journal.
    """

    chosen = Signal(str)

    def __init__(self, rescue: Rescue, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._rescue = rescue
        self._found: Found | None = None
        self._work: _Work | None = None
        self.setWindowTitle("Chairtime")
        # The board may come after it: that it closes ends nothing.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.title = label(CANNOT, size=18, heavy=True, tone="alert", wrap=True)
        self.what = label(rescue.what, wrap=True)
        self.backup = label(LOOKING, heavy=True, wrap=True)
        self.back = label("", wrap=True)
        self.problem = label("", tone="alert", wrap=True)
        self.restore = Button(self.theme, "Restore", kind=Kind.PRIMARY)
        self.again = Button(self.theme, "Try again")
        self.begin = Button(self.theme, "Begin a new journal")
        self.show_folder = Button(self.theme, "Show the folder")
        self.quit = Button(self.theme, "Quit", hint="Esc")
        self._lay_out()
        self.restore.clicked.connect(self._restore)
        self.again.clicked.connect(lambda: self.chosen.emit(AGAIN))
        self.begin.clicked.connect(lambda: self.chosen.emit(BEGIN))
        self.show_folder.clicked.connect(self._show_folder)
        self.quit.clicked.connect(self.close)
        self.restore.setVisible(rescue.restores)
        self.restore.setEnabled(False)
        self.begin.setVisible(rescue.begins)
        self.backup.setVisible(rescue.restores)
        self._fit()
        if rescue.restores:
            self._do(rescue.find, self._show_found)
        self.again.setFocus()

    def ask(self) -> str:
        """Show the window until a way on is chosen, and return it."""
        loop, ways = QEventLoop(), [QUIT]

        def choose(way: str) -> None:
            ways.append(way)
            loop.quit()

        self.chosen.connect(choose)
        self.show()
        loop.exec()
        self.hide()
        self.deleteLater()
        return ways[-1]

    @property
    def is_busy(self) -> bool:
        """Whether something is being looked at or put back."""
        return self._work is not None

    def finish(self) -> None:
        """Wait for what is being looked at or put back, and show what came of it."""
        while self._work is not None:
            self._work.wait()
            QCoreApplication.processEvents()

    def _do(self, act: Callable[[], object], told: Callable[[object], None]) -> None:
        work = self._work = _Work(act, self)
        work.told.connect(told)
        work.failed.connect(self._failed)
        work.finished.connect(self._done)
        work.start()

    def _done(self) -> None:
        self._work = None

    def _show_found(self, found: object) -> None:
        if not isinstance(found, Found):
            self.backup.setText(NONE_FOUND)
            self.restore.hide()
            self._fit()
            return
        self._found = found
        self.back.show()
        self.backup.setText(f"The newest good backup is of {found.made}.")
        passed = f" A newer one is not good: {found.passed_over}." if found.passed_over else ""
        self.back.setText(f"It brings back {found.back}.{passed} {KEEPS}")
        self.restore.setEnabled(True)
        self.restore.setFocus()
        self._fit()

    def _restore(self) -> None:
        if self._found is None or self.is_busy:
            return
        name = self._found.name
        self.problem.hide()
        self.restore.setEnabled(False)
        self.backup.setText(RESTORING)
        self._do(lambda: self._rescue.restore(name), self._restored)

    def _restored(self, told: object) -> None:
        self.title.setText(BACK)
        retone(self.title, "good")
        self.what.hide()
        self.backup.hide()
        self.back.setText(str(told))
        self.restore.hide()
        self.begin.hide()
        self.again.show_as("Open Chairtime", kind=Kind.PRIMARY)
        self.again.setFocus()
        self._fit()

    def _failed(self, why: str) -> None:
        self.problem.setText(why)
        self.problem.show()
        if self._found is None:
            self.backup.hide()
        else:
            self.backup.setText(f"The newest good backup is of {self._found.made}.")
            self.restore.setEnabled(True)
        self._fit()

    def _show_folder(self) -> None:
        folder = next(
            place for place in (self._rescue.folder, *self._rescue.folder.parents) if place.exists()
        )
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _lay_out(self) -> None:
        px = self.theme.px
        self._card = card = plate("card")
        column = self._inside = QVBoxLayout(card)
        column.setContentsMargins(*(px(24),) * 4)
        column.setSpacing(px(12))
        column.addWidget(self.title)
        for part in (self.what, self.backup, self.back, self.problem):
            column.addWidget(part)
        self.problem.hide()
        self.back.hide()
        for row in ((self.restore, self.begin), (self.again, self.show_folder, self.quit)):
            ways = QHBoxLayout()
            for button in row:
                ways.addWidget(button, 1)
            column.addLayout(ways)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*(px(16),) * 4)
        whole.addWidget(card)
        self.setFixedWidth(px(WIDTH))
        self._fit()

    def _fit(self) -> None:
        """Be as high as all that is said; a layout alone takes wrapped words for one line."""
        self._inside.activate()
        width = self.theme.px(WIDTH) - 2 * self.theme.px(16)
        height = self._inside.totalHeightForWidth(width)
        self._card.setFixedHeight(height)
        self.setFixedHeight(height + 2 * self.theme.px(16))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the focused button, Esc quits."""
        focused = self.focusWidget()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(focused, Button):
            focused.click()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Quit; what is being put back is waited for."""
        if self._work is not None:
            self._work.wait()
        super().closeEvent(event)
        self.chosen.emit(QUIT)
