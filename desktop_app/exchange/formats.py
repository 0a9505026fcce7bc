"""The formats a batch can hold, by the name people ask for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, Protocol

from desktop_app.core.values import dataclass
from desktop_app.exchange import csv_file
from desktop_app.exchange.rows import Row


class WriteRows(Protocol):
    """Writes rows as a file."""

    def __call__(self, out: BinaryIO, rows: Iterable[Row]) -> int:
        """Write all rows and return how many."""
        ...


@dataclass(frozen=True, slots=True)
class Format:
    """How rows are written: the file's name in the batch, and the writer that counts its rows."""

    file_name: str
    write: WriteRows


FORMATS: dict[str, Format] = {"csv": Format(csv_file.FILE_NAME, csv_file.write_csv)}


def chosen(names: Iterable[str]) -> tuple[Format, ...]:
    """Return the formats of these names, each once. Raises KeyError with the first unknown name."""
    return tuple(FORMATS[name] for name in dict.fromkeys(names))
