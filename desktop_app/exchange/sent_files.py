"""The files of a batch that was sent: what they are, and whether they still stand as they were written."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Sequence

from desktop_app.core.events import BatchFile
from desktop_app.exchange import manifest
from desktop_app.exchange.ledger import Batch

_CALLED = {
    ".csv": "CSV",
    ".xlsx": "Excel",
    ".x12": "X12",
    ".hl7": "HL7",
    ".fhir.json": "FHIR",
    ".pdf": "PDF",
}
"""What people call a file, by how its name ends."""
_PIECE = 1 << 20


def called(files: Sequence[BatchFile]) -> tuple[str, ...]:
    """Return what the files of a batch are, each kind once, without the manifest."""
    kinds = (_kind(file.name) for file in files if file.name != manifest.FILE_NAME)
    return tuple(dict.fromkeys(kinds))


def checksum_of(files: Sequence[BatchFile]) -> str:
    """Return the checksum of a batch: of its manifest, which has those of the others."""
    return next((file.sha256 for file in files if file.name == manifest.FILE_NAME), "")


def checking(batch: Batch) -> Generator[int, None, str]:
    """Read the files of a batch again, piece by piece; return in half a sentence what differs, or nothing."""
    for file in batch.files:
        try:
            found = yield from _checksum(batch, file)
        except FileNotFoundError:
            return f"{file.name} is not there any more"
        except OSError as fault:
            return f"{file.name} cannot be read: {(fault.strerror or str(fault)).lower()}"
        if found != file.sha256:
            return f"{file.name} is not as it was written"
    return ""


def _checksum(batch: Batch, file: BatchFile) -> Generator[int, None, str]:
    so_far = hashlib.sha256()
    with (batch.folder / file.name).open("rb") as content:
        while piece := content.read(_PIECE):
            so_far.update(piece)
            yield len(piece)
    return so_far.hexdigest()


def _kind(name: str) -> str:
    return next((kind for end, kind in _CALLED.items() if name.endswith(end)), name)
