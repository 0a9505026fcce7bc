"""Stopping: one running service stops at once; of several, the sheet asks which, one button for each."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_app.core.access import Right
from desktop_app.core.care import stop_service
from desktop_app.core.decisions import Refusal, When
from desktop_app.core.moments import SECOND_US
from desktop_app.core.service import Service, ServiceState
from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.board.card_model import lead_first
from desktop_app.ui.sheets.sheet import TAKES, Sheet
from desktop_app.ui.sheets.which import called, names
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.together import together
from desktop_app.ui.widgets.button import Button

SAME_TOUCH_US = 10 * SECOND_US


class StopSheet(Sheet):
    """Asks which of the open services stopped. Its digits choose a button, Enter presses it.

    Signals:
        stopped(object, bool): the ids of what stopped; True asks for the instant of pressing.
    """

    needs = Right.CARE

    stopped = Signal(object, bool)

    def __init__(self, theme: Theme, session: Session, asked_us: int) -> None:
        super().__init__(theme, f"Chair {session.chair} · which stopped?")
        self.buttons: list[Button] = []
        self._stops: dict[Button, tuple[str, ...]] = {}
        opened = lead_first(session.open_services, asked_us)
        for service in opened:
            self._add(f"Stop {called(service, session)}", (service.id,))
        self._add(f"Stop all {len(opened)}", tuple(service.id for service in opened))
        self.back = Button(theme, "Keep running", hint="Esc")
        self.back.clicked.connect(self.done)
        self.foot.addWidget(self.back)

    def first_field(self) -> QWidget:
        """The first service's button, which names the one drug that stands on the card."""
        return self.buttons[0]

    def _add(self, text: str, services: tuple[str, ...]) -> None:
        button = Button(self.theme, text, hint=str(len(self.buttons) + 1))
        button.clicked.connect(lambda: self._take(services, now=False))
        self.buttons.append(button)
        self._stops[button] = services
        self.body.addWidget(button)

    def _take(self, services: tuple[str, ...], *, now: bool) -> None:
        self.stopped.emit(services, now)

    def _enter(self, *, now: bool) -> None:
        """Press the focused button; with none, Enter stops nothing."""
        focused = self.focusWidget()
        if now and isinstance(focused, Button) and focused in self._stops:
            self._take(self._stops[focused], now=True)
        elif isinstance(focused, Button):
            focused.click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses a button and the arrows go through them; neither stops anything."""
        place = int(event.text()) - 1 if event.text() in "123456789" and event.text() else -1
        if 0 <= place < len(self.buttons):
            self.buttons[place].setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif not self.go_by_arrow(event):
            super().keyPressEvent(event)


def stop_or_ask(station: Station, session: Session, when: When) -> None:
    """Stop the only open service at this instant, or ask which of several."""
    opened = session.open_services
    if not opened and (stopped := last_stopped(session)):
        propose_stop(station, session, stopped, when)
        return
    if len(opened) <= 1:
        stop(station, session, tuple(service.id for service in opened) or ("",), when)
        return
    at = words.clock_s(when.at_us, session.zone)
    sheet = StopSheet(station.theme, session, when.at_us)
    sheet.say_stamped(at, keys=f"A number chooses. {TAKES}")
    sheet.stopped.connect(
        lambda services, now: _stop(station, session, sheet, services, station.stamp() if now else when)
    )
    station.sheets.open(sheet)


def stop(station: Station, session: Session, services: tuple[str, ...], when: When) -> bool:
    """Stop services at one instant, all or none; False when it was refused."""
    at = words.clock_s(when.at_us, session.zone)
    said = f"{names(session.services, services)} stopped at {at}"
    action = together(*(partial(stop_service, service=service) for service in services))
    return not isinstance(station.touch(session, said, action, when), Refusal)


def last_stopped(session: Session) -> Service | None:
    """Return the service that stopped last; None where nothing has stopped."""
    stopped = [s for s in session.services if s.state is ServiceState.STOPPED]
    return max(stopped, key=lambda service: service.last_moment_us or 0, default=None)


def propose_stop(station: Station, session: Session, service: Service, when: When) -> None:
    """Keep a second stop beside the first; one right behind it is the same touch made twice."""
    drug, first_us = words.drug_name(service.order), service.last_moment_us or 0
    if when.at_us - first_us < SAME_TOUCH_US:
        at = words.clock_s(first_us, session.zone)
        station.touches.refused.emit(f"{drug} has stopped already, at {at}")
        return
    at = words.clock_s(when.at_us, session.zone)
    said = f"{drug} had stopped already; {at} is kept as a later stop to settle"
    station.touch(session, said, partial(stop_service, service=service.id), when)


def _stop(
    station: Station, session: Session, sheet: StopSheet, services: tuple[str, ...], when: When
) -> None:
    if stop(station, session, services, when):
        sheet.done.emit()
