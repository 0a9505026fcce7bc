"""What the window does once its first picture is seen: whatever no picture waits for."""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import partial
from pathlib import Path

from desktop_app.app import Parts
from desktop_app.commands.aside import clear_aside
from desktop_app.commands.window_backups import WindowBackups
from desktop_app.core.ports import JournalError
from desktop_app.store.look import keep_look
from desktop_app.ui.front import FrontDoor
from desktop_app.ui.on_screen import bring_to_front
from desktop_app.ui.window import MainWindow


def make_ready(window: MainWindow, parts: Parts, path: Path, told: str) -> None:
    """Open the door to second starts, look after backups, and tell what the start found."""
    backups = WindowBackups(parts)
    window.upkeep.look_after(backups)
    window.station.secrets.copies = backups.open_copies
    parts.emergency.prepare()
    clear_aside(path)
    keep_look(path, parts.folder.settings)
    door = FrontDoor(path, window)
    door.knocked.connect(partial(bring_to_front, window))
    tell_left_out(window)
    if told:
        window.toast.say_late(told, alert=False)
    if parts.taken_up is not None:
        from desktop_app.commands.taken_up import tell_taken_up  # noqa: PLC0415 - hardly any start has some

        tell_taken_up(window, parts.taken_up)
    if not parts.folder.is_anybodys:
        with suppress(JournalError):
            from desktop_app.commands.attending import tell_failed_tries  # noqa: PLC0415 - as above

            tell_failed_tries(parts)
    # What cannot be settled now is settled by the next export, which says what is in its way.
    with suppress(JournalError):
        parts.exporter.settle()


def tell_left_out(window: MainWindow) -> None:
    """Say at the start which protocols could not be read; the settings go on saying it."""
    faults = window.station.protocols.faults()
    if faults:
        window.toast.say_late(f"Left out until it is put right: {' '.join(faults)}")
        print(*faults, sep="\n", file=sys.stderr)
