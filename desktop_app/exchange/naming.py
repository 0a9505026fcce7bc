"""What a batch's folder is called, while it is written and afterwards."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from datetime import date
from itertools import count, product
from pathlib import Path
from string import ascii_uppercase

from desktop_app.exchange.whole_folder import remove


def next_name(day: date, taken: Collection[str]) -> str:
    """Return the first name of a day that is not taken: ``chairtime-2026-03-02-A``, then B, C and on."""
    names = (f"chairtime-{day.isoformat()}-{letters}" for letters in _letters())
    return next(name for name in names if name not in taken)


def hidden(final: Path, origin: str) -> Path:
    """Return where a batch is written before it gets its name, beside that place.

    The name tells the workstation: in a folder that several share, each removes its own only.
    """
    return final.with_name(f".{final.name}.{_mark(origin)}.partial")


def remove_remains(folder: Path, origin: str, spared: Collection[str]) -> None:
    """Remove what this workstation left half written in a folder when it was cut off.

    The names to spare are of batches that are not settled: that theirs is there is what tells.
    """
    for partial in folder.glob(f".chairtime-*.{_mark(origin)}.partial"):
        if partial.name not in spared:
            remove(partial)


def _letters() -> Iterator[str]:
    """Yield A to Z, then AA, AB and on."""
    for length in count(1):
        yield from map("".join, product(ascii_uppercase, repeat=length))


def _mark(origin: str) -> str:
    return hashlib.sha256(origin.encode()).hexdigest()[:8]
