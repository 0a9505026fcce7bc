"""Two busy hours of a suite of forty chairs, played touch by touch in the real window.

Each second of the suite is one tick of the window, so that every frame is drawn; patients sit
down, are started, paused, stopped, ended and signed by clicks on what is on the screen. A
touch counts when it was made, and again when the journal has it: the two must come out the same.
"""

from __future__ import annotations

import heapq
import random
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.app import Parts, open_parts
from desktop_app.commands.demo_day import DemoClock
from desktop_app.commands.window import make_window
from desktop_app.core.moments import MINUTE_US, SECOND_US, instant_us, local_time
from desktop_app.core.session import Session
from desktop_app.ui import late
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.sheets.pause import PauseSheet
from desktop_app.ui.sheets.seat import SeatSheet
from desktop_app.ui.sheets.start_sheet import StartSheet
from desktop_app.ui.window import MainWindow

CHAIRS = 40
DRUGS = ("vanc", "inflix", "iron", "vedo", "pembro")
DOSE = "300"
"""Of each, in its unit: nobody has to be asked at the signature what was given."""
ZONE = "America/New_York"
_SETTINGS = {"suite-name": "Busy suite", "chairs": str(CHAIRS), "actor": "AK", "zone": ZONE}
_WARM_UP_S = 30 * 60
"""By then every kind of page and sheet has been opened, and what is kept for good is made."""
_READING_MS = 3_000
_LOOKS = 60

Steps = Generator[int, None, None]
"""What happens at one chair: does something, then gives the seconds until the next."""


@dataclass
class Played:
    """What was seen while the hours were played."""

    made: int = 0
    recorded: int = 0
    stored: int = 0
    """Touches that are in the journal at the end."""
    seconds: int = 0
    took_s: float = 0.0
    """How long it took, less the seconds in which a signature waits for its reader: those are real ones."""
    frames_ms: list[float] = field(default_factory=list)
    """The processor's time of each frame: the tick, and all that it paints."""
    widgets: tuple[int, int] = (0, 0)
    """How many widgets there were after half an hour and at the end."""
    blocks: tuple[int, int] = (0, 0)
    """How many blocks of memory Python held then."""
    resident_kb: tuple[int, int] = (0, 0)
    """How much memory the process held then, where the system says so."""

    @property
    def missed(self) -> int:
        """Return how many touches the journal does not have."""
        return self.made - min(self.recorded, self.stored)


@contextmanager
def busy_window(folder: Path) -> Iterator[tuple[MainWindow, Parts, DemoClock]]:
    """Open the window over an empty suite of forty chairs at eight in the morning."""
    clock = DemoClock(ZONE)
    with open_parts(folder, make_clock=lambda _: clock) as parts:
        for key, value in {**_SETTINGS, "cpt-licence": "yes"}.items():
            parts.folder.settings.set(key, value)
        parts.desk.set_chairs(parts.folder.settings.chairs())
        morning = local_time(clock.now().wall_us, ZONE).replace(hour=8, minute=0, second=0, microsecond=0)
        clock.stand_at(instant_us(morning))
        window = make_window(parts, demo=True)
        window.show()
        window.ticker.stop()
        late.load()
        try:
            yield window, parts, clock
        finally:
            window.ticker.stop()
            window.close()
            window.deleteLater()


class BusySuite:
    """The hands of all nurses of the suite."""

    def __init__(self, window: MainWindow, parts: Parts, clock: DemoClock, seed: int) -> None:
        self._window = window
        self._parts = parts
        self._clock = clock
        self._chance = random.Random(seed)  # noqa: S311 - the same hours in each run
        self._numbers = count(1)
        self._began_us = clock.now().wall_us
        self.played = Played()
        self._read_s = 0.0
        window.touches.saved.connect(self._saved)

    def play(self, seconds: int) -> Played:
        """Play so many seconds of the suite's time, a frame for each."""
        due = [(self._chance.randrange(60), at, self._patients(at)) for at in range(CHAIRS)]
        heapq.heapify(due)
        began = time.perf_counter()
        for second in range(seconds):
            self._clock.stand_at(self._began_us + second * SECOND_US + 5_000)
            while due[0][0] <= second:
                _, at, steps = heapq.heappop(due)
                heapq.heappush(due, (second + next(steps), at, steps))
            self._frame()
            if second == min(_WARM_UP_S, seconds // 2):
                self._look(0)
        self._look(1)
        self.played.took_s, self.played.seconds = time.perf_counter() - began - self._read_s, seconds
        self.played.stored = self._touches_in_journal()
        return self.played

    def start_all(self) -> None:
        """Seat and start a patient in every chair, half a minute apart."""
        for at in range(CHAIRS):
            self._seat_and_start(at)
            self._clock.stand_at(self._clock.now().wall_us + MINUTE_US // 2)

    def _patients(self, at: int) -> Steps:
        """Patient after patient in one chair."""
        while True:
            self._seat_and_start(at)
            yield self._minutes(15, 40)
            if self._offers(at, Deed.PAUSE) and self._chance.random() < 2 / 3:
                self._pause(at)
                yield self._minutes(2, 6)
                self._click(at, 0)
                yield self._minutes(5, 20)
            self._click(at, 0)
            yield self._minutes(2, 4)
            self._click(at, 1)
            yield self._minutes(2, 8)
            self._sign(at)
            yield self._minutes(3, 10)

    def _minutes(self, least: int, most: int) -> int:
        return self._chance.randint(least * 60, most * 60)

    def _seat_and_start(self, at: int) -> None:
        self._window.show_page("board")
        self._click_on(self._window.board.grid.cards[at])
        seating = self._window.sheets.sheet
        assert isinstance(seating, SeatSheet), f"chair {at + 1} asked for no patient"
        seating.mrn.set_text(f"00{next(self._numbers):05}")
        self.played.made += 1
        seating.confirm(now=False)
        starting = self._window.sheets.sheet
        assert isinstance(starting, StartSheet), f"chair {at + 1} asked for no drug"
        starting.search.setText(self._chance.choice(DRUGS))
        starting.dose.set_text(DOSE)
        starting.planned.set_text(str(self._chance.choice((30, 60, 90))))
        self.played.made += 1
        starting.confirm(now=False)
        assert self._window.sheets.sheet is None, starting.problem

    def _click(self, at: int, button: int) -> None:
        """Press a button of a card: one touch."""
        self.played.made += 1
        self._click_on(self._window.board.grid.cards[at].buttons[button])

    def _offers(self, at: int, deed: Deed) -> bool:
        return any(button.deed is deed for button in self._window.board.grid.cards[at].view.buttons)

    def _pause(self, at: int) -> None:
        self._click(at, 1)
        sheet = self._window.sheets.sheet
        assert isinstance(sheet, PauseSheet), f"chair {at + 1} asked for no reason"
        sheet.confirm(now=False)

    def _sign(self, at: int) -> None:
        self._click_on(self._window.board.grid.cards[at].buttons[0])
        assert self._window.page == "review"
        # Nobody signs before there was time to read: the button waits for it.
        sign = self._window.review.sign_button
        began = time.perf_counter()
        for _ in range(_LOOKS):
            if sign.isEnabled():
                break
            QTest.qWait(_READING_MS // _LOOKS)
        self._read_s += time.perf_counter() - began
        self.played.made += 1
        self._click_on(sign)
        self._window.show_page("board")

    def _click_on(self, widget: QWidget) -> None:
        assert widget.isEnabled(), f"{widget.accessibleName()} cannot be pressed"
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.rect().center())

    def _frame(self) -> None:
        began = time.thread_time()
        self._window.ticker.tick()
        QApplication.processEvents()
        # A running loop deletes by itself what was given to it for that.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.played.frames_ms.append((time.thread_time() - began) * 1000)

    def _saved(self, *_saved: object) -> None:
        self.played.recorded += 1

    def _touches_in_journal(self) -> int:
        return len({recorded.stamp.touch for recorded in self._parts.folder.journal.since(0)})

    def _look(self, at: int) -> None:
        found = (len(QApplication.allWidgets()), sys.getallocatedblocks(), _resident_kb())
        for name, value in zip(("widgets", "blocks", "resident_kb"), found, strict=True):
            before, after = getattr(self.played, name)
            setattr(self.played, name, (before, value) if at else (value, after))


def _resident_kb() -> int:
    """Return how much memory the process holds, or 0 where the system does not say so in a file."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    lines = status.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def sessions_of(parts: Parts) -> list[Session]:
    """Return every session of the suite."""
    return list(parts.desk.suite.sessions.values())
