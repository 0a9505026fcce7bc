"""Open marks: instants stamped on the board whose meaning is still to be said."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.care import pause_service, resume_service, stop_service
from desktop_app.core.decisions import When
from desktop_app.core.desk import Action
from desktop_app.core.service import ServiceState
from desktop_app.core.session import Session
from desktop_app.core.suite import Mark
from desktop_app.ui import words
from desktop_app.ui.sheets.choose import ChooseSheet, Item
from desktop_app.ui.sheets.start import ask_start_at_mark
from desktop_app.ui.station import Station
from desktop_app.ui.touches import Touch
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.labels import heading, label

DROPPED = "pressed by mistake"


class MarksTray(QWidget):
    """The open marks, oldest first, each with its question.

    Signals:
        meaning_asked(str): what was this mark?
    """

    meaning_asked = Signal(str)

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._shown: tuple[Mark, ...] = ()
        self.buttons: dict[str, Button] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(18, 0, 18, 0)
        self._column.setSpacing(2)
        self.hide()

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Show other marks than before."""
        if marks == self._shown:
            return
        self._shown = marks
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = {}
        self.setVisible(bool(marks))
        if marks:
            self._column.addWidget(heading(f"{len(marks)} open mark{'' if len(marks) == 1 else 's'}"))
        for mark in marks:
            self._column.addWidget(self._row(mark))

    def _row(self, mark: Mark) -> QWidget:
        at = words.clock_s(mark.at.at_us, self._station.zone)
        place = f"Chair {mark.chair}" if mark.chair else "no chair yet"
        button = Button(self._station.theme, "It was…", kind=Kind.LINK)
        button.setAccessibleName(f"Say what the mark at {at}, {place}, was")
        button.clicked.connect(lambda: self.meaning_asked.emit(mark.id))
        self.buttons[mark.id] = button
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label(at, heavy=True))
        line.addWidget(label(place, size=12, tone="soft"), 1)
        line.addWidget(button)
        return row


def stamp_mark(station: Station, chair: str, when: When) -> None:
    """Stamp an instant at a chair; what it was is said later."""
    said = f"Chair {chair} · {words.clock_s(when.at_us, station.zone)} marked"
    station.touches.send(Touch(said, lambda: station.desk.mark(when, chair=chair)))


def ask_meaning(station: Station, mark: Mark, session: Session | None) -> None:
    """Ask what a mark was; without a patient it can only be dropped."""
    at = words.clock_s(mark.at.at_us, station.zone)
    under = f"Chair {session.chair}" if session else "Choose the patient's chair first, or drop the mark."
    sheet = ChooseSheet(station.theme, f"What was at {at}?", under, meanings(station, mark, session))
    station.sheets.open(sheet)


def meanings(station: Station, mark: Mark, session: Session | None) -> list[Item]:
    """Return what a mark may have been, the likeliest first."""
    found: list[Item] = []
    if session is None:
        return [("Nothing: drop it", partial(_drop, station, mark))]
    for service in session.open_services:
        drug, paused = words.drug_name(service.order), service.state is ServiceState.PAUSED
        other = ("resume", partial(resume_service, service=service.id))
        if not paused:
            other = ("pause", partial(pause_service, service=service.id))
        for meaning, action in (("stop", partial(stop_service, service=service.id)), other):
            text = f"{meaning.capitalize()} of {drug}"
            found.append((text, partial(_assign, station, mark, session, text, action)))
    found.append(("Start of a service…", partial(ask_start_at_mark, station, session, mark)))
    found.append(("Nothing: drop it", partial(_drop, station, mark)))
    return found


def _assign(station: Station, mark: Mark, session: Session, meaning: str, action: Action) -> None:
    when = station.stamp()
    said = f"Chair {session.chair} · {meaning} at {words.clock_s(mark.at.at_us, session.zone)}"
    station.touches.send(Touch(said, lambda: station.desk.assign(mark.id, session.id, meaning, action, when)))


def _drop(station: Station, mark: Mark) -> None:
    when = station.stamp()
    said = f"Mark at {words.clock_s(mark.at.at_us, station.zone)} dropped"
    station.touches.send(Touch(said, lambda: station.desk.drop(mark.id, DROPPED, when)))
