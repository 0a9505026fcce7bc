"""A note of the visit or of one service, and the note of a reaction, which may pause in the same touch."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from desktop_app.core.access import Right
from desktop_app.core.care import add_note, pause_service
from desktop_app.core.decisions import Refusal, When
from desktop_app.core.desk import Action
from desktop_app.core.orders import Category
from desktop_app.core.service import Service, ServiceState
from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.board.card_model import lead_first
from desktop_app.ui.sheets.sheet import TAKES, WIDE, Sheet
from desktop_app.ui.sheets.which import Which, names
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.together import together
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.fields import Choice, Field
from desktop_app.ui.widgets.labels import caption

VISIT = ""
MOST_CHIPS = 4
SIGNS = {
    "f": "Flushing",
    "i": "Itching",
    "h": "Hives",
    "c": "Chills",
    "b": "Short of breath",
    "t": "Chest tightness",
    "n": "Nausea",
    "l": "Low pressure",
}
"""What is seen of a reaction, by the letter that ticks it in the sheet."""
_COLUMNS = 4


class NoteSheet(Sheet):
    """Asks for a note, and what it is about."""

    needs = Right.CARE

    def __init__(self, theme: Theme, session: Session, about: str) -> None:
        super().__init__(theme, f"Chair {session.chair} · note", width=WIDE)
        self.text = Field(theme, "Note")
        begun = session.begun_services[-MOST_CHIPS:]
        options = [(VISIT, "The visit"), *((s.id, words.drug_name(s.order)) for s in begun)]
        known = about if about in dict(options) else VISIT
        self.about = Choice(theme, "About", options, known)
        self.body.addWidget(self.text)
        for part in (caption("About"), self.about):
            self.body.addWidget(part)
            part.setVisible(len(options) > 1)
        self.back, self.go = self.add_ways_on("Leave it", "Record note")

    def faulty(self) -> QLineEdit | None:
        """The note."""
        return self.text.edit

    def first_field(self) -> QWidget:
        """The note."""
        return self.text.edit


class ReactionSheet(Sheet):
    """Asks what is seen of a reaction, and whether what runs is paused.

    Signals:
        only: note it and let all run on.
    """

    needs = Right.CARE

    only = Signal()

    def __init__(self, theme: Theme, session: Session, which: Which, *, runs: bool) -> None:
        super().__init__(theme, f"Chair {session.chair} · reaction", width=WIDE)
        self.which = which
        self.signs = {key: self._chip(theme, key, sign) for key, sign in SIGNS.items()}
        grid = QGridLayout()
        grid.setSpacing(theme.px(8))
        for at, chip in enumerate(self.signs.values()):
            grid.addWidget(chip, at // _COLUMNS, at % _COLUMNS)
        self.text = Field(theme, "More, in your words (optional)")
        self.only_button = Button(theme, "Note it, nothing pauses")
        self.only_button.clicked.connect(self.only)
        self.body.addLayout(grid)
        self.body.addWidget(self.text)
        if len(which.boxes) > 1:
            self.body.addWidget(caption("Pauses with it"))
        self.body.addWidget(which)
        self.back, self.go = self.add_ways_on("Leave it", "Note and pause" if runs else "Note it")
        if runs:
            self.foot.addWidget(self.only_button)
        self.show_keys_outside(self.text.edit, {chip: key for key, chip in self.signs.items()})

    def words(self) -> str:
        """Return what was seen, as one line; empty when nothing was said."""
        seen = [SIGNS[key].lower() for key, chip in self.signs.items() if chip.isChecked()]
        return "; ".join(part for part in (", ".join(seen), self.text.text) if part)

    def first_field(self) -> QWidget:
        """The first sign; a letter or Space ticks one."""
        return next(iter(self.signs.values()))

    def take_letter(self, letter: str, when: When) -> bool:  # noqa: ARG002 - a tick is no touch yet
        """Tick or untick a sign."""
        chip = self.signs.get(letter)
        if chip is not None:
            chip.toggle()
        return chip is not None

    def _chip(self, theme: Theme, key: str, sign: str) -> Button:
        chip = Button(theme, sign, kind=Kind.CHIP, hint=key.upper())
        chip.setAccessibleName(f"Reaction: {sign}")
        return chip


def ask_note(station: Station, session: Session, when: When, service: str = VISIT) -> None:
    """Ask for a note; the instant is already stamped."""
    sheet = NoteSheet(station.theme, session, service)
    at = words.clock_s(when.at_us, session.zone)
    sheet.say_stamped(at, "it stays with the visit for good")
    sheet.confirmed.connect(lambda now: _noted(station, session, sheet, station.stamp() if now else when))
    station.sheets.open(sheet)


def ask_reaction(station: Station, session: Session, when: When) -> None:
    """Ask what is seen of a reaction; drugs that run are paused with it unless that is unticked."""
    running = [s for s in session.open_services if s.state is ServiceState.RUNNING]
    ticked = [s.id for s in _suspects(running)]
    which = Which(station.theme, lead_first(running, when.at_us), "Pause", when.at_us, ticked=ticked)
    sheet = ReactionSheet(station.theme, session, which, runs=bool(running))
    at = words.clock_s(when.at_us, session.zone)
    sheet.say_stamped(at, keys=f"Letters tick. {TAKES}")
    sheet.confirmed.connect(
        lambda now: _reacted(station, session, sheet, which.chosen(), station.stamp() if now else when)
    )
    sheet.only.connect(lambda: _reacted(station, session, sheet, (), when))
    station.sheets.open(sheet)


def _suspects(running: Sequence[Service]) -> Sequence[Service]:
    """Return the drugs that run; where only fluid runs, the fluid."""
    drugs = [service for service in running if service.order.category is not Category.HYDRATION]
    return drugs or running


def _noted(station: Station, session: Session, sheet: NoteSheet, when: When) -> None:
    found = session.service(sheet.about.taken)
    about = f" of {words.drug_name(found.order)}" if found else ""
    said = f"note{about} at {words.clock_s(when.at_us, session.zone)}"
    action = partial(add_note, text=sheet.text.text, service=sheet.about.taken)
    if not isinstance(station.touch(session, said, action, when), Refusal):
        sheet.done.emit()


def _reacted(
    station: Station, session: Session, sheet: ReactionSheet, paused: tuple[str, ...], when: When
) -> None:
    seen, at = sheet.words(), words.clock_s(when.at_us, session.zone)
    text = f"Reaction: {seen}" if seen else "Reaction"
    suspects = paused or tuple(service.id for service in _suspects(session.open_services))
    about = suspects[0] if len(suspects) == 1 else VISIT
    actions: list[Action] = [partial(add_note, text=text, service=about)]
    actions += [partial(pause_service, service=service, reason=text) for service in paused]
    told = f" and {names(session.services, paused)} paused" if paused else ""
    if not isinstance(
        station.touch(session, f"reaction noted{told} at {at}", together(*actions), when), Refusal
    ):
        sheet.done.emit()
