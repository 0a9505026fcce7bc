"""F1: every key on one sheet."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from desktop_app.ui.running_keys import RUNNING_KEY_WORDS
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.labels import heading, label

Keys = tuple[tuple[str, str], ...]

AT_THE_CHAIR: Keys = (
    ("S", "start: the plan's next, or ask"),
    ("X", "stop"),
    ("P", "pause, or let it run on"),
    *RUNNING_KEY_WORDS,
    ("T", "stopped at…: the true time of a stop"),
    ("A", "add a service"),
    ("L", "the plan: add, change, reorder, take off; save it as a protocol"),
    ("E", "end the session"),
    ("R", "review and sign the chair's session"),
    ("Q", "print the chair's session"),
)
WHERE: Keys = (
    ("1 … 9, 0, two digits", "choose a chair"),
    ("Arrows, Tab", "go from chair to chair, control to control"),
    ("Enter", "seat a patient in a free chair; go to a card's buttons"),
    ("N", "go to the next that needs attention"),
    ("K", "what is due at the chair was seen"),
)
AT_ANY_TIME: Keys = (
    ("M", "mark this moment, say later what it was"),
    ("W", "say what an open mark was"),
    ("U or Ctrl+Z", "undo the last touch; asks where it is of another chair or old"),
    ("Ctrl+K", "search or scan"),
    ("Ctrl+L", "lock: timers go on, names go"),
    ("Ctrl+I", "say who works here: initials, kept with every touch"),
    ("Ctrl+T", "small strip of running chairs, over other windows"),
    ("Ctrl+1 … Ctrl+5", "board, review, export, history, settings"),
    ("Ctrl+H", "history: everything that was recorded of the session that is shown"),
    ("Ctrl+P", "print: the session that is shown, its history, or the day"),
    ("Ctrl+O", "downtime: the record system is down, or back; what to enter there"),
    ("Ctrl+R", "copy the report, after something in the program went wrong"),
    ("Ctrl+Q", "quit; closing the window only hides it"),
)
IN_A_SHEET: Keys = (
    ("Enter", "take it"),
    ("Shift+Enter", "take it with this moment"),
    ("Ctrl+Enter", "in the seat sheet: seat only, start nothing"),
    ("Esc", "keep nothing"),
    ("Ctrl+D", "in the start sheet: give the chosen drug its star, or take it away"),
)
IN_THE_REVIEW: Keys = (
    ("Up, down", "go through the sessions"),
    ("Enter", "go into the session, at what is to be settled"),
    ("F", "find a session by initials, MRN, chair or day"),
    ("N", "go to the next that is blocked"),
    ("S or Ctrl+Enter", "sign"),
    ("H", "hold, or release the hold"),
    ("T", "terms: who bills, where, by whose rules"),
    ("D", "data of patient and payer"),
    ("C", "change what is signed: open it again, with a reason; or back to its chair"),
    ("V", "versions side by side"),
    ("I", "import patients from a file"),
)
"""The letters of the review; some of them do something else on the board."""
AT_THE_END_OF_DAY: Keys = (
    ("Up, down", "go through the list"),
    ("Enter", "show the session in the review, or at its chair"),
    ("Space", "tick it, or take its tick away"),
    ("H", "hold, or release the hold"),
    ("D", "another day"),
    ("F", "find a session in the list"),
    ("L", "lock the day, or unlock it"),
    ("Ctrl+Enter", "export what is ticked"),
)
"""The letters of the export page."""
IN_THE_HISTORY: Keys = (
    ("F", "find sessions: day, MRN, initials, drug, who, code, and more"),
    ("Up, down", "go through what was found, or through the events"),
    ("Enter", "go into the history; show an event as it is stored"),
    ("R", "show the session in the review"),
)
"""The letters of the history page."""
KEYS: Keys = (*WHERE, *AT_THE_CHAIR, *AT_ANY_TIME, *IN_A_SHEET)
COLUMNS: tuple[tuple[int, tuple[tuple[str, Keys], ...]], ...] = (
    (136, (("Where", WHERE), ("At any time", AT_ANY_TIME), ("In a sheet", IN_A_SHEET))),
    (
        64,
        (
            ("At the chosen chair", AT_THE_CHAIR),
            ("In the review", IN_THE_REVIEW),
            ("At the end of the day", AT_THE_END_OF_DAY),
            ("In the history", IN_THE_HISTORY),
        ),
    ),
)
"""Each column: how wide its keys are, and its groups."""
WIDTH, NARROW = 900, 560
"""Two columns beside each other, or one where the text is too large for two."""


class KeysSheet(Sheet):
    """The keys, by where they work; read from the top, the left column first."""

    def __init__(self, theme: Theme, room: int = WIDTH * 2) -> None:
        is_wide = theme.px(WIDTH) <= room
        super().__init__(theme, "Keys", width=WIDTH if is_wide else NARROW)
        row = QHBoxLayout() if is_wide else QVBoxLayout()
        row.setSpacing(theme.px(28 if is_wide else 12))
        for wide, groups in COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(theme.px(8))
            for name, keys in groups:
                column.addWidget(heading(name))
                column.addLayout(self._table(keys, wide))
                column.addSpacing(theme.px(8))
            column.addStretch()
            row.addLayout(column, 1)
        self.body.addLayout(row)
        self.close_button = self.add_close()

    def _table(self, keys: Keys, wide: int) -> QGridLayout:
        table = QGridLayout()
        table.setHorizontalSpacing(self.theme.px(14))
        table.setVerticalSpacing(self.theme.px(5))
        table.setColumnMinimumWidth(0, self.theme.px(wide))
        for at, (key, does) in enumerate(keys):
            table.addWidget(label(key, heavy=True, wrap=True), at, 0)
            table.addWidget(label(does, tone="soft", wrap=True), at, 1)
        table.setColumnStretch(1, 1)
        return table
