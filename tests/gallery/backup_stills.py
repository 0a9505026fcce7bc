"""Backups and faults: what is said lastingly, the ways back, and the window where nothing can be opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop_app.core.events import Stamp
from desktop_app.core.ports import Write
from desktop_app.ui.backup_ports import OPEN_COPIES, BackupLine, BackupsNow, Found, NoBackups, Sign
from desktop_app.ui.beside.quitting import KeptSheet
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.recovery.window import RescueWindow
from desktop_app.ui.sheets.backups import BackupsSheet
from tests.gallery.scene import Act, Scene, Still

GONE = Sign(
    "No backup",
    "No backup: The backup folder /media/backups cannot be used: /media/backups: No such file or directory. "
    "The last good one is of 41 minutes ago. Work goes on.",
)
LOW = Sign(
    "Disk low", "The disk with the journal has 412 MB left. Make room soon; until it is full all is saved."
)
OPEN = Sign(
    OPEN_COPIES,
    "3 copies of the record from before the first passphrase open without one. Make a backup that opens with "
    "one, then destroy these: in the settings, at Backups.",
)
_SHELF = "/media/backups/journal-01a2171defe07226-9ebc61fa3f1f4272"
COPIES = (
    "/home/suite/.local/share/chairtime/quarantine/2026-02-26T071811Z",
    f"{_SHELF}/000039-2026-03-02T130501Z",
    f"{_SHELF}/000040-2026-03-02T140501Z",
)
DAMAGED = "The database /home/suite/.local/share/chairtime/chairtime.db is damaged: event 61204 is missing."
FOUND = Found(
    name="000041-2026-03-02T150501Z",
    made="Mon 2 Mar 2026, 10:05, 41 minutes ago",
    back="61,180 events from the backup and 23 newer from the damaged file; nothing is known to be missing",
)


@dataclass
class StandInBackups(NoBackups):
    """Backups that stand as a picture wants them."""

    wrong: tuple[Sign, ...] = ()

    def open_copies(self) -> Sequence[str]:
        return COPIES

    def now(self) -> BackupsNow:
        return BackupsNow(place="/media/backups", last="The last one was made 41 minutes ago.")

    def signs(self) -> Sequence[Sign]:
        return self.wrong

    def lines(self) -> Sequence[BackupLine]:
        return (
            BackupLine(
                name="43", made="", age="", size="", fault="/media/43/chairtime.db is not what was written"
            ),
            *(
                _line(hour, age)
                for hour, age in ((10, "41 minutes ago"), (9, "1 hour ago"), (8, "2 hours ago"))
            ),
        )


def _line(hour: int, age: str) -> BackupLine:
    made = f"Mon 2 Mar 2026, {hour:02}:05"
    return BackupLine(name=str(hour), made=made, age=age, size=f"{60_000 + hour:,} events, 31.4 MB")


@dataclass
class StandInRescue:
    """A journal that cannot be opened, with a backup or without."""

    what: str = DAMAGED
    found: Found | None = FOUND
    restores: bool = True
    begins: bool = False
    folder: Path = field(default_factory=Path)

    def find(self) -> Found | None:
        return self.found

    def restore(self, name: str) -> str:
        return (
            f"It has 61,180 events from backup {name}, 23 newer from the file that was here; nothing is "
            "known to be missing. What was here lies in quarantine/2026-03-02T154612Z."
        )


class KeptSomewhere:
    """Takes every touch, as the emergency file does."""

    def keep(self, touch: str, writes: Sequence[Write], stamp: Stamp) -> bool:  # noqa: ARG002 - as the port
        return True

    def settle(self, touch: str) -> None:
        """Forget nothing."""


def _looked_after(scene: Scene, *wrong: Sign) -> None:
    scene.window.upkeep.look_after(StandInBackups(wrong))


def _settings(scene: Scene, *wrong: Sign) -> None:
    _looked_after(scene, *wrong)
    scene.window.show_page("settings", "backups")


def _list(scene: Scene) -> BackupsSheet:
    _settings(scene)
    scene.window.settings.backups.restore.click()
    assert isinstance(scene.sheet, BackupsSheet)
    return scene.sheet


def _destroying(scene: Scene) -> None:
    _settings(scene, OPEN)
    scene.window.settings.backups.destroy_copies.click()


def _chosen(scene: Scene) -> None:
    _list(scene).choices["10"].click()


def _safe(scene: Scene) -> None:
    scene.ward.desk.refuge.ask = KeptSomewhere
    scene.ward.journal.is_full = True
    scene.ask(Deed.STOP, "5")
    scene.ask(Deed.STOP, "4")


def _quit_safe(scene: Scene) -> None:
    _safe(scene)
    scene.window.beside.leaving.ask_to_quit()
    assert isinstance(scene.sheet, KeptSheet)


def _rescue(rescue: StandInRescue, *, restored: bool = False) -> Act:
    def taken(scene: Scene) -> QWidget:
        window = RescueWindow(rescue, scene.window.theme)
        scene.window.destroyed.connect(window.deleteLater)
        window.show()
        window.finish()
        if restored:
            window.restore.click()
            window.finish()
        return window

    return taken


def _given(act: Callable[[Scene], object]) -> Act:
    def taken(scene: Scene) -> None:
        act(scene)

    return taken


_UNWRITABLE = StandInRescue(
    what="The data folder /home/suite/.local/share/chairtime is read-only. Nothing in it was changed; start "
    "again once it can be written to.",
    restores=False,
)
_MOVED = StandInRescue(
    what="There is no journal in /home/suite/.local/share/chairtime, though backups of one lie beside "
    "it: the folder was moved, renamed or deleted.",
    begins=True,
)
BACKUP_STILLS: tuple[Still, ...] = (
    Still("backups-settings", _given(_settings)),
    Still("backups-settings-trouble", _given(lambda scene: _settings(scene, GONE, LOW))),
    Still("backups-settings-open", _given(lambda scene: _settings(scene, OPEN))),
    Still("backups-destroy", _given(_destroying)),
    Still("backups-rail", _given(partial(_looked_after))),
    Still("backups-rail-trouble", _given(lambda scene: _looked_after(scene, GONE))),
    Still("backups-rail-low", _given(lambda scene: _looked_after(scene, LOW))),
    Still("backups-list", _given(_list)),
    Still("backups-restore", _given(_chosen)),
    Still("not-saved-safe", _given(_safe)),
    Still("quit-safe", _given(_quit_safe)),
    Still("rescue-found", _rescue(StandInRescue()), busy=False),
    Still("rescue-restored", _rescue(StandInRescue(), restored=True), busy=False),
    Still("rescue-none", _rescue(StandInRescue(found=None)), busy=False),
    Still("rescue-unwritable", _rescue(_UNWRITABLE), busy=False),
    Still("rescue-moved", _rescue(_MOVED), busy=False),
)
