"""The people on the settings page: who works here as what, and the emergencies."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.core.access import Person, Right
from desktop_app.core.ports import JournalError
from desktop_app.ui import words
from desktop_app.ui.sheets.emergencies import emergency_words
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.labels import heading, label

NOBODY_NAMED = (
    "Nobody is named: anybody on this computer's account can read the record, and everybody here may do "
    "everything."
)
NO_SECRETS = "People are taken at their word here: nobody has a passphrase."
MOST_EMERGENCIES = 5

# ruff: noqa: PLC0415 - the sheets are loaded with the first press


class PeopleCard(QFrame):
    """A card with a row for everybody whose secrets whoever is on may change."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self.setProperty("plate", "card")
        self.setMaximumWidth(station.theme.px(860))
        self.told = label("", wrap=True)
        self.rows: dict[str, Button] = {}
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(station.theme.px(6))
        self.add = Button(station.theme, "Name somebody…")
        self.recovery = Button(station.theme, "New recovery key…")
        self.emergencies = label("", size=12, tone="soft", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 18)
        column.setSpacing(14)
        column.addWidget(heading("People"))
        for part in (self.told, self._list, self.add, self.recovery, self.emergencies):
            column.addWidget(part)
        self.add.clicked.connect(self._add)
        self.recovery.clicked.connect(self._new_recovery_key)
        self.renew()

    @property
    def _may_all(self) -> bool:
        return Right.PEOPLE in self._station.desk.acting.rights

    def renew(self) -> None:
        """Show the people as they are now."""
        station = self._station
        people = station.desk.expected.people
        may_name = people.are_named or station.secrets.are_here
        self.add.setText("Name somebody…" if people.are_named else "Name the administrator…")
        self.add.setVisible(self._may_all and may_name)
        self._fill(tuple(people.persons.values()))
        sign_in = station.secrets() if people.are_named else None
        is_locked = sign_in is not None and sign_in.is_needed
        self.recovery.setVisible(self._may_all and is_locked)
        self.told.setText(self._words(people.are_named, is_locked=is_locked))
        self._tell_emergencies()

    def _words(self, are_named: bool, *, is_locked: bool) -> str:  # noqa: FBT001 - of the people above
        if not are_named:
            return NOBODY_NAMED
        count = words.count_words(len(self._station.desk.expected.people.persons), "person", "people")
        return f"{count} may work here." if is_locked else f"{count} may work here. {NO_SECRETS}"

    def _fill(self, persons: tuple[Person, ...]) -> None:
        before, own = self.rows, self._station.desk.acting.name
        seen = (person for person in persons if self._may_all or person.name == own)
        self.rows = {person.name: self._row(person) for person in seen}
        for name, row in before.items():
            # The keyboard goes on before its row goes: else it would land in whichever field is next.
            if row.hasFocus():
                self.rows.get(name, self.add).setFocus(Qt.FocusReason.OtherFocusReason)
            row.hide()
            self._rows.removeWidget(row)
            row.deleteLater()

    def _row(self, person: Person) -> Button:
        told = ", ".join(role.words for role in person.roles)
        row = Button(self._station.theme, f"{person.name} · {person.full_name} · {told}")
        row.setAccessibleName(f"{person.name}, {person.full_name}, {told}. Change")
        row.clicked.connect(lambda: self._ask_about(person.name))
        self._rows.addWidget(row)
        # At once, and not with the next drawing: only what is seen can have the keyboard.
        row.show()
        return row

    def _tell_emergencies(self) -> None:
        try:
            found = self._station.desk.access.emergencies() if self._may_all else ()
        except JournalError:
            found = ()
        zone = self._station.zone
        told = [emergency_words(one, zone) for one in reversed(found[-MOST_EMERGENCIES:])]
        self.emergencies.setText("\n".join(told))
        self.emergencies.setVisible(bool(told))

    def _add(self) -> None:
        if self._station.desk.expected.people.are_named:
            from desktop_app.ui.signin.person_sheet import ask_new_person

            self._shown_who(lambda: ask_new_person(self._station, self.renew))
        else:
            from desktop_app.ui.signin.first_person import ask_first_person

            ask_first_person(self._station, self.renew)

    def _ask_about(self, name: str) -> None:
        from desktop_app.ui.signin.person_sheet import ask_about_person

        may_all = self._may_all
        back = partial(self._back_at, name)
        self._shown_who(lambda: ask_about_person(self._station, name, back, may_all=may_all))

    def _back_at(self, name: str) -> None:
        self.renew()
        self.rows.get(name, self.add).setFocus(Qt.FocusReason.OtherFocusReason)

    def _new_recovery_key(self) -> None:
        from desktop_app.ui.signin.recovery import show_new_recovery_key

        def show() -> None:
            if why := show_new_recovery_key(self._station):
                self._station.touches.refused.emit(why)

        self._shown_who(show)

    def _shown_who(self, change: Callable[[], None]) -> None:
        from desktop_app.ui.signin.switch import ask_before_changing

        ask_before_changing(self._station, change)
