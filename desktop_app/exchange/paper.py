"""What stands on a sheet of paper, before anybody draws it: headings, facts, tables, a timeline.

Plain values without Qt, so that what a superbill says can be read in a test; ``pdf_pages`` lays them
out on pages of any size.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from desktop_app.core.values import dataclass


class Tone(StrEnum):
    """How loud a text is."""

    INK = "ink"
    SOFT = "soft"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of what follows; never the last thing on a page."""

    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; a line end in it is one on paper."""

    text: str
    tone: Tone = Tone.INK


@dataclass(frozen=True, slots=True)
class Notice:
    """Words in a frame, not to be overlooked."""

    text: str


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Facts under one heading, each a label and a value; an empty value is left out."""

    title: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Groups of facts beside each other."""

    groups: tuple[FactGroup, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and its width in points; 0 shares what is left."""

    head: str
    width: int = 0
    right: bool = False
    """Whether its cells stand at its right edge, as numbers do."""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its cells, what stands small under it, and whether all of it is bold, as a sum is."""

    cells: tuple[str, ...]
    under: str = ""
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings that stand again on every page."""

    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    under_from: int = 0
    """The column from which on the small words under a row stand."""
    title: str = ""
    """A heading that stands again where the table goes on: of whom its rows are."""


def without_column(table: Table, at: int) -> Table:
    """Return a table without one of its columns; what stands under a row keeps its place."""
    rows = (replace(row, cells=(*row.cells[:at], *row.cells[at + 1 :])) for row in table.rows)
    columns = (*table.columns[:at], *table.columns[at + 1 :])
    return replace(
        table, columns=columns, rows=tuple(rows), under_from=table.under_from - (at < table.under_from)
    )


class Piece(StrEnum):
    """What a stretch of a lane is."""

    RUN = "run"
    FLUID = "fluid"
    PAUSE = "pause"
    MOMENT = "moment"
    UNKNOWN = "unknown"
    """It had begun, and nobody has said when it ended."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of a lane, from an instant to another; a moment has both alike."""

    from_us: int
    to_us: int
    piece: Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One service: its name at the left, its bars, what is to be known at the right."""

    name: str
    bars: tuple[Bar, ...]
    note: str = ""
    thresholds: tuple[int, ...] = ()
    """The instants at which its units changed."""
    group: str = ""
    """What stands over the first lane of its group, such as its access site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Lanes under one scale of the wall clock."""

    first_us: int
    last_us: int
    zone: str
    lanes: tuple[Lane, ...]


Block = Heading | Words | Notice | Facts | Table | Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One document, whose pages count by themselves."""

    title: str
    """What it is called at its top and among a file's properties: never a patient's name."""
    sender: tuple[str, ...]
    """Who it is from, a line each; the first is the name."""
    under_title: tuple[str, ...] = ()
    running: str = ""
    """What stands at the top of every further page, should it lie alone: what and whose it is."""
    blocks: tuple[Block, ...] = ()
    foot: str = ""
    """What stands at the foot of every page, before its number."""
