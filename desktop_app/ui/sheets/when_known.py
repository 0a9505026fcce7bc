"""The true time of something that was not pressed in time: when, how that is known, and a note."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.core.decisions import When
from desktop_app.core.moments import HowKnown
from desktop_app.ui import words
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.fields import Choice, Field
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.when_choice import NO_TIME, WhenChoice

SAW, PUMP, CHART, NOBODY = "saw", "pump", "chart", "nobody"
HOWS = ((SAW, "I saw it"), (PUMP, "Pump reading"), (CHART, "From chart"))
HOWS_OF_A_STOP = (*HOWS, (NOBODY, "Not witnessed"))
HOW_MISSING = "Choose how it is known"
TIME_MISSING = "Choose the time"
_KNOWN = {SAW: HowKnown.BACK_DATED, PUMP: HowKnown.PUMP, CHART: HowKnown.CHARTED}


def both_kept(asked: When, zone: str, actor: str) -> QLabel:
    """Return the line that says when and by whom it is recorded."""
    recorded = f"Recorded now at {words.clock_s(asked.at_us, zone)} by {actor}."
    return label(f"{recorded} Both times are kept.", size=12, tone="soft", wrap=True)


class WhenKnown(QWidget):
    """Asks for an instant of the past and how it is known; nothing is said that nobody chose.

    What is past is judged by ``present_us``, so that a question may lie open for a while; without it by
    the touch that asked. ``offered_us`` is an instant that the first chip offers in place of the touch,
    and then nothing is chosen yet.

    Signals:
        changed: another instant, or another way of knowing it.
    """

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        name: str,
        asked: When,
        zone: str,
        *,
        hows: Sequence[tuple[str, str]] = HOWS,
        first: str = "Just now",
        note: str = "Note (optional)",
        present_us: Callable[[], int] | None = None,
        offered_us: int | None = None,
    ) -> None:
        super().__init__()
        self._asked = asked
        self._present_us = present_us or (lambda: asked.now_us)
        from_us = asked.at_us if offered_us is None else offered_us
        unset = offered_us is not None
        self.at = WhenChoice(theme, name, from_us, self._present_us, zone, first=first, unset=unset)
        self.how = Choice(theme, "How it is known", hows, unset=True)
        self.note = Field(theme, note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        for part in (self.at, self.how, self.note):
            column.addWidget(part)
        self.at.changed.connect(self.changed)
        self.how.chosen.connect(lambda _: self.changed.emit())

    def when(self) -> When | str:
        """Return the instant as it was chosen, or what is missing.

        The touch itself, seen by who made it, was pressed; anything else was told afterwards.
        """
        at_us = self.at.at_us()
        if at_us is None:
            return NO_TIME
        if self.how.taken not in _KNOWN:
            return HOW_MISSING
        pressed = at_us == self._asked.at_us and self.how.taken == SAW
        how = self._asked.how if pressed else _KNOWN[self.how.taken]
        return When(at_us=at_us, now_us=max(self._asked.now_us, self._present_us()), how=how)

    def how_known(self) -> HowKnown:
        """Return how a corrected instant is known: never as pressed; told afterwards until that is said."""
        return _KNOWN.get(self.how.taken, HowKnown.BACK_DATED)

    def is_touch(self) -> bool:
        """Return whether the instant is the touch that asked, as it was."""
        return self.at.at_us() == self._asked.at_us
