"""Fields with their names above them, and a row of choices of which one is taken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.labels import label

_SCANS = "takes-scans"


class Field(QWidget):
    """A named line of text."""

    def __init__(self, theme: Theme, name: str, value: str = "", *, hint: str = "") -> None:
        super().__init__()
        self.edit = QLineEdit(value)
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(hint)
        self.edit.setMinimumHeight(theme.px(40))
        self._caption = label(name, size=12, tone="soft")
        self._caption.setBuddy(self.edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(3))
        column.addWidget(self._caption)
        column.addWidget(self.edit)

    @property
    def text(self) -> str:
        """What stands in the field, without spaces around it."""
        return self.edit.text().strip()

    def rename(self, name: str) -> None:
        """Give the field another name."""
        self._caption.setText(name)
        self.edit.setAccessibleName(name)

    def set_text(self, text: str) -> None:
        """Write into the field."""
        self.edit.setText(text)


class Choice(QWidget):
    """A row of chips of which one is taken.

    Signals:
        chosen(str): another chip was taken; its key.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, options: Sequence[tuple[str, str]], taken: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._chips: dict[str, Button] = {}
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for key, words in options:
            chip = Button(theme, words, kind=Kind.CHIP)
            chip.setAccessibleName(f"{name}: {words}")
            group.addButton(chip)
            row.addWidget(chip, 1)
            chip.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            self._chips[key] = chip
        self.take(taken or options[0][0])

    @property
    def taken(self) -> str:
        """The key of the chip that is taken."""
        return next(key for key, chip in self._chips.items() if chip.isChecked())

    def take(self, key: str) -> None:
        """Take a chip by its key."""
        self._chips[key].setChecked(True)

    def chip(self, key: str) -> Button:
        """Return a chip by its key."""
        return self._chips[key]


def let_scans_in(edit: QLineEdit) -> None:
    """Let a scanner type into a field and end with Enter there."""
    edit.setProperty(_SCANS, True)  # noqa: FBT003 - Qt's own signature


def takes_scans(edit: QLineEdit) -> bool:
    """Return whether a field is meant for scans."""
    return bool(edit.property(_SCANS))
