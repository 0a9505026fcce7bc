"""``run``: the window, or the same day's work without one."""

from __future__ import annotations

import os
import sys

from chores import environment
from chores.terminal import call, say

DEMO_FOLDER = "chairtime-demo"


def has_display() -> bool:
    """Return whether a window can open here."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run(arguments: list[str]) -> int:
    """Open the window with these arguments, or run the command they name; demo where nothing can open."""
    python = environment.ready_for_qt(environment.RUN)
    names_a_command = bool(arguments) and not arguments[0].startswith("-")
    if names_a_command or has_display():
        return call([python, "-m", "desktop_app", *arguments])
    say(f"There is no display here, so the demo day is played without a window, into ./{DEMO_FOLDER}.")
    headless = {"QT_QPA_PLATFORM": "offscreen"}
    return call([python, "-m", "desktop_app", "demo", "--to", DEMO_FOLDER], extra=headless)
