"""Seating a patient: MRN or wristband scan, initials, Enter. Then straight on to the first drug."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.core.decisions import When
from desktop_app.core.desk import Saved
from desktop_app.core.orders import Setting
from desktop_app.ui import words
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.sheets.start import ask_start
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.touches import Touch
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.fields import Field, let_scans_in


class SeatSheet(Sheet):
    """Asks who sits down."""

    def __init__(self, theme: Theme, chair: str, at: str) -> None:
        super().__init__(
            theme, f"Chair {chair} · seat a patient", f"Seated {at}. Scan the wristband, or type."
        )
        self.mrn = Field(theme, "MRN or wristband", hint="Scan or type, then Enter")
        let_scans_in(self.mrn.edit)
        self.initials = Field(theme, "Initials (optional)")
        row = self.add_row(self.mrn, self.initials)
        row.setStretch(0, 2)
        self.seat_only = Button(theme, "Seat only", hint="Shift+Enter")
        self.seat_only.clicked.connect(lambda: self.confirm(now=True))
        self.cancel, self.seat = self.add_ways_on("Cancel", "Seat, then start")
        self.body.addWidget(self.seat_only)

    def first_field(self) -> QWidget:
        """The MRN, so that a scan lands in it."""
        return self.mrn.edit


def ask_seat(station: Station, chair: str, when: When, mrn: str = "") -> None:
    """Ask who sits down in a chair; the instant is stamped already."""
    sheet = SeatSheet(station.theme, chair, words.clock_s(when.at_us, station.zone))
    sheet.confirmed.connect(lambda only: _seat(station, sheet, chair, when, seat_only=only))
    sheet.mrn.set_text(mrn)
    station.sheets.open(sheet)


def _seat(station: Station, sheet: SeatSheet, chair: str, when: When, *, seat_only: bool) -> None:
    outcome = station.touches.send(seat_touch(station, chair, sheet.mrn.text, sheet.initials.text, when))
    if isinstance(outcome, Saved):
        _go_on(station, outcome.session, seat_only=seat_only)
    elif outcome is None:
        sheet.done.emit()


def seat_touch(station: Station, chair: str, mrn: str, initials: str, when: When) -> Touch:
    """Return the touch that seats a patient, billed as the settings say."""
    get = station.settings.get
    said = f"Chair {chair} · {words.dotted(initials) or words.hidden_mrn(mrn)} seated"
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
        ),
    )


def _go_on(station: Station, session_id: str, *, seat_only: bool) -> None:
    session = station.desk.session(session_id)
    if seat_only or session is None:
        station.sheets.close_sheet()
    else:
        ask_start(station, session, stamped=None)
