"""One downloaded file to rows of tables: recognised by what is in it, checked to its last row.

Nothing is written here. A file that is wrong anywhere gives no row at all: whoever reads it gets
one sentence with the file, the row, the column and what was expected.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, islice
from pathlib import Path

from desktop_app.cms.cells import Cells, Wanted
from desktop_app.cms.editions import begins_a_quarter, edition_in
from desktop_app.cms.faults import CellFault, ImportRefused
from desktop_app.cms.layouts import FIXED_WIDTH, LAYOUTS, NOT_OURS, Layout, Pick, heading, pick_by_heading
from desktop_app.cms.parts import Advance, Numbered, Part, parts_of
from desktop_app.cms.rows import Pair, Reading
from desktop_app.coding.tables import TableKind, TableRow
from desktop_app.core.values import dataclass

_LIKE_A_CODE = re.compile(r"(?=.{0,4}[0-9])[0-9A-Z]{5}")
HEADINGS_WITHIN = 60
"""Rows in which the headings of a file stand, if it has any."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What whoever imports said about the files."""

    wanted: Wanted
    kind: TableKind | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of one table in a file, in the file's order, each once."""

    kind: TableKind
    name: str
    rows: tuple[TableRow, ...]
    since: date
    """From which day on the file holds."""
    dated: bool
    """Whether its rows say themselves from when they hold."""
    read: int
    """How many rows the file has."""
    ends: tuple[Pair, ...] = ()
    """The first and the last pair of a file that may be one of several parts."""
    passed_over: int = 0


def read_file(path: Path, asked: Asked, advance: Advance) -> tuple[list[Found], list[str]]:
    """Return every table in a file, and the names of what in it is none of ours.

    Raises ImportRefused, one sentence, when any of it is not what it claims, or none is a table.
    """
    found: list[Found] = []
    others: list[str] = []
    with parts_of(path, path.name, advance) as parts:
        for part in parts:
            table = _read_part(part, path.name, asked)
            if isinstance(table, Found):
                found.append(table)
            else:
                others.append(table)
    if not found:
        raise ImportRefused(others[0] if len(others) == 1 else _none(path.name, asked))
    return found, others


def _none(name: str, asked: Asked) -> str:
    what = f"no table of the kind {asked.kind}" if asked.kind else "no table that can be imported"
    return f"{name} holds {what}."


def _read_part(part: Part, file: str, asked: Asked) -> Found | str:
    """Return the table of a part, or a sentence on why there is none of ours in it."""
    rows = part.rows()
    first = list(islice(rows, HEADINGS_WITHIN))
    met = _recognised(first)
    if isinstance(met, str):
        return f"{part.name} {met}."
    layout, pick, at = met
    if asked.kind is not None and asked.kind not in layout.kinds:
        return f"{part.name} is no table of the kind {asked.kind}: it holds {layout.title}."
    notices = [" ".join(cells) for _number, cells in first[:at]]
    kind = _kind(layout, notices, part.name, asked)
    since = _since(layout, [*notices, part.name, file], part.name, asked)
    reading = Reading(asked.wanted, since)
    table = _Data(part, layout, pick, chain(first[at:], rows), reading)
    kept = tuple(dict.fromkeys(table.rows()))
    return Found(
        kind=kind,
        name=part.name,
        rows=kept,
        since=asked.since or (reading.newest if layout.dated else since) or date.min,
        dated=layout.dated,
        read=reading.rows,
        ends=tuple(reading.ends),
        passed_over=reading.passed_over,
    )


def _recognised(first: list[Numbered]) -> tuple[Layout, Pick, int] | str:
    """Return the layout of a file, how its rows are picked, and at which of them its data may begin."""
    for place, (_number, cells) in enumerate(first):
        heads = tuple([heading(cell) for cell in cells])
        for layout in LAYOUTS:
            pick = pick_by_heading(layout, heads)
            if pick is not None:
                return layout, pick, place + 1
        for layout in FIXED_WIDTH:
            if layout.cut is not None and len(cells) == 1 and _can_be_cut(layout.cut, cells):
                return layout, layout.cut, place
        for pattern, what in NOT_OURS:
            if any(re.fullmatch(pattern, head) for head in heads):
                return f"holds {what}, which are not used"
    return f"is no table that can be imported: its first {HEADINGS_WITHIN} rows have no headings of one"


def _can_be_cut(cut: Pick, cells: Cells) -> bool:
    try:
        cut(cells)
    except IndexError:
        return False
    return True


def _kind(layout: Layout, notices: Iterable[str], name: str, asked: Asked) -> TableKind:
    """Return for whom a table is: as asked for, or as its notices say."""
    if asked.kind is not None or len(layout.kinds) == 1:
        return asked.kind or layout.kinds[0]
    text = " ".join(notices).upper()
    said = ["PRACTITIONER" in text, "HOSPITAL" in text or "OUTPATIENT" in text]
    if sum(said) != 1:
        words = " or ".join(f"--kind {kind}" for kind in layout.kinds)
        raise ImportRefused(f"{name} holds {layout.title} and does not say for whom; say it with {words}.")
    return layout.kinds[said.index(True)]


def _since(layout: Layout, said: Iterable[str], name: str, asked: Asked) -> date | None:
    """Return from when a file holds: as asked for, or as it says; None only where its rows say it."""
    if asked.since and layout.quarterly and not layout.dated and not begins_a_quarter(asked.since):
        raise ImportRefused(
            f"{name} is of a quarter, and {asked.since} is not the first day of one, such as 2026-01-01."
        )
    since = asked.since or edition_in(said)
    if since is None and not layout.dated:
        raise ImportRefused(f"{name} does not say from when it holds; name the day with --from.")
    return since


class _Data:
    """The rows under the headings; a fault in one is told with the row's number."""

    def __init__(
        self, part: Part, layout: Layout, pick: Pick, numbered: Iterator[Numbered], reading: Reading
    ) -> None:
        self._part = part
        self._layout = layout
        self._pick = pick
        self._numbered = numbered
        self._reading = reading
        self._at = 0

    def rows(self) -> Iterator[TableRow]:
        """Yield the rows of the table. Raises ImportRefused."""
        try:
            yield from self._layout.read(self._picked(), self._reading)
        except CellFault as fault:
            raise self._refused(str(fault)) from None
        if not self._reading.rows:
            raise ImportRefused(f"{self._part.name} has the headings of {self._layout.title} and no rows.")

    def _picked(self) -> Iterator[Cells]:
        """Yield the cells that matter of every row; below the last one only notices may stand."""
        notice = 0
        for number, cells in self._numbered:
            self._at = number
            if not any(cells):
                continue
            picked = self._pick_or_nothing(cells)
            if not picked or not any(picked[1:]):
                self._require_notice(cells)
                notice = notice or (self._at if self._reading.rows else 0)
            elif self._reading.rows or picked[0] or picked[1]:  # headings may run over several rows
                self._require_above(notice)
                self._reading.rows += 1
                yield picked

    def _pick_or_nothing(self, cells: Cells) -> Cells:
        try:
            return self._pick(cells)
        except IndexError:
            return ()

    def _require_notice(self, cells: Cells) -> None:
        said = [cell for cell in cells if cell]
        under_headings = not self._reading.rows and not cells[0]
        if not under_headings and (
            len(said) > 1 or " " not in said[0] or _LIKE_A_CODE.match(said[0].strip())
        ):
            raise self._refused(f"it should be a row of {self._layout.title}")

    def _require_above(self, notice: int) -> None:
        if notice:
            self._at = notice
            raise self._refused(f"it should be a row of {self._layout.title}, as the ones below it")

    def _refused(self, what: str) -> ImportRefused:
        return ImportRefused(f"{self._part.name}, {self._part.row_word} {self._at}: {what}.")
