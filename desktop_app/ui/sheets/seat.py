"""Seating a patient: MRN or wristband scan, a protocol or none, Enter. Then straight on to the first drug."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.core.access import Right
from desktop_app.core.decisions import When
from desktop_app.core.desk import Saved
from desktop_app.core.orders import Setting
from desktop_app.core.protocols import Protocol
from desktop_app.core.session import Session, Stage
from desktop_app.core.suite import Suite
from desktop_app.ui import words
from desktop_app.ui.board.card_buttons import next_planned
from desktop_app.ui.sheets.protocol_picker import ProtocolPicker, by_last_use
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.sheets.start import ask_start
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.touches import Touch
from desktop_app.ui.vials import is_vial
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.fields import Field


class SeatSheet(Sheet):
    """Asks who sits down; whoever sits somewhere already is seated only by a button of its own.

    Signals:
        only_wanted: seat, and ask for nothing after it.
        anyway(bool): seat a patient who sits in another chair; True asks for nothing after it.
        go_wanted: go to that other chair instead.
    """

    needs = Right.CARE

    only_wanted = Signal()
    anyway = Signal(bool)
    go_wanted = Signal()

    def __init__(self, theme: Theme, chair: str, at: str, protocols: Sequence[Protocol]) -> None:
        super().__init__(
            theme, f"Chair {chair} · seat a patient", f"Seated {at}. Scan the wristband, or type."
        )
        self._only: bool = False
        self.mrn = Field(theme, "MRN or wristband", hint="Scan or type, then Enter")
        self.initials = Field(theme, "Initials (optional)")
        row = self.add_row(self.mrn, self.initials)
        row.setStretch(0, 2)
        self.mrn.edit.installEventFilter(self)
        self.protocols = ProtocolPicker(theme, protocols)
        self.body.addWidget(self.protocols)
        self.seat_only = Button(theme, "Seat only", hint="Ctrl+Enter")
        self.seat_only.clicked.connect(self.take_other_way)
        self.cancel, self.seat = self.add_ways_on("Cancel", "Seat, then start")
        self.foot.addWidget(self.seat_only)
        self.there = Button(theme, "Go there")
        self.seat_anyway = Button(theme, "Seat anyway")
        self.there.clicked.connect(self.go_wanted)
        self.seat_anyway.clicked.connect(lambda: self.anyway.emit(self._only))
        self.add_last_row(self.there, self.seat_anyway)
        for edit in (self.mrn.edit, self.protocols.search):
            edit.textChanged.connect(lambda _: self._ask_who())
        self._ask_who()

    def take_other_way(self) -> None:
        """Seat, and ask for nothing after it."""
        if not self._refuses_protocol():
            self.only_wanted.emit()

    def who(self) -> tuple[str, str]:
        """Return MRN and initials; letters alone in place of an MRN are initials."""
        mrn, initials = self.mrn.text, self.initials.text
        is_mrn = bool(initials) or any(letter.isdigit() for letter in mrn) or not mrn.isprintable()
        return (mrn, initials) if is_mrn else ("", mrn)

    def say_seated(self, session: Session, *, only: bool) -> None:
        """Say that the patient sits in another chair, and ask which is meant."""
        self._only = only
        self.show_problem(f"{words.hidden_mrn(session.mrn)} already sits in chair {session.chair}")
        self.there.show_as(f"Go to chair {session.chair}")
        self._offer(anyway=True)
        self.there.setFocus()

    def _ask_who(self) -> None:
        self.show_problem("")
        self._offer(anyway=False)

    def _offer(self, *, anyway: bool) -> None:
        for button in (self.there, self.seat_anyway):
            button.setVisible(anyway)
        for button in (self.seat, self.seat_only):
            button.setVisible(not anyway)

    def faulty(self) -> QLineEdit | None:
        """Who it is, while nobody is named; a protocol that there is none of."""
        if self.protocols.is_unknown:
            return self.protocols.search
        return None if self.mrn.text else self.mrn.edit

    def first_field(self) -> QWidget:
        """The MRN, so that a scan lands in it; once it is known, the protocol."""
        return self.protocols.search if self.mrn.text else self.mrn.edit

    def take_scan(self, text: str) -> bool:
        """Take a wristband, whichever field has the keyboard, and go on to the protocol; it seats nobody."""
        scanned = text.strip()
        # A number alone may be a vial's or a wristband's; where somebody is to be seated it is the latter.
        if is_vial(scanned) and not scanned.isdecimal():
            return False
        self.mrn.set_text(scanned)
        self.protocols.search.setFocus()
        return True

    def confirm(self, *, now: bool) -> None:
        """Take what the sheet says."""
        if not self._refuses_protocol():
            super().confirm(now=now)

    def _refuses_protocol(self) -> bool:
        """Say that there is no such protocol, where there is none: it is not left out unsaid."""
        if not self.protocols.is_unknown:
            return False
        self.show_problem(self.protocols.unknown_words())
        self.protocols.search.setFocus()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down choose a protocol from the MRN too: the hand need not leave it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.mrn.edit:
            return self.protocols.eventFilter(watched, event)
        return super().eventFilter(watched, event)


def ask_seat(station: Station, chair: str, when: When, mrn: str = "") -> None:
    """Ask who sits down in a chair; the instant is stamped already."""
    protocols = by_last_use(station.protocols.all(), station.desk.suite)
    sheet = SeatSheet(station.theme, chair, words.clock_s(when.at_us, station.zone), protocols)
    sheet.confirmed.connect(
        lambda now: _ask_or_seat(station, sheet, chair, station.stamp() if now else when, seat_only=False)
    )
    sheet.only_wanted.connect(lambda: _ask_or_seat(station, sheet, chair, when, seat_only=True))
    sheet.anyway.connect(lambda only: _seat(station, sheet, chair, when, seat_only=only))
    sheet.go_wanted.connect(lambda: _go_there(station, sheet))
    sheet.mrn.set_text(mrn)
    sheet.protocols.fit(station.sheets.room)
    station.sheets.open(sheet)


def seated_elsewhere(suite: Suite, mrn: str, chair: str) -> Session | None:
    """Return the open session in another chair that has this MRN; None without one."""
    wanted = mrn.strip().casefold()
    here = (s for s in suite.sessions.values() if s.stage is Stage.OPEN and s.chair != chair)
    return next((session for session in here if wanted and session.mrn.casefold() == wanted), None)


def _ask_or_seat(station: Station, sheet: SeatSheet, chair: str, when: When, *, seat_only: bool) -> None:
    elsewhere = seated_elsewhere(station.desk.expected, sheet.who()[0], chair)
    if elsewhere is None:
        _seat(station, sheet, chair, when, seat_only=seat_only)
    else:
        sheet.say_seated(elsewhere, only=seat_only)


def _go_there(station: Station, sheet: SeatSheet) -> None:
    elsewhere = seated_elsewhere(station.desk.expected, sheet.who()[0], "")
    sheet.done.emit()
    if elsewhere is not None:
        station.show_page("board", elsewhere.id)


def _seat(station: Station, sheet: SeatSheet, chair: str, when: When, *, seat_only: bool) -> None:
    touch = seat_touch(station, chair, *sheet.who(), when, protocol=sheet.protocols.protocol())
    outcome = station.touches.send(touch)
    if isinstance(outcome, Saved):
        _go_on(station, outcome.session, seat_only=seat_only)
    elif outcome is None:
        sheet.done.emit()


def seat_touch(
    station: Station, chair: str, mrn: str, initials: str, when: When, *, protocol: Protocol | None = None
) -> Touch:
    """Return the touch that seats a patient, with a protocol's whole plan, billed as the settings say."""
    get = station.settings.get
    said = f"Chair {chair} · {words.dotted(initials) or words.hidden_mrn(mrn)} seated"
    said = f"{said} with {protocol.name}" if protocol else said
    return Touch(
        f"{said} at {words.clock_s(when.at_us, station.zone)}",
        lambda: station.desk.seat(
            when,
            chair=chair,
            mrn=mrn,
            initials=initials,
            zone=station.zone,
            setting=Setting(get("setting")),
            place_of_service=get("place-of-service"),
            profile=get("profile"),
            plan=protocol.services if protocol else (),
            protocol=protocol.name if protocol else "",
        ),
    )


def _go_on(station: Station, session_id: str, *, seat_only: bool) -> None:
    session = station.desk.session(session_id)
    if seat_only or session is None:
        station.sheets.close_sheet()
    else:
        ask_start(station, session, stamped=None, planned=next_planned(session))
