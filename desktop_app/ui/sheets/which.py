"""Which of several services a touch is about: a tick box for each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.orders import Route
from desktop_app.core.service import Service
from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.fields import Choice
from desktop_app.ui.widgets.tick import Tick


class Which(QWidget):
    """Tick boxes for services; nothing to see when there is only one."""

    def __init__(
        self, theme: Theme, services: Sequence[Service], verb: str, now_us: int, *, ticked: Sequence[str]
    ) -> None:
        super().__init__()
        self.boxes: dict[str, Tick] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for service in services:
            box = Tick(theme, f"{words.drug_words(service.order)} · {words.hms(service.elapsed_us(now_us))}")
            box.setChecked(service.id in ticked)
            box.setAccessibleName(f"{verb} {words.drug_name(service.order)}")
            self.boxes[service.id] = box
            column.addWidget(box)
        if len(services) <= 1:
            self.hide()

    def chosen(self) -> tuple[str, ...]:
        """Return the ids of the services that are ticked."""
        return tuple(service for service, box in self.boxes.items() if box.isChecked())


class OneOf(Choice):
    """Which one of several services a touch is about: a chip each; nothing to see when there is only one."""

    def __init__(self, theme: Theme, session: Session, services: Sequence[Service], taken: str) -> None:
        options = [(service.id, called(service, session)) for service in services]
        super().__init__(theme, "Which", options, taken)
        if len(services) <= 1:
            self.hide()


def infusions(session: Session) -> tuple[Service, ...]:
    """Return the open services that have a rate and a bag: all but the watch over a patient."""
    return tuple(s for s in session.open_services if s.order.route is not Route.OBSERVATION)


def called(service: Service, session: Session) -> str:
    """Return a drug's name, with its start where another that is open is called the same."""
    name = words.drug_name(service.order)
    alike = sum(words.drug_name(other.order) == name for other in session.open_services)
    if alike == 1 or service.start is None:
        return name
    return f"{name}, started {words.clock_s(service.start.at_us, session.zone)}"


def names(services: Sequence[Service], chosen: Sequence[str]) -> str:
    """Write the drugs of the chosen services."""
    return ", ".join(words.drug_name(service.order) for service in services if service.id in chosen)
