"""The board with forty chairs: what a second costs at rest, and two busy hours played in the real window.

At rest forty infusions run and nobody touches anything. Beside it, in the same run, stands the
barest window that shows as much: forty labels, each given another time every second. Both are
told as a share of one core, by the processor's time. The busy hours are those of the stress
test; the seconds in which a signature waits for its reader are real ones and are not counted.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles

from desktop_app.commands.display import has_display

_REST_S = 30
_HOURS = 2
_SPEED_AIM = 60
_FRAME_AIM_MS = 50
_REST_AIM = 3

_MEASURED = f"""
import os, sys, time
from PySide6.QtCore import QTimer

def at_rest(application):
    def begin():
        began.append((time.process_time(), time.perf_counter()))
        QTimer.singleShot({_REST_S} * 1000, end)
    def end():
        used, passed = time.process_time() - began[0][0], time.perf_counter() - began[0][1]
        os.write(1, f"{{used / passed * 100:.3f}}".encode())
        os._exit(0)
    began = []
    QTimer.singleShot(2000, begin)
    application.exec()
"""
"""Waits until a window has settled, then tells the percent of one core that the next while took."""

_BARE = (
    _MEASURED
    + """
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QWidget

application = QApplication(sys.argv)
window, labels = QWidget(), [QLabel("0:00:00") for _ in range(40)]
grid = QGridLayout(window)
for at, label in enumerate(labels):
    grid.addWidget(label, at // 5, at % 5)
window.resize(1440, 900)
window.show()
seconds = 0

def tick():
    global seconds
    seconds += 1
    for label in labels:
        label.setText(f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}")

timer = QTimer()
timer.timeout.connect(tick)
timer.start(1000)
at_rest(application)
"""
)

_CHAIRTIME = (
    _MEASURED
    + """
from pathlib import Path
from desktop_app.ui.application import Application
from tests.stress.busy_suite import BusySuite, busy_window

application = Application(sys.argv[:1])
with busy_window(Path(sys.argv[1])) as (window, parts, clock):
    parts.folder.settings.set("density", "dense")
    BusySuite(window, parts, clock, seed=4).start_all()
    window.resize(1920, 1080)
    clock.go_on()
    window.ticker.start()
    at_rest(application)
"""
)


def _percent(program: str, folder: Path) -> float:
    """Return the percent of one core that a window takes at rest."""
    environment = dict(os.environ) if has_display() else os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(  # noqa: S603 - this Python, with the text above
        [sys.executable, "-c", program, str(folder)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return float(done.stdout)


def _print_rest() -> None:
    with tempfile.TemporaryDirectory() as name:
        bare = _percent(_BARE, Path(name) / "none")
        chairtime = _percent(_CHAIRTIME, Path(name) / "data")
    print(f"at rest, {_REST_S} s            share of one core")
    print(f"  bare window, 40 labels    {bare:6.2f} %")
    print(f"  Chairtime, 40 running     {chairtime:6.2f} %   (aim: under {_REST_AIM} %)")
    print(f"  ratio                     {chairtime / bare:6.2f}")


def _print_busy() -> None:
    # Qt is loaded here and not above: what is at rest runs in processes of its own.
    from desktop_app.ui.application import Application  # noqa: PLC0415
    from tests.stress.busy_suite import BusySuite, busy_window  # noqa: PLC0415

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = Application(["chairtime"])
    with (
        tempfile.TemporaryDirectory() as name,
        busy_window(Path(name) / "data") as (window, parts, clock),
    ):
        played = BusySuite(window, parts, clock, seed=4).play(_HOURS * 3600)
    application.processEvents()
    frames, (widgets, widgets_then) = played.frames_ms, played.widgets
    print(f"{_HOURS} busy hours of 40 chairs   {played.seconds / played.took_s:.0f} × (aim: {_SPEED_AIM} ×)")
    print(f"  touches made              {played.made:6}")
    print(f"  touches not in the journal{played.missed:6}   (aim: 0)")
    print(
        f"  frame                     median {median(frames):.1f} ms   99 in 100 under "
        f"{quantiles(frames, n=100)[-1]:.1f} ms   longest {max(frames):.1f} ms (aim: under {_FRAME_AIM_MS})"
    )
    print(f"  widgets                   {widgets} after half an hour, {widgets_then} at the end")
    print(f"  memory, Python's blocks   {played.blocks[0]}, {played.blocks[1]}")
    print(f"  memory, of the process    {played.resident_kb[0]} kB, {played.resident_kb[1]} kB")


def main() -> None:
    """Print what the board costs at rest, and how it takes two busy hours."""
    _print_rest()
    _print_busy()


if __name__ == "__main__":
    main()
