"""F1: every key on one sheet."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout

from desktop_app.ui.running_keys import RUNNING_KEY_WORDS
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.labels import label

KEYS = (
    ("1 … 9, 0, two digits", "choose a chair"),
    ("Arrows, Tab", "go from chair to chair, control to control"),
    ("Enter", "seat a patient in a free chair; go to a card's buttons"),
    ("S", "start: the plan's next, or ask"),
    ("X", "stop"),
    ("P", "pause, or let it run on"),
    *RUNNING_KEY_WORDS,
    ("T", "stopped at…: the true time of a stop"),
    ("A", "add a service"),
    ("L", "the plan: add, change, reorder, take off; save it as a protocol"),
    ("Ctrl+D", "in the start sheet: give the chosen drug its star, or take it away"),
    ("M", "mark this moment, say later what it was"),
    ("W", "say what an open mark was"),
    ("N", "go to the next that needs attention"),
    ("K", "what is due at the chair was seen"),
    ("E", "end the session"),
    ("R", "review and sign the chair's session"),
    ("U or Ctrl+Z", "undo the last touch"),
    ("Ctrl+K", "search or scan"),
    ("Ctrl+L", "lock: timers go on, names go"),
    ("Ctrl+T", "small strip of running chairs, over other windows"),
    ("Ctrl+Q", "quit; closing the window only hides it"),
    ("Ctrl+1 … Ctrl+4", "board, review, export, settings"),
    ("In a sheet", "Enter takes it, Shift+Enter takes it with this moment, Esc keeps nothing"),
    ("Ctrl+Enter", "in the seat sheet: seat only, start nothing"),
)


class KeysSheet(Sheet):
    """The keys, in two columns, read from the top."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Keys", width=560)
        table = QGridLayout()
        table.setHorizontalSpacing(theme.px(18))
        table.setVerticalSpacing(theme.px(7))
        for at, (key, does) in enumerate(KEYS):
            table.addWidget(label(key, heavy=True), at, 0)
            table.addWidget(label(does, tone="soft", wrap=True), at, 1)
        table.setColumnStretch(1, 1)
        self.body.addLayout(table)
        self.close_button = Button(theme, "Close", kind=Kind.PRIMARY, hint="Esc")
        self.close_button.clicked.connect(self.done)
        self.confirmed.connect(lambda _: self.done.emit())
        self.body.addWidget(self.close_button)
