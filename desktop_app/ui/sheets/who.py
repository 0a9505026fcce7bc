"""Who works here: one touch on initials that were here lately, or others typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.core.ports import JournalError
from desktop_app.ui.people import ON, come_on, recent
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.fields import Field

IN_ROW = 3


class WhoSheet(Sheet):
    """Shows who is on, and asks who is from now on.

    Signals:
        chosen(str): the initials of whoever is on now.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, on: str, lately: Sequence[str]) -> None:
        under = f"{on} is on: each touch is kept with these initials. Whoever you choose is on from now on."
        super().__init__(theme, "Who works here?", under)
        self.people: dict[str, Button] = {}
        rows = QGridLayout()
        rows.setSpacing(theme.px(8))
        for at, name in enumerate(lately):
            self.people[name] = button = Button(theme, name)
            button.setAccessibleName(f"{name} works here now")
            button.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
            rows.addWidget(button, *divmod(at, IN_ROW))
        self.body.addLayout(rows)
        self.other = Field(theme, "Other initials")
        self.body.addWidget(self.other)
        self.back, self.go = self.add_ways_on(f"{on} stays", "Works here now")
        self.confirmed.connect(lambda _: self.chosen.emit(self.other.text))
        self.other.edit.textChanged.connect(lambda _: self.show_problem(""))

    def first_field(self) -> QWidget:
        """The initials; those of late are one touch away."""
        return self.other.edit


def ask_who(station: Station, changed: Callable[[], None]) -> None:
    """Ask who works here from now on."""
    settings = station.settings
    sheet = WhoSheet(station.theme, settings.get(ON), recent(settings))

    def take(name: str) -> None:
        try:
            come_on(settings, name)
        except (ValueError, JournalError) as error:
            sheet.show_problem(str(error))
            return
        sheet.done.emit()
        changed()

    sheet.chosen.connect(take)
    station.sheets.open(sheet)
