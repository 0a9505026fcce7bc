"""The sheet that says what still runs before the program is left."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.ui import words
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.theme import Theme

_STANDS = (
    "Nothing stops: every start is on disk, and its time is counted on when Chairtime is opened again. "
    "Until then nobody is reminded of anything."
)


class QuitSheet(Sheet):
    """Names the running chairs; Enter alone stays."""

    def __init__(self, theme: Theme, chairs: tuple[str, ...]) -> None:
        still = words.count_words(len(chairs), "chair still runs", "chairs still run")
        which = f"{'Chair' if len(chairs) == 1 else 'Chairs'} {', '.join(chairs)}."
        super().__init__(theme, f"Quit Chairtime? {still}", f"{which} {_STANDS}")
        self.stay, self.quit = self.add_ways_on("Stay", "Quit", hint="")

    def first_field(self) -> QWidget:
        """The way back: Enter alone leaves nothing."""
        return self.stay
