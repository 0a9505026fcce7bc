"""The bar above every page that says what happened to this computer's clock, until somebody has seen it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop_app.core import events as e
from desktop_app.core.clock_words import told_words, way_on_words
from desktop_app.core.suite import Suite, chair_order
from desktop_app.ui import words
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.sign import Sign

NOBODY = "Nobody was timed."
_MOST_CHAIRS = 12


class ClockBar(QFrame):
    """Shown while something that happened to the clock was seen by nobody."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("plate", "clock")
        self._first = label("", heavy=True, wrap=True)
        self._second = label("", size=12, wrap=True)
        self.more = Button(theme, "The clock…", kind=Kind.LINK)
        self.more.setAccessibleName("Show all that is on record of the clock")
        self.seen = Button(theme, "Seen")
        self.seen.setAccessibleName("I have seen what is told of the clock")
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(self._first)
        told.addWidget(self._second)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 18, 8)
        row.setSpacing(10)
        row.addWidget(Sign(theme, "alert", "pause"))
        row.addLayout(told, 1)
        row.addWidget(self.more)
        row.addWidget(self.seen)
        self.hide()

    @property
    def text(self) -> str:
        """What the bar says; empty when nothing is to be seen."""
        return f"{self._first.text()} {self._second.text()}" if not self.isHidden() else ""

    def show_unseen(self, suite: Suite, zone: str) -> None:
        """Say what happened last and whom it concerns; nothing where all was seen."""
        unseen = suite.clock.unseen
        if unseen:
            last = unseen[-1].event
            earlier = words.count_words(len(unseen) - 1, "other thing", "other things")
            before = f" Before that {earlier}." if len(unseen) > 1 else ""
            self._say(f"{told_words(last, zone)}{before}", f"{concerned(suite, unseen)} {way_on_words(last)}")
        self.setVisible(bool(unseen))

    def _say(self, first: str, second: str) -> None:
        if (first, second) != (self._first.text(), self._second.text()):
            self._first.setText(first)
            self._second.setText(second)
            self.setAccessibleName(f"{first} {second}")


def concerned(suite: Suite, told: Sequence[e.Recorded]) -> str:
    """Write at which chairs somebody was timed meanwhile; who is signed by now is told by none."""
    names = dict.fromkeys(name for recorded in told for name in getattr(recorded.event, "sessions", ()))
    found = (suite.sessions.get(name) for name in names)
    chairs = sorted({session.chair for session in found if session is not None}, key=chair_order)
    if not chairs:
        return NOBODY
    more = len(chairs) - _MOST_CHAIRS
    listed = ", ".join(chairs[:_MOST_CHAIRS]) + (f" and {more} more" if more > 0 else "")
    return f"Timed meanwhile: {'chair' if len(chairs) == 1 else 'chairs'} {listed}."
