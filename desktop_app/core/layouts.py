"""How a table of billing lines is laid out: which columns, in which order and form.

A layout says nothing of what is billed. The names of the columns it takes are those of the
canonical table, which the exchange knows.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from enum import StrEnum
from itertools import chain

from desktop_app.core.values import dataclass

LONGEST_TITLE = 80
LONGEST_HEAD = 60
LONGEST_FIXED = 100
LONGEST_JOINT = 3
MOST_COLUMNS = 200


class Dates(StrEnum):
    """How a day is written."""

    ISO = "iso"
    """2026-03-02"""
    US = "us"
    """03/02/2026"""
    DIGITS = "digits"
    """20260302"""


class Times(StrEnum):
    """Whether an instant says its offset from universal time."""

    OFFSET = "offset"
    LOCAL = "local"


class DecimalMark(StrEnum):
    """What stands before the tenths in a text file."""

    POINT = "point"
    COMMA = "comma"


class Delimiter(StrEnum):
    """What stands between two cells of a text file."""

    COMMA = "comma"
    SEMICOLON = "semicolon"
    TAB = "tab"
    PIPE = "pipe"

    @property
    def sign(self) -> str:
        """The character itself."""
        return {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}[self.value]


class LineEnds(StrEnum):
    """What ends a line of a text file."""

    CRLF = "crlf"
    LF = "lf"

    @property
    def sign(self) -> str:
        """The characters themselves."""
        return "\r\n" if self is LineEnds.CRLF else "\n"


class ExcelDates(StrEnum):
    """What a day is in a workbook."""

    TEXT = "text"
    DATES = "dates"
    """A date a spreadsheet can count with; an instant only where it says no offset."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutColumn:
    """One column: what stands in it, and its heading."""

    head: str
    take: str = ""
    """The column of the canonical table; empty where the text is fixed."""
    fixed: str = ""
    """What stands in every row instead."""
    needed: bool = False
    """Whether a session with an empty cell here is not sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A table's columns and form. Its defaults are the standard table's."""

    name: str = ""
    """What it is asked for by, and what its file is called; the standard table has none."""
    title: str = ""
    columns: tuple[LayoutColumn, ...] = ()
    dates: Dates = Dates.ISO
    times: Times = Times.OFFSET
    decimal: DecimalMark = DecimalMark.POINT
    modifiers_joined_by: str = " "
    """What stands between modifiers in the column that holds all of them."""
    delimiter: Delimiter = Delimiter.COMMA
    line_ends: LineEnds = LineEnds.CRLF
    mark: bool = False
    """Whether a text file begins with a byte order mark, which some programs want of UTF-8."""
    header: bool = True
    guard: bool = True
    """Whether a text that begins like a formula gets an apostrophe before it in a text file."""
    excel_dates: ExcelDates = ExcelDates.TEXT

    @property
    def taken(self) -> frozenset[str]:
        """The columns of the canonical table that stand in it."""
        return frozenset(column.take for column in self.columns if column.take)


_ADVICE: tuple[tuple[frozenset[str], str], ...] = (
    (
        frozenset({"line"}),
        "It leaves out the line id: some importers take equal codes of one day for one line without it.",
    ),
    (
        frozenset({"session", "encounter"}),
        "It leaves out both session and encounter: which lines belong together cannot be told.",
    ),
    (
        frozenset({"action"}),
        "It leaves out the action: corrections and lines taken back look like new charges.",
    ),
    (
        frozenset({"replaces"}),
        "It leaves out what a line replaces: a correction does not say what it takes the place of.",
    ),
    (
        frozenset({"sent_before"}),
        "It leaves out sent_before: lines sent once more look like new charges.",
    ),
    (frozenset({"code"}), "It leaves out the code."),
    (frozenset({"units"}), "It leaves out the units."),
    (frozenset({"date_of_service"}), "It leaves out the date of service."),
    (
        frozenset({"modifiers", "modifier_1"}),
        "It leaves out the modifiers.",
    ),
)
"""Columns of which one should stand in every layout, and what to say where none does."""
_JOINED = "modifiers"
_MODIFIERS = ("modifier_1", "modifier_2", "modifier_3", "modifier_4")


def warnings(layout: Layout) -> tuple[str, ...]:
    """Return a sentence for each thing in a layout that is allowed and mostly a mistake."""
    left_out = (say for some, say in _ADVICE if not some & layout.taken)
    return tuple(chain(left_out, _on_modifiers(layout), _on_formulas(layout)))


def _on_modifiers(layout: Layout) -> list[str]:
    if "modifiers" in layout.taken or "modifier_1" not in layout.taken:
        return []
    missing = [name for name in _MODIFIERS if name not in layout.taken]
    return [f"It leaves out {', '.join(missing)}: a line may have four modifiers."] if missing else []


def _on_formulas(layout: Layout) -> list[str]:
    if layout.guard:
        return []
    return ["Texts that begin like a formula are written as they are: a spreadsheet may compute them."]


def joins_modifiers(layout: Layout) -> bool:
    """Return whether all modifiers of a line stand in one cell."""
    return _JOINED in layout.taken


def with_modifiers(layout: Layout, *, joined: bool) -> Layout:
    """Return a layout with all modifiers in one column, or one a column, where they stand now.

    Where there are none they come last.
    """
    of_modifiers = [column for column in layout.columns if column.take in {_JOINED, *_MODIFIERS}]
    others = [column for column in layout.columns if column not in of_modifiers]
    at = layout.columns.index(of_modifiers[0]) if of_modifiers else len(others)
    is_plain = all(column.head == column.take for column in of_modifiers)
    heads = {column.head.casefold() for column in others}
    new = [
        LayoutColumn(take=take, head=free_head(take if is_plain else _pretty(take), heads))
        for take in ((_JOINED,) if joined else _MODIFIERS)
    ]
    return replace(layout, columns=(*others[:at], *new, *others[at:]))


def free_head(head: str, taken: Collection[str]) -> str:
    """Return a heading that none of those taken (in small letters) is, with a number where it must."""
    tried = (head, *(f"{head} {number}" for number in range(2, MOST_COLUMNS + 2)))
    return next(text for text in tried if text.casefold() not in taken)


def _pretty(take: str) -> str:
    """Return a heading as people write it: Modifier 1."""
    return take.replace("_", " ").capitalize()
