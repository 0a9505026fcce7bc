"""The way back in: the one place that decides who may unlock.

Until there are people and keys it is one press. A PIN or a badge will be asked for here: whoever
stands before the lock screen meets this widget and no other, and it alone says ``opened``.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button, Kind


class Door(QWidget):
    """Asks for what opens it.

    Signals:
        opened: whoever is there may go on.
    """

    opened = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.button = Button(theme, "Unlock", kind=Kind.PRIMARY, icon="lock", hint="Enter")
        self.button.setMinimumWidth(theme.px(280))
        self.button.clicked.connect(self.knock)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch()
        row.addWidget(self.button)
        row.addStretch()

    def first_field(self) -> QWidget:
        """The control that has the keyboard when the screen is locked."""
        return self.button

    def knock(self) -> None:
        """Ask to be let in with what was given: for now that is enough."""
        self.opened.emit()
