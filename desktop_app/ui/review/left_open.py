"""Asks before a signature passes what it would lose: what is not billed, or which of two records is true.

Not before every warning: what is asked each time is pressed away each time. A line that is billed and only
looked at once more, an answer such as *not witnessed*, and what the biller sees by the payer's rules need no
question of their own; where one is asked they stand in it, so that it counts what the page shows.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop_app.coding.reasons import Level
from desktop_app.core.access import Right
from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.panel.panel_model import FindingRow, lines_view
from desktop_app.ui.panel.rows import FindingBlock
from desktop_app.ui.review.findings import OPEN_MARK, mark_row, marks_of
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.button import Button, Kind

NOT_BILLED = frozenset(
    {
        "drug-dose-missing",
        "drug-code-missing",
        "drug-unit-unknown",
        "mixed-vials",
        "missing-stop",
        "pump-not-chemo",
        "second-syringe-differs",
    }
)
"""Something was given, and is on no line, or only as less than it was."""
IN_DOUBT = frozenset(
    {
        OPEN_MARK,
        "stop-proposed",
        "stop-after-session-end",
        "long-run",
        "clock-behind",
        "whole-container-left",
        "dose-and-units-differ",
        "drug-unit-differs",
        "drug-in-two-categories",
        "ndc-code-differs",
        "payer-unknown",
    }
)
"""What was recorded cannot all be true, and the lines follow one of it."""
ASKED = NOT_BILLED | IN_DOUBT
UNDER = "What you sign is sealed as it is billed now. A later change becomes a corrected version."
BACK = "Back to the session"


class LeftOpenSheet(Sheet):
    """Says what is left open and what it means. Enter and Esc go back; signing is a press of its own."""

    needs = Right.SIGN
    goes_with_lock = True

    def __init__(self, station: Station, session: Session, rows: tuple[FindingRow, ...]) -> None:
        count = words.count_words(len(rows), "open warning", "open warnings")
        title = f"Chair {session.chair} · sign with {count}?"
        super().__init__(station.theme, title, UNDER, width=WIDE)
        for row in rows:
            self.body.addWidget(FindingBlock(station.theme, row))
        self.back = Button(station.theme, BACK, kind=Kind.PRIMARY, hint="Esc")
        self.on = Button(station.theme, f"Sign with {count}")
        self.back.clicked.connect(self.done)
        self.on.clicked.connect(self.done)
        self.add_last_row(self.back, self.on)

    def first_field(self) -> QWidget:
        """The way back: nobody signs past a warning by one key more."""
        return self.back


def ask_what_is_left_open(station: Station, session: Session, sign: Callable[[], None]) -> None:
    """Sign at once where nothing is lost by it; else once somebody has read what is, and wants it still."""
    rows = left_open(station, session)
    if not rows:
        sign()
        return
    sheet = LeftOpenSheet(station, session, rows)
    sheet.on.clicked.connect(lambda _=False: sign())
    station.sheets.open(sheet)


def left_open(station: Station, session: Session) -> tuple[FindingRow, ...]:
    """Return every warning of a session, the gravest first; none where none of them is worth a question.

    What cannot be signed is asked nothing: why it cannot is said as ever.
    """
    coding = station.coder.as_recorded(session)
    if coding.blockers or session.hold_reason:
        return ()
    rows = [row for row in lines_view(session, coding).findings if row.level == Level.WARNING]
    rows += [mark_row(session, mark) for mark in marks_of(station.desk.suite, session)]
    if ASKED.isdisjoint(row.name for row in rows):
        return ()
    return tuple(sorted(rows, key=lambda row: row.name not in ASKED))
