"""What is on record of this computer's clock, and the way to tell the true time."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from desktop_app.core import events as e
from desktop_app.core.access import Right
from desktop_app.core.basis import Stood, stood
from desktop_app.core.clock_log import ClockLog
from desktop_app.core.clock_words import instant_words, length_words, told_words
from desktop_app.core.clocks import read_true_time, telling_true_time
from desktop_app.core.decisions import Refusal
from desktop_app.core.moments import ClockReading
from desktop_app.core.session import Session
from desktop_app.core.suite import chair_order
from desktop_app.ui import words
from desktop_app.ui.board.suite_model import sessions_today
from desktop_app.ui.board.true_time import true_time
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.ticker import Ticker
from desktop_app.ui.touches import Touch
from desktop_app.ui.widgets.fields import Field
from desktop_app.ui.widgets.labels import heading, label

MOST_SHOWN = 6
ALL = "chairtime clock --report has them all."
NOTHING = "Nothing is on record: this computer's clock was steady."
ABOUT = (
    "Where another clock can be trusted more, type a time that it will show soon, and press Enter as it "
    "shows it. Who is timed now goes on as before, with a note; once nobody is timed stamps are made from it."
)
NOT_BY_ALL = "The true time is told by an administrator."
NO_TIME = "type a time such as 10:31:00, or a day and a time such as 2026-03-02T10:31"


class ClocksSheet(Sheet):
    """Lists what happened, and asks for the true time."""

    def __init__(self, station: Station) -> None:
        super().__init__(station.theme, "The clock of this computer", width=WIDE)
        self._station = station
        log, zone = station.desk.suite.clock, station.zone
        self.told = tuple(told_of(log, zone))
        self._say_state()
        self.ticker = Ticker(lambda: station.clock.now().wall_us, self)
        self.ticker.ticked.connect(lambda _: self._say_state())
        self.ticker.start()
        self.body.addWidget(heading("On record"))
        for sentence in self.told[:MOST_SHOWN] or (NOTHING,):
            self.body.addWidget(label(sentence, size=12, wrap=True))
        self.touched = touched_today(station)
        if self.touched:
            self.body.addWidget(heading("What minutes stand on today"))
        for sentence in self.touched[:MOST_SHOWN]:
            self.body.addWidget(label(sentence, size=12, wrap=True))
        if len(self.touched) > MOST_SHOWN:
            self.body.addWidget(
                label(f"And {len(self.touched) - MOST_SHOWN} more: {ALL}", size=12, tone="soft")
            )
        self.body.addWidget(heading("The true time"))
        refusal = station.desk.acting.why_not(Right.SUITE)
        about = f"{words.sentence(refusal.text)} {NOT_BY_ALL}" if refusal else ABOUT
        self.body.addWidget(label(about, size=12, tone="alert" if refusal else "soft", wrap=True))
        self.time = Field(station.theme, "True time", hint="10:31:00")
        self.known = Field(station.theme, "How it is known", hint="radio clock on the wall")
        self.by = Field(station.theme, "By", station.desk.actor)
        # Where people sign in nobody says it in another's name.
        self.by.edit.setReadOnly(station.desk.suite.people.are_named)
        self.add_row(self.time, self.known, self.by)
        for field in (self.time, self.known, self.by):
            field.setEnabled(refusal is None)
        self.back, self.go = self.add_ways_on("Close", "This is the true time")
        self.time.edit.textChanged.connect(lambda _: self._ready())
        self._ready()

    def _say_state(self) -> None:
        """Say what the clock shows, second by second: somebody waits for one to press Enter."""
        station = self._station
        reading, present_us = station.clock.now(), station.desk.now().at_us
        shows = state_words(reading, present_us, station.zone)
        true = true_time(station.desk.suite.clock.told, reading, present_us)
        self.say_under(f"{shows} {true.sentence}" if true else shows)

    def first_field(self) -> QWidget:
        """The way out: most who open it only read."""
        return self.back

    def faulty(self) -> QWidget:
        """The time: it is what is refused."""
        return self.time.edit

    def _ready(self) -> None:
        self.show_problem("")
        self.go.setEnabled(bool(self.time.text))

    def tell(self) -> None:
        """Record the true time as of this moment."""
        station, desk = self._station, self._station.desk
        when, reading = station.stamp(), station.clock.now()
        true_us = read_true_time(self.time.text, reading.wall_us, station.zone)
        if true_us is None:
            self.show_problem(NO_TIME)
            return
        plan = telling_true_time(when, reading, true_us, known=self.known.text, by=self.by.text)
        said = f"The true time {words.clock_s(true_us, station.zone)} is on record"
        outcome = station.touches.send(Touch(said, lambda: desk.take(plan), can_undo=False))
        if not isinstance(outcome, Refusal):
            self.done.emit()


def ask_clocks(station: Station) -> None:
    """Show what is on record of the clock, and take the true time where somebody tells it."""
    sheet = ClocksSheet(station)
    sheet.confirmed.connect(lambda _: sheet.tell())
    station.sheets.open(sheet)


def told_of(log: ClockLog, zone: str) -> Iterator[str]:
    """Yield what happened to the clock, newest first, each with when it was noted and who has seen it."""
    for recorded in reversed(log.entries):
        if isinstance(recorded.event, e.ClockSeen):
            continue
        noted = instant_words(recorded.event.at_us, zone)
        seen = log.seen(recorded.version)
        by = f" · seen by {seen.by}" if seen is not None else ""
        yield f"{told_words(recorded.event, zone)} Noted {noted}{by}."


def touched_today(station: Station) -> tuple[str, ...]:
    """Return of each service of today during which something happened what its minutes stand on."""
    desk = station.desk
    sessions = sessions_today(desk.suite, station.now_us(), station.zone)
    return tuple(
        stood_words(session, one)
        for session in sorted(sessions, key=lambda session: chair_order(session.chair))
        for one in stood(session, desk.history(session.id))
        if not one.is_plain
    )


def stood_words(session: Session, one: Stood) -> str:
    """Write from when to when a service ran, what that stands on, and what happened meanwhile."""
    start, stop = one.service.start, one.service.stop
    begun = words.clock(start.at_us, session.zone) if start else ""
    ran = f"{begun} to {words.clock(stop.at_us, session.zone)}" if stop else f"since {begun}"
    basis = f" stands on {one.basis.value}" if stop else ""
    meanwhile = f": {'; '.join(one.meanwhile)}" if one.meanwhile else ""
    return f"Chair {session.chair} · {words.drug_name(one.service.order)} {ran}{basis}{meanwhile}."


def state_words(reading: ClockReading, present_us: int, zone: str) -> str:
    """Write what the clock shows, and where another time is gone by."""
    off_us = reading.wall_us - present_us
    shows = f"It shows {instant_words(reading.wall_us, zone)}, zone {reading.zone}"
    if length_words(off_us) == "0 s":
        return f"{shows}, and that is what is recorded."
    return f"{shows}; recorded is {instant_words(present_us, zone)}, as it was counted on."
