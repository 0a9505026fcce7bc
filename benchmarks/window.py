"""The window up, against the barest PySide6 window: from the start of the process to the first picture.

Each start is a process of its own, the two kinds in turn, so that whatever else the machine
does falls on both. The folder holds the demo's 12 chairs as they are in mid-morning, on top of a
million events of the years before. A window says so itself when its first paint is done.

The first picture is the board as it truly is: every chair with its patient, drug, state, running
time, plan and next actions, what is due, how many run and what needs someone. It takes every touch.
Its second picture, told beside it, is whole: it adds what waits for the coder, which is the coded
lines and the hours, and the panel of the chosen chair, whose place is kept free until then.
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
_FIRST_PAGE = {"suite-name": "Chairtime", "zone": "America/New_York", "actor": "AK"}
"""What the page of the first start always sets."""
_SAID = b"painted."
_PATIENCE_S = 60

_PAINTED = """
import os
from PySide6.QtCore import QTimer

class Watched:
    is_painted = False

    def paintEvent(self, event):
        super().paintEvent(event)
        if not self.is_painted:
            self.is_painted = True
            QTimer.singleShot(0, painted)

def painted():
    os.write(1, b"painted.")
"""
"""Tells the first paint of a window: the timer rings when all that is in it is painted too."""

_BARE = (
    _PAINTED
    + """
import sys
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

class Window(Watched, QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: os._exit(0))

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
load = cli._command_in

def watched(module):
    command = load(module)
    room = sys.modules[module]

    class Window(Watched, room.MainWindow):
        def show_lines(self):
            super().show_lines()
            QTimer.singleShot(0, lambda: os._exit(0))

    room.MainWindow = Window
    return command

cli._command_in = watched
sys.exit(cli.main(["--data-dir", sys.argv[1]]))
"""
)
"""Ends when its second picture is painted; the command loads its window itself, as it does in use."""


_AS_INSTALLED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""An installed program has its compiled files; the first start of each kind, not counted, writes them."""


def _start_ms(program: str, folder: Path) -> tuple[float, float]:
    """Start a window, and return how long it took until it was painted, and until its process ended."""
    began = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - this Python, with the text above
        [sys.executable, "-c", program, str(folder)],
        env=_AS_INSTALLED if has_display() else _AS_INSTALLED | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as window:
        said = window.stdout.read(len(_SAID)) if window.stdout else b""
        painted = time.perf_counter() - began
        window.wait(_PATIENCE_S)
    if said != _SAID or window.returncode:
        message = f"the window painted nothing: {said!r}"
        raise RuntimeError(message)
    return painted * 1000, (time.perf_counter() - began) * 1000


def _make_suite(folder: Path) -> None:
    """Fill a data folder with years of signed sessions and the demo's suite in mid-morning."""
    with demo_day_in(folder) as day:
        _add_years(day.parts.folder.journal, day.clock.now().wall_us)
        day.play_until(MID_MORNING)
        for key, text in _FIRST_PAGE.items():
            day.parts.folder.settings.set(key, text)


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
        starts = [(_start_ms(_BARE, folder), _start_ms(_CHAIRTIME, folder)) for _ in range(_STARTS)]
    print(f"journal                {_EVENTS} events and the demo's morning")
    _print_times("bare PySide6 window", [bare for (bare, _), _ in starts])
    _print_times("Chairtime, 12 chairs", [painted for _, (painted, _) in starts])
    _print_times("  with lines and panel", [whole for _, (_, whole) in starts])
    ratio = median(painted / bare for (bare, _), (painted, _) in starts)
    print(f"{'ratio':22} median {ratio:6.2f}   (aim: at most {_AIM})")


def _print_times(what: str, times: list[float]) -> None:
    slow = quantiles(times, n=10)[-1]
    print(f"{what:22} median {median(times):6.0f} ms   nine in ten under {slow:6.0f} ms")


if __name__ == "__main__":
    main()
