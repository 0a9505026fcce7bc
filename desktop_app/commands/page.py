"""Where text for people goes: a terminal as wide as it is, or a file or pipe of a fixed width."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

WIDTH_OF_A_PIPE = 130
"""Columns of what goes to a file or another program, where nobody says how wide it may be."""


class Page(Console):
    """Prints plain text as it is: nothing a person typed is taken for markup, emoji or a number."""

    def __init__(self) -> None:
        super().__init__(markup=False, emoji=False, highlight=False)
        if not self.is_terminal:
            self.width = WIDTH_OF_A_PIPE

    def on_broken_pipe(self) -> None:
        """Leave a closed pipe to the one place that speaks of it; rich would end the program."""
        raise BrokenPipeError


def table_of(*heads: str, title: str | None = None, leading: int = 0) -> Table:
    """Return an empty table with these headings."""
    table = Table(
        box=None, pad_edge=False, header_style="bold", title=title, title_justify="left", leading=leading
    )
    for head in heads:
        table.add_column(head, overflow="fold")
    return table


def add_row(table: Table, *cells: str, style: str = "") -> None:
    """Add a row of plain texts."""
    table.add_row(*(Text(cell) for cell in cells), style=style)
