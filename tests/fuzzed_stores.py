"""The parsers of what lies beside the journal or is held against it: backups, key files, heads, histories."""

from __future__ import annotations

import json
import shutil
from atexit import register
from collections.abc import Sequence
from contextlib import redirect_stdout
from functools import cache
from hashlib import sha256
from io import StringIO
from pathlib import Path
from tempfile import mkdtemp

from desktop_app.commands.backup_words import lines_of
from desktop_app.commands.history import history_text
from desktop_app.commands.history_check import fault_of_history
from desktop_app.commands.history_papers import head_of
from desktop_app.commands.noted import fault_of_head, fault_of_manifest
from desktop_app.commands.streams import NothingDone
from desktop_app.core.ports import JournalError, SecretRefused
from desktop_app.core.record.chronicle import chronicle_of
from desktop_app.store.backup_state import keep_state, read_state
from desktop_app.store.backups import read_backup, stay
from desktop_app.store.checking import bytes_fault
from desktop_app.store.codec import canonical
from desktop_app.store.folder import Folder
from desktop_app.store.keys import read_key_file
from desktop_app.store.log_file import read_log
from desktop_app.store.look import LOOK_NAME, read_look
from desktop_app.store.opening import open_folder
from desktop_app.store.recovery_key import new_recovery_key, plain_recovery_key
from desktop_app.store.signed_head import as_plain
from desktop_app.store.tries import TriesFile
from tests.fakes import FakeClock
from tests.fuzzed_parsers import Answer, Parser, in_file, in_text
from tests.store.damages import worked_in

HERE = Path(__file__).resolve().parent


@cache
def _place() -> Path:
    """Make a folder once for all: a journal with signed heads, and a backup of it."""
    place = Path(mkdtemp())
    register(shutil.rmtree, place, ignore_errors=True)
    worked_in(place / "data")
    return place / "data"


@cache
def _folder() -> Folder:
    folder = open_folder(_place())
    folder.heads.sign()
    register(folder.close)
    return folder


def _checked_anew(content: bytes) -> bytes:
    """Return a manifest whose own check is right again, as whoever means ill would make it."""
    try:
        raw = json.loads(content)
        raw.pop("check", None)
        check = sha256(canonical(raw).encode()).hexdigest()
    except (ValueError, AttributeError, TypeError, RecursionError):
        return content
    return (json.dumps({**raw, "check": check}, indent=1) + "\n").encode()


def _manifest(content: bytes, folder: Path) -> Answer:
    said: list[str] = []
    for name, kept in (("as-it-is", content), ("checked-anew", _checked_anew(content))):
        place = folder / "000001-2026-03-02T130000Z"
        place.mkdir(exist_ok=True)
        (place / "manifest.json").write_bytes(kept)
        backup = read_backup(place)
        stay([backup])
        lines_of([backup], 0, "UTC")
        said += [f"{name}: {backup.fault or bytes_fault(backup)}"]
    return said if any(not one.endswith("is missing") for one in said) else []


def _manifests(_: Path) -> list[bytes]:
    _folder()
    (file,) = _place().parent.rglob("manifest.json")
    return [file.read_bytes()]


def _state(content: bytes, folder: Path) -> Answer:
    (folder / "backups.json").write_bytes(content)
    read_state(folder)
    return []


def _states(folder: Path) -> list[bytes]:
    keep_state(folder, read_state(folder))
    (file,) = folder.iterdir()
    return [file.read_bytes()]


def _held_against(content: bytes, folder: Path) -> Answer:
    """Hold a file against the journal as whatever it may be: a head, a manifest, a history."""
    file = folder / "noted.json"
    file.write_bytes(content)
    said: list[str] = []
    for look in (fault_of_head, fault_of_manifest, fault_of_history):
        with redirect_stdout(StringIO()):
            try:
                found = look(_folder(), str(file))
            except NothingDone as fault:
                found = str(fault)
        said += [found] if found else []
    return said if len(said) == len((fault_of_head, fault_of_manifest, fault_of_history)) else []


def _noted(_: Path) -> list[bytes]:
    folder = _folder()
    history = history_text(folder, [chronicle_of(folder.journal, "a")], head_of(folder))
    short = json.loads(history)
    short["sessions"][0]["events"] = short["sessions"][0]["events"][:2]
    head = folder.heads.last()
    assert head is not None
    return [json.dumps(as_plain(head)).encode(), json.dumps(short).encode(), *_manifests(_place())]


def _locked_keys(_: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted((HERE / "store/locked_fixtures").rglob("keys.json"))]


def _read_key_file(path: Path) -> Sequence[str]:
    read_key_file(path)
    return []


def _tries(content: bytes, folder: Path) -> Answer:
    (folder / "tries").write_bytes(content)
    try:
        TriesFile(folder / "tries", FakeClock()).require_free("AK")
    except JournalError as fault:
        return [str(fault)]
    return []


def _look(content: bytes, folder: Path) -> Answer:
    """Whatever the file says, the window looks as one of those that can be chosen."""
    (folder / LOOK_NAME).write_bytes(content)
    look = read_look(folder)
    assert look.scheme in {"system", "light", "dark"}
    assert 80 <= look.text_percent <= 150
    return []


def _log(content: bytes, folder: Path) -> Answer:
    (folder / "x.db-wal").write_bytes(content)
    read_log(folder / "x.db")
    return []


@cache
def _crashed() -> bytes:
    place = Path(mkdtemp())
    register(shutil.rmtree, place, ignore_errors=True)
    worked_in(place / "data", closed=False)
    return (place / "data" / "chairtime.db-wal").read_bytes()[:40_000]


def _recovery_keys(_: Path) -> list[bytes]:
    return [new_recovery_key().encode(), b"0000-0000"]


_LOOK = b'{"scheme": "dark", "text-size": "150"}\n'
_TRY = b'["AK", 1772460000000000, 5000000, false, false]\n'
STORES: tuple[Parser, ...] = (
    Parser("backup manifests", _manifests, _manifest),
    Parser("backup states", _states, _state),
    Parser("what is held against a journal", _noted, _held_against),
    Parser("locked key files", _locked_keys, in_file("keys.json", _read_key_file, JournalError)),
    Parser("tries", lambda _: [_TRY * 3, _TRY], _tries),
    Parser("looks", lambda _: [_LOOK], _look),
    Parser("logs", lambda _: [_crashed()], _log),
    Parser("recovery keys", _recovery_keys, in_text(plain_recovery_key, SecretRefused)),
)
"""Every such way in."""
