"""The window up, against the barest PySide6 window: from the start of the process to the first picture.

Each start is a process of its own, the two kinds in turn, so that whatever else the machine
does falls on both. The folder holds the demo's 12 chairs as they are in mid-morning, on top of a
million events of the years before. A window says so itself when its first paint is done, and ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from desktop_app.commands.demo_day import MID_MORNING, demo_day_in
from desktop_app.commands.display import has_display
from desktop_app.core import events as e
from desktop_app.core.moments import HOUR_US, ClockReading
from desktop_app.core.orders import Category, Order, Route, Setting
from desktop_app.core.ports import Write
from desktop_app.store.journal import SqlJournal

_STARTS = 15
_EVENTS = 1_000_000
_EVENTS_OF_ONE = 20
_SESSIONS_AT_ONCE = 500
DAY_US = 24 * HOUR_US
_AIM = 2.5

_PAINTED = """
import os
from PySide6.QtCore import QTimer

def done():
    os.write(1, b"painted")
    os._exit(0)

class Watched:
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, done)
"""
"""Tells the first paint of a window: the timer rings when all that is in it is painted too."""

_BARE = (
    _PAINTED
    + """
import sys
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

class Window(Watched, QMainWindow):
    pass

application = QApplication(sys.argv)
window = Window()
window.setCentralWidget(QLabel("Chairtime"))
window.resize(1440, 900)
window.show()
application.exec()
"""
)

_CHAIRTIME = (
    """
import sys
from desktop_app import cli
"""
    + _PAINTED
    + """
import desktop_app.ui.window as room

class Window(Watched, room.MainWindow):
    pass

room.MainWindow = Window
sys.exit(cli.main(["--data-dir", sys.argv[1]]))
"""
)


_AS_INSTALLED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""An installed program has its compiled files; the first start of each kind, not counted, writes them."""


def _start_ms(program: str, folder: Path) -> float:
    """Start a window, and return how long it took until it was painted."""
    began = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - this Python, with the text above
        [sys.executable, "-c", program, str(folder)],
        env=_AS_INSTALLED if has_display() else _AS_INSTALLED | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    took = time.perf_counter() - began
    if done.stdout != b"painted":
        message = f"the window painted nothing: {done.stdout!r}"
        raise RuntimeError(message)
    return took * 1000


def _make_suite(folder: Path) -> None:
    """Fill a data folder with years of signed sessions and the demo's suite in mid-morning."""
    with demo_day_in(folder) as day:
        _add_years(day.parts.folder.journal, day.clock.now().wall_us)
        day.play_until(MID_MORNING)


def _add_years(journal: SqlJournal, now_us: int) -> None:
    reading = ClockReading(now_us, 0, "boot", "UTC", 0)
    sessions = _EVENTS // _EVENTS_OF_ONE
    for first in range(0, sessions, _SESSIONS_AT_ONCE):
        numbers = range(first, min(first + _SESSIONS_AT_ONCE, sessions))
        writes = [_past_session(number, now_us - (sessions - number) * HOUR_US) for number in numbers]
        journal.append(writes, e.Stamp(touch=f"past-{first}", actor="AK", reading=reading))


def _past_session(number: int, at_us: int) -> Write:
    """Return a session that is long settled: seated, given things, ended, signed without a line."""
    at_us -= 2 * DAY_US
    seat = e.PatientSeated(
        at_us=at_us, chair="4", mrn=f"{number:07}", initials="RM", zone="UTC", setting=Setting.FACILITY
    )
    order = Order(drug="saline", category=Category.OTHER, route=Route.FLUSH)
    given = (
        e.ServiceGiven(at_us=at_us + at, service=str(at), order=order) for at in range(_EVENTS_OF_ONE - 3)
    )
    ended = e.SessionEnded(at_us=at_us + HOUR_US)
    signed = e.SessionSigned(
        at_us=at_us + HOUR_US, version=1, rulebook="0", profile="none", head="", lines=()
    )
    return Write(e.session_stream(f"past-{number:07}"), 0, (seat, *given, ended, signed))


def main() -> None:
    """Start both in turn and print the medians and their ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        _make_suite(folder)
        for program in (_BARE, _CHAIRTIME):
            _start_ms(program, folder)
        pairs = [(_start_ms(_BARE, folder), _start_ms(_CHAIRTIME, folder)) for _ in range(_STARTS)]
    bare, chairtime = (sorted(times) for times in zip(*pairs, strict=True))
    print(f"journal                {_EVENTS} events and the demo's morning")
    for what, times in (("bare PySide6 window", bare), ("Chairtime, 12 chairs", chairtime)):
        slow = quantiles(times, n=10)[-1]
        print(f"{what:22} median {median(times):6.0f} ms   nine in ten under {slow:6.0f} ms")
    ratio = median(b / a for a, b in pairs)
    print(f"{'ratio':22} median {ratio:6.2f}   (aim: at most {_AIM})")


if __name__ == "__main__":
    main()
