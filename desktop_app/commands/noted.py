"""What was noted of a journal elsewhere, held against it: a head, a manifest, the files of a batch."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop_app.commands.streams import NothingDone, file_content
from desktop_app.exchange import manifest
from desktop_app.exchange.ledger import Batch, read_ledger
from desktop_app.exchange.sent_files import checking
from desktop_app.exchange.steps import at_once
from desktop_app.store.folder import Folder
from desktop_app.store.signed_head import read_plain
from desktop_app.store.verify_heads import fault_of_noted

_FEWEST_DIGITS = 16
"""As many of a hash as ``verify`` prints."""
_HASH = re.compile(f"[0-9a-f]{{{_FEWEST_DIGITS},64}}")


def fault_of_head(folder: Folder, noted: str) -> str:
    """Return why a noted head, the digits of its hash or a file, is none of this journal's, or nothing."""
    digits = "".join(noted.split()).casefold()
    if _HASH.fullmatch(digits):
        return _fault_of_hash(folder, digits)
    return _fault_of_file(folder, noted, _json_of(noted))


def fault_of_manifest(folder: Folder, name: str) -> str:
    """Return why what the manifest of a batch or a backup says of the journal is not so, or nothing."""
    raw = _json_of(name)
    link = raw.get("journal_head") or _head_of_backup(raw)
    if not (isinstance(link, str) and _HASH.fullmatch(link)):
        raise NothingDone(f"The file {name} is no manifest of a batch or a backup.")
    if fault := _fault_of_hash(folder, link):
        return fault
    return _fault_of_file(folder, name, raw) if manifest.SIGNED_HEAD in raw else ""


def fault_of_batch(folder: Folder, name: str) -> str:
    """Return why a batch's folder is not what the journal says was sent, or nothing."""
    path = Path(name)
    if not path.is_dir():
        raise NothingDone(f"There is no folder {name}.")
    batch = _batch_of(folder, path)
    if batch is None:
        return f"The folder {name} is no batch of this journal."
    moved = _moved(batch, path)
    fault = at_once(checking(moved)) or _stranger(moved)
    if fault:
        return f"Batch {batch.name} is not as it was written: {fault}."
    if fault := fault_of_manifest(folder, str(path / manifest.FILE_NAME)):
        return fault
    print(f"Batch {batch.name} is as it was written: {len(batch.files)} files.")
    return ""


def _head_of_backup(raw: dict[str, Any]) -> object:
    head = raw.get("head")
    return head[-1] if isinstance(head, list) and head else None


def _batch_of(folder: Folder, path: Path) -> Batch | None:
    """Find a batch by its folder's name, else by what its manifest says of itself."""
    batches = [batch for batch in read_ledger(folder.journal).batches if batch.is_sent]
    named = [batch for batch in batches if batch.name == path.resolve().name]
    return next(iter(named or [one for one in batches if one.id == _id_in(path)]), None)


def _id_in(path: Path) -> object:
    try:
        raw = json.loads((path / manifest.FILE_NAME).read_bytes())
    except (OSError, ValueError, RecursionError):
        return ""
    return raw.get("batch") if isinstance(raw, dict) else ""


def _moved(batch: Batch, path: Path) -> Batch:
    """Return a batch as it lies in another folder, such as a copy at the receiver's."""
    return replace(batch, folder=path)


def _stranger(batch: Batch) -> str:
    known = {file.name for file in batch.files}
    others = sorted(path.name for path in batch.folder.iterdir() if path.name not in known)
    return f"{others[0]} is none of its files" if others else ""


def _fault_of_hash(folder: Folder, digits: str) -> str:
    found = folder.journal.events_with_hash(digits)
    if not found:
        return f"The head {digits[:_FEWEST_DIGITS]} that was noted is of no event of this journal."
    print(f"The head {digits[:_FEWEST_DIGITS]} is that of event {found[0]}.")
    return ""


def _fault_of_file(folder: Folder, name: str, raw: dict[str, Any]) -> str:
    head = read_plain(raw.get(manifest.SIGNED_HEAD, raw))
    if head is None:
        raise NothingDone(f"The file {name} holds no signed head.")
    if fault := fault_of_noted(folder, head):
        return f"The journal is not the one that was noted: {fault}."
    print(f"The signed head in {name} is that of event {head.seq}.")
    return ""


def _json_of(name: str) -> dict[str, Any]:
    try:
        raw = json.loads(file_content(name))
    except (ValueError, RecursionError):
        raise NothingDone(f"The file {name} cannot be read: it is no JSON.") from None
    if not isinstance(raw, dict):
        raise NothingDone(f"The file {name} holds no signed head.")
    return raw
