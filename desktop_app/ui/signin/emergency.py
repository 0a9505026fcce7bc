"""Emergency access: a name and a reason let somebody work as a nurse who is none here; it is on record."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop_app.ui.signin.fitted import Fitted
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.fields import Field
from desktop_app.ui.widgets.labels import label

ABOUT = (
    "For when nobody who may can sign in and a patient needs care. You work as a nurse up to the next lock "
    "or sign-in. Your name and reason are on record, and the administrator looks at each."
)


class EmergencyForm(Fitted):
    """Asks for name and reason.

    Signals:
        wanted(str, str): the name and the reason, as they were typed.
        back: no emergency after all.
    """

    wanted = Signal(str, str)
    back = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.name = Field(theme, "Your name")
        self.reason = Field(theme, "Why")
        self.problem = label("", size=12, tone="alert", wrap=True)
        self.problem.hide()
        self.go = Button(theme, "Open emergency access", kind=Kind.PRIMARY)
        self.leave = Button(theme, "Back")
        self.go.clicked.connect(self.knock)
        self.leave.clicked.connect(self.back)
        ways = QHBoxLayout()
        ways.setSpacing(theme.px(8))
        ways.addWidget(self.leave, 1)
        ways.addWidget(self.go, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        for part in (label(ABOUT, size=12, tone="soft", wrap=True), self.name, self.reason, self.problem):
            column.addWidget(part)
        column.addLayout(ways)

    def knock(self) -> None:
        """Ask for it with what was typed; from the name on to the reason, where that is not typed yet."""
        if self.name.text and not self.reason.text and self.name.edit.hasFocus():
            self.reason.edit.setFocus()
            return
        self.wanted.emit(self.name.text, self.reason.text)

    def say(self, text: str) -> None:
        """Say why it is not opened, and go to what is missing."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        (self.reason if self.name.text else self.name).edit.setFocus()
