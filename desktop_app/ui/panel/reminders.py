"""What is due at a session, each seen by one press, and what is next with its time."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.reminders import Reminder
from desktop_app.core.service import ServiceState
from desktop_app.core.session import Session
from desktop_app.core.values import dataclass
from desktop_app.ui import words
from desktop_app.ui.panel.refill import refill
from desktop_app.ui.reminding import acknowledge, drug_of, spoken_words, what_words
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.labels import heading, label


@dataclass(frozen=True, slots=True)
class ListView:
    """What the list shows of one session."""

    session: str
    due: tuple[Reminder, ...] = ()
    coming: tuple[Reminder, ...] = ()
    paused: tuple[str, ...] = ()
    """The drugs that are paused, so that what they remind of waits."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.due or self.coming)


def list_view(station: Station, session: Session, now_us: int) -> ListView:
    """Return what the list shows at an instant."""
    paused = [s for s in session.open_services if s.state is ServiceState.PAUSED]
    return ListView(
        session=session.id,
        due=station.reminding.due(session, now_us),
        coming=station.reminding.coming(session, now_us),
        paused=tuple(words.drug_name(service.order) for service in paused),
    )


class ReminderList(QWidget):
    """The rows; made anew only when what they say has changed."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._view: ListView | None = None
        self.buttons: dict[Reminder, Button] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(station.theme.px(4))
        station.theme.changed.connect(self._forget)

    def show_session(self, session: Session | None, now_us: int) -> None:
        """Show what a session reminds of; nothing for a free chair."""
        view = list_view(self._station, session, now_us) if session else ListView("")
        if view == self._view:
            return
        self._view = view
        refill(self._column, [])
        self.buttons = {}
        self.setVisible(not view.is_empty)
        if session is not None and not view.is_empty:
            self._fill(session, view)

    def _fill(self, session: Session, view: ListView) -> None:
        self._column.addWidget(heading("Reminders"))
        for reminder in view.due:
            self._column.addWidget(self._due_row(session, reminder))
        for reminder in view.coming:
            self._column.addWidget(self._coming_row(session, reminder))
        if view.paused:
            text = f"{', '.join(view.paused)} is paused: its reminders wait."
            self._column.addWidget(label(text, size=12, tone="soft", wrap=True))

    def _due_row(self, session: Session, reminder: Reminder) -> QWidget:
        button = Button(self._station.theme, "Seen", kind=Kind.LINK, icon="check")
        button.setAccessibleName(f"Seen: {spoken_words(session, reminder)}")
        button.clicked.connect(lambda: acknowledge(self._station, session, reminder, self._station.stamp()))
        self.buttons[reminder] = button
        row, line = QWidget(), QHBoxLayout()
        row.setLayout(line)
        line.setContentsMargins(0, 0, 0, 0)
        at = words.clock(reminder.due_us, session.zone)
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(label(what_words(reminder), tone="due", heavy=True, wrap=True))
        told.addWidget(label(f"{drug_of(session, reminder)} · due {at}", size=12, tone="soft", wrap=True))
        line.addLayout(told, 1)
        line.addWidget(button)
        return row

    def _coming_row(self, session: Session, reminder: Reminder) -> QWidget:
        row, line = QWidget(), QHBoxLayout()
        row.setLayout(line)
        line.setContentsMargins(0, self._station.theme.px(3), 0, self._station.theme.px(3))
        line.addWidget(label(what_words(reminder), size=12))
        line.addWidget(label(drug_of(session, reminder), size=12, tone="soft", wrap=True), 1)
        line.addWidget(label(words.clock(reminder.due_us, session.zone), size=12))
        return row

    def _forget(self) -> None:
        self._view = None
