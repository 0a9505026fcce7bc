"""One event as it lies in the journal: what it says, its columns and clocks, the hashes that prove it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from desktop_app.core.record.chronicle import Told
from desktop_app.core.record.plain import Named, change_words
from desktop_app.core.session import Session, Stage
from desktop_app.ui.board.card_names import Names
from desktop_app.ui.history.event_model import (
    NOT_WHOLE,
    body_words,
    is_private,
    shown_changes,
    shown_facts,
    stored_rows,
)
from desktop_app.ui.privacy import may_look
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.labels import heading, label
from desktop_app.ui.widgets.sign import Sign

WIDTH, NAME = 640, 150
WHOLE = "Worked out again just now from these columns: it is what was stored."


class EventSheet(Sheet):
    """Everything there is of one event; who the patient is only after somebody said that they look."""

    is_for_one = True

    def __init__(self, station: Station, told: Told, session: Session | None) -> None:
        super().__init__(station.theme, told.what, told.at, width=WIDTH)
        self._station = station
        self._told = told
        self._session = session
        self.stored = label("", size=12, wrap=True)
        self.show_button = Button(station.theme, "Show what is stored")
        self.show_button.setAccessibleName("Show what is stored, with who the patient is; that is recorded")
        self.show_button.clicked.connect(self._show_stored)
        names = Names(station.settings.get("card-names"))
        self._add("What is known", self._known(names))
        self._add("As it lies in the journal", stored_rows(told))
        self._add_proof()
        self.body.addWidget(heading("What it says, as it is stored"))
        self.body.addWidget(self.stored)
        self.body.addWidget(self.show_button)
        self.close_button = self.add_close()
        if not is_private(told):
            self._tell_stored()

    def first_field(self) -> QWidget:
        """The way out."""
        return self.close_button

    def _known(self, names: Names) -> Iterable[Named]:
        told = self._told
        yield "Happened", told.at
        yield "How known", told.known
        yield "Recorded", told.recorded
        yield "By", told.by
        yield "Taken back", told.undone.removeprefix("taken back ")
        for change in shown_changes(told, names):
            yield "Changed", change_words(change)
        yield "Reason", told.reason
        for name, text in shown_facts(told, names):
            yield f"{name[:1].upper()}{name[1:]}", text

    def _add(self, title: str, rows: Iterable[Named]) -> None:
        theme = self.theme
        self.body.addWidget(heading(title))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(3))
        grid.setColumnMinimumWidth(0, theme.px(NAME))
        for at, (name, text) in enumerate((name, text) for name, text in rows if text):
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(label(name, size=12, tone="soft", wrap=True), at, 0, top)
            grid.addWidget(_chosen(label(text, size=12, wrap=True)), at, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)

    def _add_proof(self) -> None:
        is_whole = self._told.is_whole
        tone = "run" if is_whole else "alert"
        row = QHBoxLayout()
        row.addWidget(Sign(self.theme, "check" if is_whole else "alert", tone), 0, Qt.AlignmentFlag.AlignTop)
        self.proof = label(
            WHOLE if is_whole else f"This event is {NOT_WHOLE}: it was changed after it was recorded.",
            size=12,
            tone="ink" if is_whole else "alert",
            wrap=True,
        )
        row.addWidget(self.proof, 1)
        self.body.addLayout(row)

    def _show_stored(self) -> None:
        session = self._session
        # A seating that was taken back takes no further events; there is nothing to hide behind them.
        if session is None or session.stage is Stage.CANCELLED or may_look(self._station, session, "history"):
            self._tell_stored()
            self.close_button.setFocus()

    def _tell_stored(self) -> None:
        self.show_button.hide()
        self.stored.setText(body_words(self._told))
        _chosen(self.stored)


def _chosen(shown: QLabel) -> QLabel:
    """Let a text be marked with the mouse, to be copied."""
    shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return shown
