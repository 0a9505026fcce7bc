"""A new passphrase, typed twice; how long it has to be is said before, and never what it was."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop_app.core.access import SHORTEST_PASSPHRASE
from desktop_app.ui.signin.entry import SecretField
from desktop_app.ui.signin.fitted import Fitted
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.labels import label

STRONG = "Ten characters or more, of any kind. Four words in a row are strong and easily kept in mind."
NONE = "The record is locked by a passphrase: type one twice."
UNLIKE = "The two are not the same. Type both again."
SHORT_TOO = f"The two are not the same, and shorter than {SHORTEST_PASSPHRASE} characters. Type both again."


class NewPassphrase(Fitted):
    """Two fields beside each other, and what makes a good one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.first = SecretField(theme, "New passphrase")
        self.second = SecretField(theme, "The same again")
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for field in (self.first, self.second):
            row.addWidget(field, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(row)
        column.addWidget(label(STRONG, size=12, tone="soft", wrap=True))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not (self.first.edit.text() or self.second.edit.text())

    def fault(self) -> str:
        """Return why it cannot be taken as far as the fields tell; both are empty then."""
        one, other = self.first.edit.text(), self.second.edit.text()
        if one == other:
            return "" if one else NONE
        self.forget()
        self.first.edit.setFocus()
        return SHORT_TOO if max(len(one), len(other)) < SHORTEST_PASSPHRASE else UNLIKE

    @property
    def typed(self) -> str:
        """What was typed."""
        return self.first.edit.text()

    def forget(self) -> None:
        """Empty both fields."""
        for field in (self.first, self.second):
            field.take()
