"""``run`` and ``pictures``: the window, the same day's work without one, and what everything looks like."""

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


def pictures(arguments: list[str]) -> int:
    """Take a picture of every screen, state and sheet, in both schemes and every size, into a folder."""
    python = environment.ready_for_qt(environment.DEV)
    # The folder is the person's; the tests are the project's, also where another project stands.
    here = {"PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1", "QT_QPA_PLATFORM": "offscreen"}
    return call([python, "-m", "tests.gallery", *arguments], extra=here)
