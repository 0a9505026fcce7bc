"""``run``: the window, or the same day's work without one."""

from __future__ import annotations

from runpy import run_path

from chores import environment
from chores.terminal import ROOT, call, say

DEMO_FOLDER = "chairtime-demo"


def has_display() -> bool:
    """Return whether a window can open here, as the program itself finds out; that needs no packages."""
    found = run_path(str(ROOT / "desktop_app" / "commands" / "display.py"))
    return bool(found["has_display"]())


def run(arguments: list[str]) -> int:
    """Open the window with these arguments, or run the command they name; demo where nothing can open."""
    python = environment.ready_for_qt(environment.RUN)
    names_a_command = bool(arguments) and not arguments[0].startswith("-")
    if names_a_command or has_display():
        return call([python, "-m", "desktop_app", *arguments])
    say(f"There is no display here, so the demo day is played without a window, into ./{DEMO_FOLDER}.")
    headless = {"QT_QPA_PLATFORM": "offscreen"}
    return call([python, "-m", "desktop_app", "demo", "--to", DEMO_FOLDER], extra=headless)
