"""Stopping: one running service stops at once; of several, the sheet asks which, all of them first."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop_app.core.care import stop_service
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.desk import Action
from desktop_app.core.service import Service
from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme


class StopSheet(Sheet):
    """Asks which of the open services stopped."""

    def __init__(
        self, theme: Theme, title: str, under: str, services: tuple[Service, ...], now_us: int
    ) -> None:
        super().__init__(theme, title, under)
        self.boxes: dict[str, QCheckBox] = {}
        for service in services:
            ran = words.hms(service.elapsed_us(now_us))
            box = QCheckBox(f"{words.drug_words(service.order)} · {ran}")
            box.setChecked(True)
            box.setAccessibleName(f"Stop {service.order.drug}")
            self.boxes[service.id] = box
            self.body.addWidget(box)
        self.back, self.go = self.add_ways_on("Keep running", "Stop")

    def chosen(self) -> tuple[str, ...]:
        """Return the ids of the services that are ticked."""
        return tuple(service for service, box in self.boxes.items() if box.isChecked())

    def first_field(self) -> QWidget:
        """The first service; Space unticks it, Enter takes the sheet."""
        return next(iter(self.boxes.values()))


def stop_or_ask(station: Station, session: Session) -> None:
    """Stop the only open service at this instant, or ask which of several."""
    when = station.stamp()
    opened = session.open_services
    if len(opened) == 1:
        stop(station, session, (opened[0].id,), when)
        return
    if not opened:
        station.touch(session, "nothing to stop", stop_service_action(("",)), when)
        return
    at = words.clock_s(when.at_us, session.zone)
    under = f"Stamped {at}. Enter takes it, Shift+Enter takes the moment you press."
    sheet = StopSheet(station.theme, f"Chair {session.chair} · which stopped?", under, opened, when.at_us)
    sheet.confirmed.connect(lambda now: _confirmed(station, session, sheet, None if now else when))
    station.sheets.open(sheet)


def stop(station: Station, session: Session, services: tuple[str, ...], when: When) -> bool:
    """Stop services at an instant; False when it was refused."""
    names = ", ".join(service.order.drug for service in session.services if service.id in services)
    said = f"{names} stopped at {words.clock_s(when.at_us, session.zone)}"
    outcome = station.touch(session, said, stop_service_action(services), when)
    return not isinstance(outcome, Refusal)


def stop_service_action(services: tuple[str, ...]) -> Action:
    """Return the action that stops several services in one touch: all of them, or none."""

    def act(session: Session, when: When) -> Decision:
        decided = [stop_service(session, when, service=service) for service in services]
        refusal = next((decision for decision in decided if isinstance(decision, Refusal)), None)
        return refusal or tuple(e for decision in decided if isinstance(decision, tuple) for e in decision)

    return act


def _confirmed(station: Station, session: Session, sheet: StopSheet, when: When | None) -> None:
    chosen = sheet.chosen()
    if not chosen:
        sheet.show_problem("tick what stopped, or keep it all running")
    elif stop(station, session, chosen, when or station.stamp()):
        sheet.done.emit()
