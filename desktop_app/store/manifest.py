"""What a backup says of itself: of which journal, when, how far, and the checksum of every file.

It is written last and has a checksum of its own, and it has one spelling only: a byte of a backup
that is not what was written is noticed and its file named, whichever byte it is.
"""

from __future__ import annotations

import json
import os
from dataclasses import field, replace
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from desktop_app.core.values import dataclass
from desktop_app.store.codec import canonical
from desktop_app.store.durable_file import write_durably
from desktop_app.store.folder import LOCK_NAME
from desktop_app.store.keys import Head
from desktop_app.store.plain_files import small_content

MANIFEST_NAME = "manifest.json"
FORMAT = 1
_LARGEST_BYTES = 5_000_000
LATEST_US = 250_000_000_000_000_000
"""Long after anybody asks, and early enough to be a day of the calendar."""
_NOT_ON_WINDOWS = '\\:*?"<>|'


class ManifestUnreadable(ValueError):
    """A manifest is not what was written; ``str`` is the second half of a sentence."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of a backup as it was written."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds, as it was when it was made."""

    journal: str
    """The first origin of the journal: its name from the day it was made, through every restore."""
    made_us: int
    program: str
    events: int
    """Of every origin together."""
    head: Head
    rest: str
    """A hash over what the database holds besides events and their lists, such as the settings."""
    files: dict[str, KeptFile]
    signed_head: dict[str, Any] = field(default_factory=dict)
    """The newest signed head, with its keys, as ``signed_head.as_plain`` gives it; empty before the first."""


def kept_file(path: Path) -> KeptFile:
    """Return what a file is now. Raises OSError."""
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return KeptFile(path.stat().st_size, digest)


def is_backup(folder: Path) -> bool:
    """Return whether a folder is a backup: it has a manifest, be that whole or not, and nobody worked in it.

    Whoever works in a folder leaves its lock file there, and no backup has one.
    """
    return (folder / MANIFEST_NAME).exists() and not (folder / LOCK_NAME).exists()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write a backup's manifest, durable on return. Raises OSError."""
    write_durably(folder / MANIFEST_NAME, _text(manifest))


def read_manifest(folder: Path) -> Manifest:
    """Return a backup's manifest. Raises ManifestUnreadable."""
    path = folder / MANIFEST_NAME
    try:
        content = small_content(path, _LARGEST_BYTES)
    except FileNotFoundError:
        raise ManifestUnreadable(f"{path} is missing") from None
    except OSError as fault:
        raise ManifestUnreadable(f"{path} cannot be read: {fault.strerror}") from fault
    manifest = _parsed(content)
    if manifest is None or not _is_text_of(manifest, content):
        raise ManifestUnreadable(f"{path} is not what was written")
    return manifest


def _is_text_of(manifest: Manifest, content: bytes) -> bool:
    try:
        return _text(manifest).encode() == content
    except ValueError:  # a number that JSON does not know, or half a letter
        return False


def with_file(manifest: Manifest, name: str, kept: KeptFile) -> Manifest:
    """Return a manifest that says something else of a file."""
    return replace(manifest, files={**manifest.files, name: kept})


def _text(manifest: Manifest) -> str:
    content = _content(manifest)
    check = sha256(canonical(content).encode()).hexdigest()
    return json.dumps({**content, "check": check}, indent=1) + "\n"


def _content(manifest: Manifest) -> dict[str, Any]:
    head = manifest.head
    return {
        "format": FORMAT,
        "program": manifest.program,
        "journal": manifest.journal,
        "made_us": manifest.made_us,
        "events": manifest.events,
        "head": [head.origin, head.seq, head.hash],
        "rest": manifest.rest,
        **({"signed_head": manifest.signed_head} if manifest.signed_head else {}),
        "files": {name: [kept.size, kept.sha256] for name, kept in sorted(manifest.files.items())},
    }


def _parsed(content: bytes) -> Manifest | None:
    """Return what the text says; whether every byte of it is right is asked afterwards."""
    try:
        raw = json.loads(content)
        files = {str(name): _kept(kept) for name, kept in raw["files"].items()}
        if not all(map(is_inside, files)) or not 0 <= raw["made_us"] < LATEST_US:
            return None
        return Manifest(
            journal=str(raw["journal"]),
            made_us=int(raw["made_us"]),
            program=str(raw["program"]),
            events=int(raw["events"]),
            head=_head(raw["head"]),
            rest=str(raw["rest"]),
            files=files,
            signed_head=dict(raw.get("signed_head", {})),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        return None


def _head(raw: object) -> Head:
    match raw:
        case [str(origin), int(seq), str(link)]:
            return Head(origin, seq, link)
    raise ValueError(raw)


def _kept(raw: object) -> KeptFile:
    match raw:
        case [int(size), str(digest)] if size >= 0:
            return KeptFile(size, digest)
    raise ValueError(raw)


def is_inside(name: str, *, on_windows: bool = os.name == "nt") -> bool:
    """Return whether a name is that of a file in the backup, wherever a backup may come from.

    Two dots would lead out of it, and a restore with them; on Windows so would a drive or its own slash.
    Half a letter is in the name of no file.
    """
    try:
        name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return False
    leads_out = {"", ".", ".."} & set(name.split("/")) or "\0" in name
    return not leads_out and not (on_windows and set(name) & set(_NOT_ON_WINDOWS))
