"""The way back in: the one place that decides who may unlock.

Where nobody is named it is one press. Where people are, it asks who is there, and for a PIN, a passphrase
or a badge where they have one. Whoever stands before the lock screen meets this widget and no other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.access import Secret
from desktop_app.core.decisions import Refusal
from desktop_app.core.guard import sentence
from desktop_app.ui.signin.fitted import Fitted
from desktop_app.ui.station import Station
from desktop_app.ui.touches import Touch
from desktop_app.ui.widgets.button import Button, Kind

if TYPE_CHECKING:
    from desktop_app.ui.signin.emergency import EmergencyForm
    from desktop_app.ui.signin.entry import Entry
    from desktop_app.ui.signin.recovered import RecoveredForm

WIDTH = 520
ANYBODY = ""


class Door(QWidget):
    """Asks for what opens it.

    Signals:
        opened(str, str): whoever is there may go on; their short name and what they showed, both empty
            where nobody is named, or where an emergency access is open.
    """

    opened = Signal(str, str)

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        theme = station.theme
        self.entry: Entry | None = None
        self.emergency: EmergencyForm | None = None
        self.recovered: RecoveredForm | None = None
        self.button = Button(theme, "Unlock", kind=Kind.PRIMARY, icon="lock", hint="Enter")
        self.button.setMinimumWidth(theme.px(280))
        self.button.clicked.connect(self.knock)
        self.help_button = Button(theme, "Emergency access…", kind=Kind.LINK)
        self.help_button.clicked.connect(self._ask_emergency)
        self._asked = Fitted()
        self._asked.setFixedWidth(theme.px(WIDTH))
        self._place = QVBoxLayout(self._asked)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._ways = QWidget()
        ways = QHBoxLayout(self._ways)
        ways.setContentsMargins(0, 0, 0, 0)
        ways.addStretch()
        ways.addWidget(self.button)
        ways.addWidget(self.help_button)
        ways.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self._asked, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._ways)
        self.prepare()

    def prepare(self, on: str = "") -> None:
        """Ask anew, as people and their secrets are now; ``on`` is who was here before the lock."""
        self._clear()
        people = self._station.desk.expected.people
        self._asked.setVisible(people.are_named)
        self.help_button.setVisible(people.are_named)
        self._ways.show()
        if people.are_named and self._station.secrets.opened_with == Secret.RECOVERY_KEY:
            self._ask_new_passphrase(people.names)
        elif people.are_named:
            self._ask_who(people.names, on)

    def first_field(self) -> QWidget:
        """The control that has the keyboard when the screen is locked."""
        if self.recovered is not None:
            return self.recovered.who.first_field()
        return self.entry.first_field() if self.entry is not None else self.button

    def knock(self) -> None:
        """Ask to be let in with what was given."""
        if self.recovered is not None:
            self.recovered.knock()
        elif self.emergency is not None:
            self.emergency.knock()
        elif self.entry is not None:
            self.entry.knock()
        else:
            self.opened.emit(ANYBODY, ANYBODY)

    def _ask_who(self, names: tuple[str, ...], on: str) -> None:
        from desktop_app.ui.signin.entry import Entry  # noqa: PLC0415 - most folders name nobody

        self.entry = entry = Entry(self._station.theme, names, self._station.secrets(), on)
        entry.let_in.connect(self.opened)
        entry.turned_away.connect(self._tell_turned_away)
        self._place.addWidget(entry)
        entry.show()

    def _ask_new_passphrase(self, names: tuple[str, ...]) -> None:
        from desktop_app.ui.signin.recovered import RecoveredForm  # noqa: PLC0415 - it is hardly ever wanted

        self.recovered = form = RecoveredForm(self._station, names)
        form.let_in.connect(self.opened)
        self._place.addWidget(form)
        form.show()

    def _ask_emergency(self) -> None:
        from desktop_app.ui.signin.emergency import EmergencyForm  # noqa: PLC0415 - it is hardly ever wanted

        self._clear()
        self._ways.hide()
        self.emergency = form = EmergencyForm(self._station.theme)
        form.wanted.connect(self._open_emergency)
        form.back.connect(self._back)
        self._place.addWidget(form)
        form.show()
        form.name.edit.setFocus()

    def _back(self) -> None:
        self.prepare()
        self.first_field().setFocus()

    def _open_emergency(self, name: str, reason: str) -> None:
        desk = self._station.desk
        told = Touch(
            "Emergency access opened",
            lambda: desk.access.open_emergency(name, reason),
            can_undo=False,
            is_look=True,
        )
        outcome = self._station.touches.send(told)
        if isinstance(outcome, Refusal) and self.emergency is not None:
            self.emergency.say(sentence(outcome))
        else:
            self.opened.emit(ANYBODY, ANYBODY)

    def _tell_turned_away(self, name: str, by: str) -> None:
        from desktop_app.ui.lock.attendance import tell_turned_away  # noqa: PLC0415 - as above

        tell_turned_away(self._station, name, by)

    def _clear(self) -> None:
        for part in (self.entry, self.emergency, self.recovered):
            if part is not None:
                part.hide()
                self._place.removeWidget(part)
                part.deleteLater()
        self.entry = self.emergency = self.recovered = None
