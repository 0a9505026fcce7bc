"""Where text for people goes: a terminal as wide as it is, or a file or pipe of a fixed width."""

from __future__ import annotations

from rich.console import Console

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
