"""The key file: the database's key, its identity, and where the journal stood when last closed.

A wrong key, a damaged file and an exchanged file all look alike from inside the cipher. The
key file tells them apart: ``database`` is the salt at the head of the database file, ``head``
the last event it must still hold, and ``check`` binds all of it to the key. It is written
when the database is made, opened and closed, never for a touch.
"""

from __future__ import annotations

import hmac
import json
import re
import secrets
import stat
from pathlib import Path
from typing import Any

from desktop_app.core.values import dataclass
from desktop_app.store.codec import canonical
from desktop_app.store.database import DatabaseKey
from desktop_app.store.durable_file import OWNER_ONLY, write_durably
from desktop_app.store.faults import KeyFileOfNewer, KeyFileUnusable

FORMAT = 1
_KEY_BYTES = 32
_SALT_BYTES = 16
_GROUP_AND_OTHERS = 0o077
_LARGEST_BYTES = 10_000
"""Many times what a key file holds."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last event known to be on disk: its workstation and epoch, its number, its hash."""

    origin: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Keys:
    """What the key file holds. ``head`` is None until the database has been made."""

    database: DatabaseKey
    head: Head | None = None


def create_keys(path: Path) -> Keys:
    """Write a key file with a new random key. Raises KeyFileUnusable when one is there already."""
    if path.exists():
        raise KeyFileUnusable(f"There is a key file {path} already; it is never overwritten.")
    keys = Keys(DatabaseKey(secrets.token_bytes(_KEY_BYTES), secrets.token_bytes(_SALT_BYTES)))
    write_keys(path, keys)
    return keys


def read_keys(path: Path) -> Keys:
    """Read the key file. Raises KeyFileUnusable when it is missing, damaged or of a newer program."""
    try:
        text = _content_of(path).decode("utf-8")
    except FileNotFoundError:
        sentence = (
            f"The key file {path} is missing; put it back from a copy, since only it opens the database."
        )
        raise KeyFileUnusable(sentence) from None
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFileUnusable(f"The key file {path} cannot be read.") from error
    return _parse(path, text)


def _content_of(path: Path) -> bytes:
    """Return what the file holds; a pipe would keep the start waiting, a device never end. Raises OSError."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise KeyFileUnusable(f"The key file {path} is no file; put it back from a copy.")
    with path.open("rb") as stream:
        content = stream.read(_LARGEST_BYTES + 1)
    if len(content) > _LARGEST_BYTES:
        raise _damaged(path)
    return content


def keep_private(path: Path) -> None:
    """Take the key file back from everyone but its owner, as after copying a folder."""
    if path.stat().st_mode & _GROUP_AND_OTHERS:
        path.chmod(OWNER_ONLY)


def write_keys(path: Path, keys: Keys) -> None:
    """Write a key file, durable on return. Raises KeyFileUnusable."""
    try:
        write_durably(path, _text(keys))
    except OSError as error:
        raise KeyFileUnusable(f"The key file {path} cannot be written: {error.strerror}.") from error


def _text(keys: Keys) -> str:
    content = _content(keys)
    return json.dumps({**content, "check": _check(keys, content)}, indent=2) + "\n"


def _content(keys: Keys) -> dict[str, Any]:
    head = None if keys.head is None else [keys.head.origin, keys.head.seq, keys.head.hash]
    return {
        "format": FORMAT,
        "database": keys.database.salt.hex(),
        "key": keys.database.key.hex(),
        "head": head,
    }


def _check(keys: Keys, content: dict[str, Any]) -> str:
    return hmac.digest(keys.database.key, canonical(content).encode(), "sha256").hex()


def _parse(path: Path, text: str) -> Keys:
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        raise _damaged(path) from None
    if not isinstance(raw, dict):
        raise _damaged(path)
    if type(raw.get("format")) is int and raw["format"] > FORMAT:
        raise KeyFileOfNewer(f"The key file {path} is of a newer version of Chairtime; please update.")
    keys = _keys(raw)
    # A blank in another place would do no harm; but whoever changed it may have changed more.
    if keys is None or text != _text(keys):
        raise _damaged(path)
    return keys


def _damaged(path: Path) -> KeyFileUnusable:
    return KeyFileUnusable(f"The key file {path} is damaged; put it back from a copy.")


def _keys(raw: dict[str, Any]) -> Keys | None:
    key, salt = _hex(raw.get("key"), _KEY_BYTES), _hex(raw.get("database"), _SALT_BYTES)
    if key is None or salt is None:
        return None
    match raw.get("head"):
        case None:
            return Keys(DatabaseKey(key, salt))
        case [str(origin), int(seq), str(link)]:
            return Keys(DatabaseKey(key, salt), Head(origin, seq, link))
    return None


def _hex(value: object, length: int) -> bytes | None:
    if isinstance(value, str) and re.fullmatch(f"[0-9a-f]{{{2 * length}}}", value):
        return bytes.fromhex(value)
    return None
