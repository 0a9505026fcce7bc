"""The key file: the database's key, its identity, and where the journal stood when last closed.

A wrong key, a damaged file and an exchanged file all look alike from inside the cipher. The
key file tells them apart: ``database`` is the salt at the head of the database file, ``head``
the last event it must still hold, and ``check`` binds all of it to the key. It is written
when the database is made, opened and closed and when somebody's secret changes, never for a touch.

There are two forms. In the first the key stands in the open: nobody has a passphrase yet. In the second
it is sealed to the people who work here; ``sealed_keys`` reads and writes that one.
"""

from __future__ import annotations

import hmac
import json
import re
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop_app.core.values import dataclass
from desktop_app.store.codec import canonical
from desktop_app.store.database import DatabaseKey
from desktop_app.store.durable_file import OWNER_ONLY, write_durably
from desktop_app.store.faults import FolderLocked, KeyFileNotWritten, KeyFileOfNewer, KeyFileUnusable

OPEN_FORMAT = 1
SEALED_FORMAT = 2
RECOVERY = ""
"""The name of the slot that the recovery key opens; nobody is called so."""
_KEY_BYTES = 32
SALT_BYTES = 16
_GROUP_AND_OTHERS = 0o077
_NO_NUMBER = 1 << 63
"""No event has such a number: the database could not keep it."""
_LARGEST_BYTES = 500_000
"""Many times what a key file holds."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last event known to be on disk: its workstation and epoch, its number, its hash."""

    origin: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Cost:
    """What it takes to try a secret once (argon2id)."""

    memory_kib: int
    passes: int
    lanes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """What somebody's passphrase opens: a private key, to whose public half data keys are sealed."""

    name: str
    salt: bytes
    cost: Cost
    public: bytes
    private: bytes
    sealed: Mapping[bytes, bytes]
    """Data keys, each by the salt of its database; two for a moment while a new one is made."""

    def __repr__(self) -> str:
        """Leave what is sealed out of every message."""
        return f"Slot(name={self.name!r})"


@dataclass(frozen=True, slots=True)
class Keys:
    """What the key file holds. ``head`` is None until the database has been made."""

    database: DatabaseKey
    head: Head | None = None
    slots: tuple[Slot, ...] = ()
    """Of whoever has a passphrase, and of the recovery key; without one the key stands in the open."""
    renew: bool = False
    """Whether a new data key is due: an earlier one may be known to somebody it should not be."""
    keyring: bool = False
    """Whether the system's keyring holds the data key too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedKeys:
    """What a key file says before anybody has signed in."""

    salts: tuple[bytes, ...]
    """Of the databases it is the key file of: one, or two while a new data key is made."""
    slots: tuple[Slot, ...]
    head: Head | None
    renew: bool
    keyring: bool
    checks: Mapping[bytes, bytes]
    """Binds all of it to each data key, by the database's salt."""

    @property
    def names(self) -> tuple[str, ...]:
        """Who has a passphrase."""
        return tuple(slot.name for slot in self.slots if slot.name != RECOVERY)


@dataclass(frozen=True, slots=True)
class Opened:
    """Who opened a folder and what with; empty where nobody has to sign in.

    The recovery key and the system's keyring name nobody: whoever works then has to sign in afterwards.
    """

    name: str = ""
    by: str = ""
    """``passphrase``, ``recovery-key`` or ``keyring``."""


def create_keys(path: Path) -> Keys:
    """Write a key file with a new random key. Raises KeyFileUnusable when one is there already."""
    if path.exists():
        raise KeyFileUnusable(f"There is a key file {path} already; it is never overwritten.")
    keys = Keys(new_database_key())
    write_keys(path, keys)
    return keys


def new_database_key() -> DatabaseKey:
    """Return a new random key, for a new database."""
    return DatabaseKey(secrets.token_bytes(_KEY_BYTES), secrets.token_bytes(SALT_BYTES))


def read_keys(path: Path) -> Keys:
    """Read a key file with the key in the open. Raises KeyFileUnusable; FolderLocked where people sign in."""
    found = read_key_file(path)
    if isinstance(found, SealedKeys):
        raise FolderLocked(f"The data folder {path.parent} is locked; sign in to open it.")
    return found


def read_key_file(path: Path) -> Keys | SealedKeys:
    """Read the key file. Raises KeyFileUnusable when it is missing, damaged or of a newer program."""
    try:
        content = _content_of(path)
    except FileNotFoundError:
        sentence = (
            f"The key file {path} is missing; put it back from a copy, since only it opens the database."
        )
        raise KeyFileUnusable(sentence) from None
    except OSError as error:
        raise KeyFileUnusable(f"The key file {path} cannot be read.") from error
    return keys_in(path, content)


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


def write_keys(path: Path, keys: Keys, *, beside: DatabaseKey | None = None) -> None:
    """Write a key file, durable on return. Raises KeyFileUnusable.

    ``beside`` is another data key that each slot opens, while one database takes the other's place.
    """
    try:
        write_durably(path, text_of_keys(keys, beside=beside))
    except OSError as error:
        raise KeyFileNotWritten(f"The key file {path} cannot be written: {error.strerror}.") from error


def text_of_keys(keys: Keys, *, beside: DatabaseKey | None = None) -> str:
    """Return what the key file says, to the byte: the same keys are always the same text."""
    return _sealed_text(keys, beside) if keys.slots else _open_text(keys)


def _sealed_text(keys: Keys, beside: DatabaseKey | None) -> str:
    from desktop_app.store.sealed_keys import text_of  # noqa: PLC0415 - only where people sign in

    return text_of(keys, (keys.database,) if beside is None else (keys.database, beside))


def _open_text(keys: Keys) -> str:
    content = _content(keys)
    return json.dumps({**content, "check": _check(keys, content)}, indent=2) + "\n"


def _content(keys: Keys) -> dict[str, Any]:
    return {
        "format": OPEN_FORMAT,
        "database": keys.database.salt.hex(),
        "key": keys.database.key.hex(),
        "head": head_list(keys.head),
    }


def _check(keys: Keys, content: dict[str, Any]) -> str:
    return hmac.digest(keys.database.key, canonical(content).encode(), "sha256").hex()


def keys_in(path: Path, content: bytes) -> Keys | SealedKeys:
    """Return what the content of a key file says; ``path`` is what it is called. Raises KeyFileUnusable."""
    try:
        text = content.decode("utf-8")
        raw = json.loads(text)
    except (ValueError, RecursionError):
        raise _damaged(path) from None
    if not isinstance(raw, dict):
        raise _damaged(path)
    number = raw.get("format")
    if type(number) is int and number > SEALED_FORMAT:
        raise KeyFileOfNewer(f"The key file {path} is of a newer version of Chairtime; please update.")
    keys = _sealed(raw, text) if number == SEALED_FORMAT else _open(raw, text)
    if keys is None:
        raise _damaged(path)
    return keys


def _sealed(raw: dict[str, Any], text: str) -> SealedKeys | None:
    from desktop_app.store.sealed_keys import parse  # noqa: PLC0415 - only where people sign in

    return parse(raw, text)


def _damaged(path: Path) -> KeyFileUnusable:
    return KeyFileUnusable(f"The key file {path} is damaged; put it back from a copy.")


def _open(raw: dict[str, Any], text: str) -> Keys | None:
    """Return the keys where the file is to the letter what was written: a changed blank is a change too."""
    key, salt = as_bytes(raw.get("key"), _KEY_BYTES), as_bytes(raw.get("database"), SALT_BYTES)
    if key is None or salt is None:
        return None
    keys = Keys(DatabaseKey(key, salt), as_head(raw.get("head")))
    return keys if text == _open_text(keys) else None


def head_list(head: Head | None) -> list[object] | None:
    """Return a head as the key file has it."""
    return None if head is None else [head.origin, head.seq, head.hash]


def as_head(value: object) -> Head | None:
    """Return the head that stands in a key file; what is none is as nothing, and fits no check."""
    match value:
        case [str(origin), int(seq), str(link)] if type(seq) is int and 0 <= seq < _NO_NUMBER:
            return Head(origin, seq, link)
    return None


def as_bytes(value: object, length: int | None = None) -> bytes | None:
    """Return the bytes of a text of small hexadecimal digits, of one length where it is given."""
    wanted = "([0-9a-f]{2})*" if length is None else f"[0-9a-f]{{{2 * length}}}"
    if isinstance(value, str) and re.fullmatch(wanted, value):
        return bytes.fromhex(value)
    return None
