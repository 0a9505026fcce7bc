"""``chairtime doctor``: whether this computer and this data folder are fit for work, safe to send to support.

Nothing is changed and nothing of a patient is read: of the journal only whether its end is whole. A folder
is told from the person's own on, so that no name of an account stands in what is sent.
"""

from __future__ import annotations

import os
import platform
import shutil
import stat
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from desktop_app import __version__, paths
from desktop_app.coding.refusals import RulebookError
from desktop_app.commands.crash_report import FOLDER as CRASH_REPORTS
from desktop_app.commands.crash_report import kind_of
from desktop_app.core.ports import JournalError
from desktop_app.core.values import dataclass
from desktop_app.rulebook_files import load_rules
from desktop_app.store.backup_state import is_last_gone, read_state
from desktop_app.store.clock import SystemClock, local_zone
from desktop_app.store.database import OLDEST_ENGINE, engine_versions
from desktop_app.store.faults import FolderLocked
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME
from desktop_app.store.keys import RECOVERY, SealedKeys, Slot, read_key_file
from desktop_app.store.opening import open_folder

FEWEST_FREE_MB = 500
_MEGABYTE = 1_000_000
_OF_OTHERS = 0o077
_AHEAD_US = 5 * 60 * 1_000_000
_MOUNTS = Path("/proc/self/mounts")
_NETWORKED = ("nfs", "cifs", "smb", "fuse.sshfs", "afs", "ceph", "glusterfs", "davfs")


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was looked at."""

    what: str
    told: str
    is_wrong: bool = False

    @property
    def line(self) -> str:
        """It as a line of the report."""
        return f"{'WRONG' if self.is_wrong else 'ok':6}{self.what:12}{self.told}"


def run(arguments: Namespace) -> int:
    """Print what was found, a line each; status 1 where anything is wrong."""
    data_dir = arguments.data_dir or paths.user_data_dir()
    wrong = 0
    for name, look in CHECKS.items():
        for found in _looked(name, look, data_dir):
            print(found.line)
            wrong += found.is_wrong
    print(_summary(wrong))
    return 1 if wrong else 0


def _summary(wrong: int) -> str:
    if wrong:
        return f"{wrong} of these {'is' if wrong == 1 else 'are'} wrong; docs/for-it.md says what to do."
    return "Nothing is wrong. No patient's data stands in these lines."


def _looked(name: str, look: Look, data_dir: Path) -> list[Found]:
    """Return what was found; a look that fails itself is told as one, and the others follow."""
    try:
        return list(look(data_dir))
    except Exception as fault:  # noqa: BLE001 - it is asked on computers on which something is wrong
        return [Found(name, f"cannot be looked at ({kind_of(fault)})", is_wrong=True)]


def without_home(text: str) -> str:
    """Return a sentence in which the person's own folder is called ``~``."""
    home = str(Path.home())
    return text.replace(home, "~") if len(home) > 1 else text


def _program(_: Path) -> Iterator[Found]:
    frozen = "bundle" if getattr(sys, "frozen", False) else "not bundled"
    yield Found("program", f"chairtime {__version__}, {frozen}; Python {platform.python_version()}")
    yield Found("system", f"{platform.system()} {platform.release()}, {platform.machine()}")


def _engine(_: Path) -> Iterator[Found]:
    engine, cipher = engine_versions()
    oldest = ".".join(map(str, OLDEST_ENGINE))
    is_old = tuple(map(int, engine.split("."))) < OLDEST_ENGINE
    told = f"SQLite {engine} (needed: {oldest}), SQLCipher {cipher or 'missing'}"
    yield Found("engine", told, is_wrong=is_old or not cipher)


def _window(_: Path) -> Iterator[Found]:
    from desktop_app.commands.display import has_display  # noqa: PLC0415 - as the next one
    from desktop_app.commands.drawing import be_able_to_draw  # noqa: PLC0415 - Qt may be what is wrong
    from desktop_app.ui.fonts_here import font_here, qt_version  # noqa: PLC0415 - as above

    be_able_to_draw()
    display = "a display" if has_display() else "no display: commands work, the window cannot open"
    yield Found("qt", f"Qt {qt_version()}; {display}")
    family, is_inter = font_here()
    yield Found("fonts", f"{family}{'' if is_inter else ' in place of Inter, which is not here'}")


def _folder(data_dir: Path) -> Iterator[Found]:
    name = without_home(str(data_dir))
    if not data_dir.is_dir():
        missing = "is no folder" if data_dir.exists() else "is not there yet; the first start makes it"
        yield Found("folder", f"{name} {missing}", is_wrong=data_dir.exists())
        return
    if os.name != "nt":
        yield from _rights(data_dir, name)
    kind = _file_system(data_dir)
    if kind.startswith(_NETWORKED):
        yield Found("place", f"on a network ({kind}), where no journal may lie", is_wrong=True)
    free = shutil.disk_usage(data_dir).free // _MEGABYTE
    told = f"{free:,} MB free" + ("" if free >= FEWEST_FREE_MB else f", fewer than {FEWEST_FREE_MB}")
    yield Found("space", told, is_wrong=free < FEWEST_FREE_MB)


def _rights(data_dir: Path, name: str) -> Iterator[Found]:
    mode = stat.S_IMODE(data_dir.stat().st_mode)
    if not os.access(data_dir, os.W_OK | os.X_OK):
        yield Found("folder", f"{name} cannot be written", is_wrong=True)
    elif mode & _OF_OTHERS:
        yield Found("folder", f"{name} is open to others ({mode:o}); it should be 700", is_wrong=True)
    elif open_files := _open_files(data_dir):
        yield Found("folder", f"{name} has {open_files[0]}; it should be 600", is_wrong=True)
    else:
        yield Found("folder", f"{name} and its files, their owner's alone")


def _open_files(data_dir: Path) -> list[str]:
    """Return the files beside the journal that others may use, should the folder ever let them in."""
    modes = ((path.name, _mode_of(path)) for path in sorted(data_dir.iterdir()))
    return [
        f"{name}, open to others ({stat.S_IMODE(mode):o})"
        for name, mode in modes
        if stat.S_ISREG(mode) and mode & _OF_OTHERS
    ]


def _mode_of(path: Path) -> int:
    """Return the mode of what lies there; nothing where a program that works put it away meanwhile."""
    try:
        return path.lstat().st_mode
    except FileNotFoundError:
        return 0


def _file_system(data_dir: Path) -> str:
    """Return what kind of file system a folder lies on; nothing where the system does not say."""
    if not _MOUNTS.is_file():
        return ""
    place, longest = data_dir.resolve(), -1
    kind = ""
    for row in _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines():
        _, mount, form, *_rest = row.split(" ")
        if place.is_relative_to(mount) and len(mount) > longest:
            kind, longest = form, len(mount)
    return kind


def _keys(data_dir: Path) -> Iterator[Found]:
    file = data_dir / KEYS_NAME
    if not file.is_file():
        is_lost = (data_dir / DATABASE_NAME).exists()
        yield Found("keys", f"{KEYS_NAME} is not there", is_wrong=is_lost)
        return
    mode = stat.S_IMODE(file.stat().st_mode)
    if os.name != "nt" and mode & _OF_OTHERS:
        yield Found("keys", f"{KEYS_NAME} is open to others ({mode:o}); it should be 600", is_wrong=True)
    try:
        keys = read_key_file(file)
    except JournalError as fault:
        yield Found("keys", without_home(str(fault)), is_wrong=True)
        return
    if isinstance(keys, SealedKeys):
        told = "the key is sealed to the people who sign in"
    else:
        told = "the key lies open in the folder: the account and the disk's encryption protect it"
    keyring = "the system's keyring holds it too" if keys.keyring else "no keyring is asked"
    yield Found("keys", f"{told}; {keyring}")
    if keys.slots:
        yield _recovery_key(keys.slots)


def _recovery_key(slots: tuple[Slot, ...]) -> Found:
    has_one = any(slot.name == RECOVERY for slot in slots)
    lost = "there is none: forgotten passphrases lose the journal; `chairtime keys recovery` makes one"
    return Found("recovery", "a recovery key opens the folder" if has_one else lost, is_wrong=not has_one)


def _journal(data_dir: Path) -> Iterator[Found]:
    if not (data_dir / DATABASE_NAME).exists() and not (data_dir / KEYS_NAME).exists():
        yield Found("journal", "not there yet")
        return
    try:
        folder = open_folder(data_dir, read_only=True)
    except FolderLocked:
        yield Found("journal", "not looked at: it opens for who signs in; `chairtime verify` looks at it")
        return
    except JournalError as fault:
        yield Found("journal", without_home(str(fault)), is_wrong=True)
        return
    try:
        events, link = folder.journal.last()
        last_us = max((r.stamp.reading.wall_us for r in folder.journal.since(events - 1)), default=0)
        zone = folder.settings.get("zone")
    finally:
        folder.close()
    yield Found("journal", f"{events} events, the end of it whole, head {link[:16]}")
    ahead = last_us - SystemClock(lambda: zone).now().wall_us
    is_behind = ahead > _AHEAD_US
    told = "behind what is recorded: let the system set it" if is_behind else "not behind what is recorded"
    yield Found("clock", f"{told}; zone {zone}", is_wrong=is_behind)


def _backups(data_dir: Path) -> Iterator[Found]:
    state = read_state(data_dir)
    place = without_home(state.place)
    if state.fault:
        yield Found("backups", without_home(state.fault), is_wrong=True)
    elif is_last_gone(state):
        told = f"the last one, {state.name}, is not to be found in {place}; `chairtime backup` makes another"
        yield Found("backups", told, is_wrong=True)
    elif state.name:
        made = datetime.fromtimestamp(state.made_us // 1_000_000, UTC).isoformat(timespec="minutes")
        yield Found("backups", f"the last made {made[:16]} UTC, {state.events} events, in {place}")
    else:
        yield Found("backups", f"none yet; they go into {place}")


def _copies(data_dir: Path) -> Iterator[Found]:
    from desktop_app.commands.open_copies import line_of  # noqa: PLC0415 - of a folder with people only
    from desktop_app.store.open_copies import is_protected, open_copies  # noqa: PLC0415 - as above

    if not is_protected(data_dir):
        return
    found = open_copies(data_dir)
    told = without_home(line_of(found)) if found else "none that opens without a passphrase was found"
    yield Found("copies", told, is_wrong=bool(found))


def _clock(_: Path) -> Iterator[Found]:
    reading = SystemClock().now()
    yield Found("clocks", f"wall, and one that counts since the start of the computer; here {local_zone()}")
    if reading.boot.startswith("start-"):
        yield Found("boot", "this system does not name its starts; each start of the program counts as one")


def _rules(data_dir: Path) -> Iterator[Found]:
    try:
        rules = load_rules(data_dir)
    except RulebookError as fault:
        yield Found("rules", without_home(str(fault)), is_wrong=True)
        return
    yield Found("rules", f"{rules.rulebook.version}, {len(rules.profiles)} payer profiles")


def _reports(data_dir: Path) -> Iterator[Found]:
    reports = sorted(path.name for path in (data_dir / CRASH_REPORTS).glob("*.txt"))
    told = f"{len(reports)} in {CRASH_REPORTS}, the last {reports[-1]}" if reports else "none"
    yield Found("crashes", told)


Look = Callable[[Path], Iterator[Found]]
CHECKS: dict[str, Look] = {
    "program": _program,
    "engine": _engine,
    "window": _window,
    "folder": _folder,
    "keys": _keys,
    "journal": _journal,
    "backups": _backups,
    "copies": _copies,
    "clocks": _clock,
    "rules": _rules,
    "crashes": _reports,
}
"""Everything that is looked at, in the order in which it is told."""
