"""One picture's window: the real one, over a morning in memory, with the real rules and drugs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.app import session_coder
from desktop_app.core.desk import Desk
from desktop_app.core.moments import local_date
from desktop_app.core.session import Session
from desktop_app.protocol_files import load_examples
from desktop_app.rulebook_files import load_standard
from desktop_app.ui import late
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.drug_book import DrugBook
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.window import MainWindow
from tests.fakes import NEW_YORK, FakeClock, SequentialIdentities
from tests.gallery.busy_day import BEGIN, busy, quiet
from tests.ui.conftest import Ward
from tests.ui.stand_ins import (
    RecordingJournal,
    StandInBilling,
    StandInProducts,
    StandInProtocols,
    StandInSettings,
)


@dataclass
class Scene:
    """A window with a suite behind it, brought into the state a picture shows."""

    ward: Ward
    window: MainWindow

    def ask(self, deed: Deed, chair: str) -> None:
        """Ask for a deed at a chair, as its card, its key or the panel does."""
        self.choose(chair)
        station = self.window.station
        late.perform(station, deed, chair, station.stamp())

    def choose(self, chair: str) -> None:
        """Choose a chair and put the keyboard on it."""
        self.window.board.focus(chair)

    def session(self, chair: str) -> Session:
        return self.ward.in_chair(chair)

    @property
    def sheet(self) -> Sheet:
        """The sheet that is open."""
        found = self.window.sheets.sheet
        assert found is not None, "no sheet is open"
        return found


Act = Callable[[Scene], QWidget | None]
"""Brings the window into a state; what it gives is taken instead of the whole window."""


def _nothing(_: Scene) -> None:
    """Leave the window as it opens."""


@dataclass(frozen=True)
class Still:
    """One picture: its name, the suite it is taken in, and what is done before it is."""

    name: str
    act: Act = _nothing
    chairs: int = 12
    busy: bool = True
    """Whether the morning was played; else nobody was seated yet."""
    settings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Look:
    """How large the window and its text are."""

    name: str
    width: int
    height: int
    text_percent: int = 100
    scale: int = 1
    """Pixels of the screen to one of the window's, each way."""


@contextmanager
def opened(still: Still, look: Look, scheme: str) -> Iterator[Scene]:
    """Open the window a picture is taken of, and close it behind it."""
    with TemporaryDirectory() as folder:
        ward = _ward(still, look, scheme, Path(folder))
        window = _window(ward)
        try:
            window.resize(look.width, look.height)
            window.show()
            window.activateWindow()
            window.ticker.stop()
            settle()
            yield Scene(ward, window)
        finally:
            _close(window)


def settle() -> None:
    """Let everything be laid out that waits for it."""
    for _ in range(3):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _ward(still: Still, look: Look, scheme: str, folder: Path) -> Ward:
    clock, journal, settings = FakeClock(BEGIN), RecordingJournal(), StandInSettings()
    settings.values |= {
        "chairs": str(still.chairs), "scheme": scheme, "text-size": str(look.text_percent), "zone": NEW_YORK
    }  # fmt: skip
    settings.values |= dict(still.settings)
    desk = Desk(
        journal=journal, clock=clock, names=SequentialIdentities(), chairs=settings.chairs(), actor="AK"
    )
    protocols = StandInProtocols(examples=load_examples())
    billing = StandInBilling(desk, journal, clock, settings, folder)
    ward = Ward(clock, journal, settings, billing, desk, StandInProducts(), protocols)
    if still.busy:
        busy(ward, still.chairs)
    else:
        quiet(ward)
    return ward


def _window(ward: Ward) -> MainWindow:
    rules = load_standard()
    today = local_date(ward.clock.now().wall_us, NEW_YORK)
    return MainWindow(
        desk=ward.desk,
        coder=session_coder(rules),
        clock=ward.clock,
        billing=ward.billing,
        settings=ward.settings,
        drugs=DrugBook(rules.rulebook.drugs.on(today)),
        products=ward.products,
        protocols=ward.protocols,
    )


def _close(window: MainWindow) -> None:
    window.ticker.stop()
    window.hide()
    window.deleteLater()
    settle()
