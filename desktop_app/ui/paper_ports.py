"""What the window needs of papers: to show, print and save them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPagedPaintDevice


class Document(Protocol):
    """A paper to be looked at, printed and saved."""

    @property
    def title(self) -> str:
        """What it is called."""
        ...

    @property
    def file_name(self) -> str:
        """What it is called as a file, without a patient's name."""
        ...

    @property
    def pages(self) -> int:
        """How many pages it has."""
        ...

    def picture(self, page: int, width: int) -> QImage:
        """Return a page, counted from 1, as a picture of a width in pixels."""
        ...

    def print_on(self, printer: QPagedPaintDevice, only: Collection[int] = ()) -> bool:
        """Print it, or only some of its pages; return whether the printer took them."""
        ...

    def save(self, path: Path) -> None:
        """Write it as a PDF, in place of any file of that name. Raises OSError."""
        ...

    @property
    def sessions(self) -> Sequence[str]:
        """The sessions whose patients it names."""
        ...

    @property
    def table_name(self) -> str:
        """What its table is called as a file; empty where it has none."""
        ...

    def save_table(self, path: Path) -> None:
        """Write its table, in place of any file of that name. Raises OSError."""
        ...


class Papers(Protocol):
    """What can be printed."""

    def superbill(self, session: str) -> Document:
        """Return a session's superbill: as signed, or as it stands while nobody has signed."""
        ...

    def day_summary(self, day: date) -> Document:
        """Return a day's summary."""
        ...

    def history(self, session: str) -> Document:
        """Return everything that was recorded of a session, with its proof; as JSON too."""
        ...

    def downtime(self, outage: str) -> Document:
        """Return what was done in a downtime, to be entered elsewhere."""
        ...
