"""The emergency accesses there were: who, when and why, who has looked into each, and what it touched."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.core.access import Right
from desktop_app.core.emergencies import Emergency
from desktop_app.ui import words
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.labels import label

MOST_SEEN = 6
ALL = "chairtime people list has them all."
ABOUT = "Somebody worked as a nurse without being one here. What was done then bears the name of the access."


class EmergenciesSheet(Sheet):
    """Lists them, those that nobody has seen first.

    Signals:
        touched_wanted(str): show the sessions that were touched by an access, by its name.
    """

    needs = Right.PEOPLE
    goes_with_lock = True
    touched_wanted = Signal(str)

    def __init__(self, theme: Theme, told: Sequence[Emergency], zone: str) -> None:
        super().__init__(theme, "Emergency access", ABOUT, width=WIDE)
        self.unseen = tuple(one for one in told if one.seen is None)
        seen = [one for one in told if one.seen is not None]
        self.links: dict[str, Button] = {}
        # None is marked as seen that did not stand here.
        for one in (*reversed(self.unseen), *seen[: -MOST_SEEN - 1 : -1]):
            self.body.addLayout(self._told(one, zone))
        if len(seen) > MOST_SEEN:
            self.body.addWidget(label(f"And {len(seen) - MOST_SEEN} more: {ALL}", size=12, tone="soft"))
        if self.unseen:
            count = len(self.unseen)
            self.back, self.go = self.add_ways_on(
                "Close", f"Seen, all {count}" if count > 1 else "Seen", hint=""
            )
        else:
            self.back = self.add_close()

    def first_field(self) -> QWidget:
        """The way back: that it was looked into is said on purpose."""
        return self.back

    def _told(self, one: Emergency, zone: str) -> QHBoxLayout:
        access = one.opened.access
        link = self.links[access] = Button(self.theme, "What it touched", kind=Kind.LINK)
        link.setAccessibleName(f"Show the sessions that {access} touched")
        link.clicked.connect(partial(self._want, access))
        row = QHBoxLayout()
        row.addWidget(label(emergency_words(one, zone), wrap=True), 1)
        row.addWidget(link)
        return row

    def _want(self, access: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        self.done.emit()
        self.touched_wanted.emit(access)


def emergency_words(one: Emergency, zone: str) -> str:
    """Write who worked by an emergency access, since when and why, and who has looked into it."""
    opened, seen = one.opened, one.seen
    by = f"Seen by {seen.by}, {_at(seen.at_us, zone)}." if seen else "Not marked as seen yet."
    return f"{opened.access}: {opened.person}, {_at(opened.at_us, zone)}, “{opened.reason}”. {by}"


def _at(at_us: int, zone: str) -> str:
    return f"{words.day(at_us, zone)} {words.clock_s(at_us, zone)}"
