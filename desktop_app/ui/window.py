"""The one window: rail, pages, what is not saved yet, the last touch with its undo, the keys."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop_app import paths
from desktop_app.core.desk import Desk, Saved
from desktop_app.core.ports import Clock
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.board.page import BoardPage
from desktop_app.ui.codings import Codings
from desktop_app.ui.commands import perform
from desktop_app.ui.ports import Billing, Coder, Drugs, Settings
from desktop_app.ui.sheets.host import SheetHost
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Scheme, Theme, load_fonts
from desktop_app.ui.ticker import Ticker
from desktop_app.ui.touches import Touch, Touches
from desktop_app.ui.widgets.not_saved import NotSavedBar
from desktop_app.ui.widgets.rail import Rail
from desktop_app.ui.widgets.toast import Toast

FIRST_SIZE = (1440, 900)
SMALLEST = (1024, 640)


class MainWindow(QMainWindow):
    """The program's window, made from the parts it is given."""

    def __init__(
        self,
        *,
        desk: Desk,
        coder: Coder,
        clock: Clock,
        billing: Billing,
        settings: Settings,
        drugs: Drugs,
        demo: bool = False,
    ) -> None:
        super().__init__()
        load_fonts(paths.resource("fonts"))
        self.theme = Theme(scheme=Scheme(settings.get("scheme")), text_percent=int(settings.get("text-size")))
        self.theme.apply()
        self.touches = Touches(self)
        self.sheets = SheetHost(self.theme, self)
        self.station = Station(
            desk=desk,
            clock=clock,
            touches=self.touches,
            sheets=self.sheets,
            theme=self.theme,
            coder=coder,
            codings=Codings(coder),
            billing=billing,
            settings=settings,
            drugs=drugs,
            show_page=self.show_page,
        )
        self.ticker = Ticker(clock, self)
        self._make_parts()
        self._lay_out(demo=demo)
        self._connect()
        self.resize(*FIRST_SIZE)
        self.setMinimumSize(*SMALLEST)
        self.show_page("board")
        self.ticker.start()

    def show_page(self, page: str, session: str = "") -> None:
        """Show a page; the board is where the window begins."""
        del session
        self._pages.setCurrentWidget(self._by_name[page])
        self.rail.show_page(page)

    def refresh(self) -> None:
        """Draw everything as it is now."""
        self._tick(self.station.now_us())

    def undo(self) -> None:
        """Take back the last touch."""
        when = self.station.stamp()
        self.touches.send(
            Touch("Last touch taken back", lambda: self.station.desk.undo(when=when), can_undo=False)
        )

    def _make_parts(self) -> None:
        self.rail = Rail(self.theme, self.station.desk.actor)
        self.board = BoardPage(self.station)
        self.not_saved = NotSavedBar()
        self._pages = QStackedWidget()
        self._by_name: dict[str, QWidget] = {"board": self.board}
        for page in self._by_name.values():
            self._pages.addWidget(page)

    def _lay_out(self, *, demo: bool) -> None:
        name = self.station.settings.get("suite-name") or "Infusion suite"
        self.setWindowTitle(f"{name} (demo) · Chairtime" if demo else f"{name} · Chairtime")
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.not_saved)
        right.addWidget(self._pages, 1)
        floor = QWidget()
        row = QHBoxLayout(floor)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self.setCentralWidget(floor)
        self.toast = Toast(self.theme, self)

    def _connect(self) -> None:
        self.ticker.ticked.connect(self._tick)
        self.rail.wanted.connect(self.show_page)
        self.board.asked.connect(self._asked)
        self.board.panel.asked.connect(self._asked)
        self.toast.undo_wanted.connect(self.undo)
        self.touches.saved.connect(self._saved)
        self.touches.refused.connect(self._refused)
        self.touches.waiting.connect(self._waiting)
        self.touches.safe.connect(self._safe)

    def _tick(self, now_us: int) -> None:
        self.board.refresh(now_us)

    def _asked(self, deed: str, chair: str) -> None:
        perform(self.station, Deed(deed), chair)

    def _saved(self, touch: Touch, _saved: Saved) -> None:
        self.refresh()
        self.toast.say_saved(touch.said, can_undo=touch.can_undo)

    def _refused(self, why: str) -> None:
        if self.sheets.sheet is not None:
            self.sheets.sheet.show_problem(why)
        else:
            self.toast.say_refused(why)

    def _waiting(self, _said: str, why: str) -> None:
        self.not_saved.show_waiting(why, tuple(touch.said for touch in self.touches.kept))

    def _safe(self, said: str) -> None:
        self.not_saved.hide()
        self.toast.say(f"{said} · saved now. Everything is on disk.")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that no field has taken."""
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the news at the foot of the window."""
        super().resizeEvent(event)
        self.toast.place(self.width(), self.height())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop ticking; what runs at the chairs runs on."""
        self.ticker.stop()
        super().closeEvent(event)


def picture_of_board(window: MainWindow, path: Path, width: int, height: int) -> None:
    """Write a picture of the window's board as PNG, at a size in pixels."""
    window.show_page("board")
    window.resize(width, height)
    window.ensurePolished()
    window.refresh()
    if not window.grab().save(str(path), "PNG"):
        message = f"The picture {path} could not be written."
        raise OSError(message)
