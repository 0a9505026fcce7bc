"""Downtime: the record system beside cannot be written to, or can be again. Both moments are stamped first.

While it lasts nothing else changes: everything is recorded here as ever, and is listed afterwards for
entering there.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.core.access import Right
from desktop_app.core.decisions import Refusal, When
from desktop_app.core.desk import Outcome
from desktop_app.core.moments import HowKnown
from desktop_app.core.outages import Outage
from desktop_app.core.plans import beginning_downtime, ending_downtime
from desktop_app.ui import words
from desktop_app.ui.printing import downtime_words, print_downtime
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.touches import Touch
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.fields import Field
from desktop_app.ui.widgets.labels import heading, label
from desktop_app.ui.widgets.when_choice import NO_TIME, WhenChoice

ABOUT = (
    "Go on working as ever: every touch is recorded here. What is done meanwhile is listed afterwards, "
    "patient by patient, for entering it there."
)
MOST_SHOWN = 4


class DowntimeSheet(Sheet):
    """Says that a downtime begins, or is over, and lists those that were."""

    needs = Right.DOWNTIME

    def __init__(self, station: Station, when: When) -> None:
        lasts = station.desk.expected.open_outage
        super().__init__(station.theme, _title(lasts, station.zone), width=WIDE)
        self._station, self._stamped, self.lasts = station, when, lasts
        self.say_stamped(words.clock_s(when.at_us, station.zone))
        first = "Just now"
        name = "Over" if lasts else "Began"
        self.at = WhenChoice(station.theme, name, when.at_us, station.now_us, station.zone, first=first)
        self.system = Field(station.theme, "What is down", _last_system(station), hint="the record system")
        self.listed: dict[str, Button] = {}
        self._lay_out()
        self.back, self.go = self.add_ways_on("It lasts" if lasts else "Not now", "")
        self.at.changed.connect(self._say)
        self.system.edit.textChanged.connect(lambda _: self.show_problem(""))
        self._say()

    def first_field(self) -> QWidget:
        """The clock time; Enter takes what is stamped."""
        return self.at.clock

    def faulty(self) -> QWidget | None:
        """The time: it is what a downtime is refused for."""
        return self.at.clock

    def when(self, *, now: bool) -> When | str:
        """Return the instant that is chosen, or what is missing; ``now`` asks for this one."""
        if now:
            return self._station.stamp()
        at_us = self.at.at_us()
        if at_us is None:
            return NO_TIME
        if at_us == self._stamped.at_us:
            return self._stamped
        now_us = max(self._stamped.now_us, self._station.now_us())
        return When(at_us=at_us, now_us=now_us, how=HowKnown.BACK_DATED)

    def _lay_out(self) -> None:
        self.body.addWidget(label(ABOUT, size=12, tone="soft", wrap=True))
        self.body.addWidget(self.at)
        if self.lasts is None:
            self.body.addWidget(self.system)
        outages = self._station.desk.suite.downtimes
        if outages:
            self.body.addWidget(heading("For entering"))
        for outage in outages[: -MOST_SHOWN - 1 : -1]:
            told = downtime_words(outage, self._station.zone)
            button = Button(self.theme, told)
            button.setAccessibleName(f"List of the downtime {told}")
            button.clicked.connect(partial(self._print, outage))
            self.listed[outage.id] = button
            self.body.addWidget(button)

    def _say(self) -> None:
        self.show_problem("")
        what = "Downtime is over" if self.lasts else "Downtime begins"
        self.go.show_as(f"{what} at {self.at.words()}")
        self.go.setEnabled(self.at.at_us() is not None)

    def _print(self, outage: Outage, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        self.done.emit()
        print_downtime(self._station, outage)


def ask_downtime(station: Station, when: When) -> None:
    """Ask whether a downtime begins, or whether the one that lasts is over, as stamped."""
    sheet = DowntimeSheet(station, when)
    sheet.confirmed.connect(lambda now: _confirmed(station, sheet, now=now))
    station.sheets.open(sheet)


def _confirmed(station: Station, sheet: DowntimeSheet, *, now: bool) -> None:
    when = sheet.when(now=now)
    if isinstance(when, str):
        sheet.show_problem(when)
    elif sheet.lasts is None:
        _begin(station, sheet, when)
    else:
        _end(station, sheet, sheet.lasts, when)


def _begin(station: Station, sheet: DowntimeSheet, when: When) -> None:
    system = sheet.system.text
    # The same name however often it is decided: a touch that waits is decided twice.
    name = f"downtime-{when.at_us}"
    plan = beginning_downtime(when, outage=name, system=system, zone=station.zone)
    said = f"Downtime begins at {words.clock_s(when.at_us, station.zone)}"
    outcome = station.touches.send(Touch(said, lambda: station.desk.take(plan)))
    if not isinstance(outcome, Refusal):
        sheet.done.emit()


def _end(station: Station, sheet: DowntimeSheet, lasts: Outage, when: When) -> None:
    plan = ending_downtime(when, zone=station.zone)
    said = f"Downtime is over at {words.clock_s(when.at_us, station.zone)}"
    outcome: Outcome | None = station.touches.send(Touch(said, lambda: station.desk.take(plan)))
    if isinstance(outcome, Refusal):
        return
    sheet.done.emit()
    ended = station.desk.suite.outages.get(lasts.id)
    if ended is not None and ended.over is not None:
        print_downtime(station, ended)


def _title(lasts: Outage | None, zone: str) -> str:
    if lasts is None:
        return "Downtime of the record system"
    since = words.clock_s(lasts.begun.at_us, zone)
    return " · ".join(filter(None, (f"Downtime since {since}", lasts.system)))


def _last_system(station: Station) -> str:
    """Return what was down last: it mostly is again."""
    outages = station.desk.suite.downtimes
    return outages[-1].system if outages else ""
