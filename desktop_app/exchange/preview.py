"""The first rows of a table as a layout would write them, in memory: what a person sees while editing it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, islice

from desktop_app.core.layouts import Layout
from desktop_app.core.values import dataclass
from desktop_app.exchange.cells import unready
from desktop_app.exchange.charges import NO_CHARGES, Charges
from desktop_app.exchange.csv_file import CsvText
from desktop_app.exchange.rows import Row

MOST_ROWS = 8


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of a table."""

    head: tuple[str, ...]
    """The headings; empty where none are written."""
    rows: tuple[tuple[str, ...], ...]
    """Each row's cells as the text file has them."""
    text: str
    """The beginning of the text file itself."""
    sessions: tuple[str, ...] = ()
    """Whose lines they are, by their ids."""
    lacking: tuple[str, ...] = ()
    """What sessions of these rows lack to be sent so, each as the end of a sentence."""


def preview(
    layout: Layout,
    sessions: Iterable[Sequence[Row]],
    charges: Charges = NO_CHARGES,
    most: int = MOST_ROWS,
) -> Preview:
    """Return how the first rows of some sessions would be written; no more of them is asked for."""
    text = CsvText(layout, charges)
    shown = list(islice(chain.from_iterable(sessions), most))
    rows = tuple(text.cells(row) for row in shown)
    written = text.beginning() + b"".join(
        text.line([cell.encode("utf-8", "replace").decode() for cell in cells]) for cells in rows
    )
    lacking = dict.fromkeys(unready([row], layout, charges) for row in shown)
    names = tuple(dict.fromkeys(row.session.id for row in shown))
    return Preview(text.head, rows, written.decode("utf-8-sig"), names, tuple(filter(None, lacking)))
