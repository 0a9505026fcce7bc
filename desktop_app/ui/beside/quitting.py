"""The sheets that say, before the program is left, what still runs and what would be lost."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.ui import words
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.labels import label

_STANDS = (
    "Nothing stops: every start is on disk, and its time is counted on when Chairtime is opened again. "
    "Until then nobody is reminded of anything."
)


_GIVES_UP = "Quitting gives it up: nothing of it is sent, nothing is left of it, and every line stays due."
_WRITE_DOWN = "Write these down first: they are on no disk, and leaving the program loses them."
_KEPT_SAFE = (
    "They lie in the emergency file, each with its time. The next start puts them into the journal, "
    "if it takes them then; until then nobody else sees them."
)
_MOST_TOLD = 12


class LoseSheet(Sheet):
    """Tells every touch that is not on disk; Enter alone stays."""

    # More may wait behind a lock than it tells, and the restore behind it is not for whoever unlocks.
    goes_with_lock = True

    def __init__(self, theme: Theme, kept: tuple[str, ...]) -> None:
        lost = words.count_words(len(kept), "touch is", "touches are")
        super().__init__(theme, f"{lost[:1].upper()}{lost[1:]} not saved", _WRITE_DOWN, width=560)
        more = len(kept) - _MOST_TOLD
        told = [*kept[:_MOST_TOLD], *([f"and {more} more"] if more > 0 else [])]
        self.body.addWidget(label("\n".join(told), wrap=True))
        self.stay, self.quit = self.add_ways_on("Stay", "Quit and lose them", hint="")

    def first_field(self) -> QWidget:
        """The way back: Enter alone leaves nothing."""
        return self.stay


class KeptSheet(Sheet):
    """Tells the touches that are in the emergency file only; Enter alone stays."""

    goes_with_lock = True

    def __init__(self, theme: Theme, kept: tuple[str, ...]) -> None:
        waits = words.count_words(len(kept), "touch waits", "touches wait")
        super().__init__(theme, f"{waits[:1].upper()}{waits[1:]} for the journal", _KEPT_SAFE, width=560)
        more = len(kept) - _MOST_TOLD
        told = [*kept[:_MOST_TOLD], *([f"and {more} more"] if more > 0 else [])]
        self.body.addWidget(label("\n".join(told), wrap=True))
        self.stay, self.quit = self.add_ways_on("Stay", "Quit, they are kept", hint="")

    def first_field(self) -> QWidget:
        """The way back: what waits is stored sooner while the program is open."""
        return self.stay


class SendingSheet(Sheet):
    """Says that a batch is being written; Enter alone stays."""

    def __init__(self, theme: Theme) -> None:
        under = (
            "Quitting gives it up: nothing of it is sent, nothing is left behind, and every line stays due."
        )
        super().__init__(theme, "A batch is being written", under)
        self.stay, self.quit = self.add_ways_on("Stay", "Give up and quit", hint="")

    def first_field(self) -> QWidget:
        """The way back: Enter alone gives nothing up."""
        return self.stay


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
