"""When the soft sound is heard: as something comes due, and again until it is seen, chair by chair."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core.moments import MINUTE_US
from desktop_app.core.reminders import Reminder
from desktop_app.ui.reminding import in_sentence
from desktop_app.ui.station import Station

if TYPE_CHECKING:
    from desktop_app.ui.beside.sound import Sound

AGAIN_US = 2 * MINUTE_US
"""What was not seen is heard again after this."""


class Ringing(QObject):
    """Rings for one chair at a time, so that two chairs are told apart.

    Signals:
        rang(str): for which chair, and why.
    """

    rang = Signal(str)

    def __init__(self, station: Station, parent: QObject) -> None:
        super().__init__(parent)
        self._station = station
        self._rung: dict[str, tuple[tuple[Reminder, ...], int]] = {}

    @cached_property
    def sound(self) -> Sound:
        """What is heard; loaded when it is first heard."""
        from desktop_app.ui.beside.sound import SystemSound  # noqa: PLC0415 - the board comes up first

        return SystemSound()

    def tick(self, now_us: int) -> None:
        """Ring for the first chair that has something new, or has waited for long."""
        how = self._station.settings.get("reminder-sound")
        if how == "off":
            self._rung.clear()
            return
        for chair in self._station.desk.suite.chairs:
            due = self._due(chair, now_us)
            if due and self._is_time(chair, due, now_us):
                self._ring(chair, due, now_us, aloud=how == "voice")
                return

    def _due(self, chair: str, now_us: int) -> tuple[Reminder, ...]:
        due = self._station.reminding.due(self._station.desk.suite.shown_in(chair), now_us)
        if not due:
            self._rung.pop(chair, None)
        return due

    def _is_time(self, chair: str, due: tuple[Reminder, ...], now_us: int) -> bool:
        if chair not in self._rung:
            return True
        before, at_us = self._rung[chair]
        return not set(due) <= set(before) or not 0 <= now_us - at_us < AGAIN_US

    def _ring(self, chair: str, due: tuple[Reminder, ...], now_us: int, *, aloud: bool) -> None:
        self._rung[chair] = (due, now_us)
        told = f"Chair {chair}: {', '.join(map(in_sentence, due))}"
        self.sound.play(told if aloud else "")
        self.rang.emit(told)
