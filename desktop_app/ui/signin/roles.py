"""The roles of a person, to be ticked; one person may have several."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.core.access import Role
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.labels import caption
from desktop_app.ui.widgets.tick import Tick

IN_ROW = 2
WORDS = {
    Role.NURSE: "Nurse: all at the chair, signs",
    Role.CHARGE_NURSE: "Charge nurse: also days, holds, protocols",
    Role.BILLER: "Biller: payers, signs, sends",
    Role.ADMINISTRATOR: "Administrator: people, settings",
}


class Roles(QWidget):
    """A box to tick for each role."""

    def __init__(self, theme: Theme, taken: Collection[Role]) -> None:
        super().__init__()
        self._ticks = {role: Tick(theme, words) for role, words in WORDS.items()}
        rows = QGridLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(4))
        rows.addWidget(caption("What they do here"), 0, 0, 1, IN_ROW)
        for at, (role, tick) in enumerate(self._ticks.items(), start=IN_ROW):
            tick.setChecked(role in taken)
            rows.addWidget(tick, *divmod(at, IN_ROW))

    def tick(self, role: Role) -> Tick:
        """Return the box of a role."""
        return self._ticks[role]

    @property
    def taken(self) -> tuple[Role, ...]:
        """The roles that are ticked."""
        return tuple(role for role, tick in self._ticks.items() if tick.isChecked())
