"""History of a moment: each value it had, how that was known, by whom, recorded when, and why it changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.core.history import Value, values_of
from desktop_app.core.service import Service, moment_named
from desktop_app.core.session import Session, Stage
from desktop_app.ui import words
from desktop_app.ui.lines_effect import Named, effect_words
from desktop_app.ui.moment_words import HOW_WORDS, moment_name, recorded_words
from desktop_app.ui.sheets.correct import ask_correction
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.labels import heading, label, rule


class ValueRow(QWidget):
    """One value: its time, struck out where it holds no longer, and everything known about it."""

    def __init__(self, theme: Theme, value: Value, zone: str) -> None:
        super().__init__()
        moment = value.moment
        at = label(words.clock_s(moment.at_us, zone), size=14, heavy=value.stands, tone=_tone(value))
        font = at.font()
        font.setStrikeOut(not value.stands)
        at.setFont(font)
        how, recorded = how_words(value), recorded_words(moment, zone)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, theme.px(6), 0, theme.px(6))
        grid.setVerticalSpacing(theme.px(2))
        grid.addWidget(at, 0, 0)
        right = Qt.AlignmentFlag.AlignRight
        grid.addWidget(label(moment.by), 0, 1, right)
        grid.addWidget(label(how, size=12, tone="soft", wrap=True), 1, 0)
        grid.addWidget(label(recorded, size=12, tone="soft"), 1, 1, right)
        grid.setColumnStretch(0, 1)
        gone = "" if value.stands else "no longer holds, "
        time = words.clock_s(moment.at_us, zone)
        self.setAccessibleName(f"{time}, {gone}{how}, by {moment.by}, {recorded}")


class MomentHistorySheet(Sheet):
    """Shows every value of one moment of a service, or of all of them."""

    def __init__(self, station: Station, session: Session, service: Service, named: Sequence[Named]) -> None:
        what = moment_name(service, *named[0]) if len(named) == 1 else "its times"
        super().__init__(station.theme, f"{words.drug_name(service.order)} · {what}", width=WIDE)
        self.values: dict[Named, tuple[Value, ...]] = {}
        self.effects: dict[Named, str] = {}
        self.ways: dict[Named, Button] = {}
        history = station.desk.history(session.id)
        for one in named:
            values = values_of(history, service.id, *one)
            if not values:
                continue
            self.values[one] = values
            if len(named) > 1:
                self.body.addWidget(heading(moment_name(service, *one)))
            self._add_values(station, session, service, one)
        self.close_button = self.add_close()

    def first_field(self) -> QWidget:
        """The way out."""
        return self.close_button

    def _add_values(self, station: Station, session: Session, service: Service, one: Named) -> None:
        for value in self.values[one]:
            self.body.addWidget(ValueRow(station.theme, value, session.zone))
            self.body.addWidget(rule())
        now_us = station.now_us()
        effect = effect_words(station.coder, session, service.id, one, self.values[one], now_us)
        self.effects[one] = effect
        if effect:
            self.body.addWidget(label(effect, size=12, tone="soft", wrap=True))
        if may_correct(session, service, one):
            button = Button(station.theme, f"Correct the {moment_name(service, *one)}…")
            button.clicked.connect(partial(ask_correction, station, session, service, *one))
            self.ways[one] = button
            self.body.addWidget(button)


def show_history(station: Station, session: Session, service: Service, what: str, index: int = 0) -> None:
    """Show every value of one moment."""
    station.sheets.open(MomentHistorySheet(station, session, service, [(what, index)]))


def show_times(station: Station, session: Session, service: Service) -> None:
    """Show every value of every moment of a service, as far as it has any."""
    pauses = [(what, index) for index in range(len(service.pauses)) for what in ("pause", "resume")]
    station.sheets.open(MomentHistorySheet(station, session, service, [("start", 0), *pauses, ("stop", 0)]))


def may_correct(session: Session, service: Service, named: Named) -> bool:
    """Return whether a moment stands and may still be put right."""
    is_free = session.stage in {Stage.OPEN, Stage.ENDED} and not service.void_reason
    return is_free and moment_named(service, *named) is not None


def how_words(value: Value) -> str:
    """Say how a value is known, why it was given, and how it ceased to hold."""
    reason = f"“{value.reason}”" if value.reason else ""
    ended = f"{value.ended}: “{value.ended_why}”" if value.ended_why else value.ended
    return " · ".join(part for part in (HOW_WORDS[value.moment.how], reason, ended) if part)


def _tone(value: Value) -> str:
    return "ink" if value.stands else "soft"
