"""Fields that say themselves what is wrong with what was typed, right under it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.people import Sex
from desktop_app.ui import words
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.fields import Choice, Field, mark_wrong
from desktop_app.ui.widgets.labels import caption, label

Check = Callable[[str], str]
"""Says in part of a sentence what is wrong with a text; nothing where it can be taken."""
SEXES = (("", "Not said"), (Sex.FEMALE, "Female"), (Sex.MALE, "Male"), (Sex.UNKNOWN, "Unknown"))


def right(_text: str) -> str:
    """Find nothing wrong."""
    return ""


class CheckedField(Field):
    """A named line of text with its fault under it: said once it was left, gone once it is right.

    One that is ``whole`` with so many characters is judged with the last of them.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        value: str = "",
        *,
        check: Check = right,
        hint: str = "",
        whole: int = 0,
    ) -> None:
        super().__init__(theme, name, value, hint=hint)
        self._check = check
        self._whole = whole
        self.fault = label("", size=12, tone="alert", wrap=True)
        self.fault.hide()
        column = self.layout()
        if column is not None:
            column.addWidget(self.fault)
        self.edit.editingFinished.connect(self.verify)
        self.edit.textChanged.connect(lambda _: self._look_again())

    def verify(self) -> str:
        """Say what is wrong under the field, and return it."""
        fault = self._check(self.text) if self.text else ""
        self.say(fault)
        return fault

    def say(self, fault: str) -> None:
        """Say something under the field, or nothing."""
        said = words.sentence(fault) if fault else ""
        if said != self.fault.text():
            self.fault.setText(said)
            mark_wrong(self.edit, said)
        self.fault.setVisible(bool(said))

    def _look_again(self) -> None:
        """Take back what was said as soon as it is right; a check digit is judged with the last one."""
        is_whole = bool(self._whole) and len(self.text) >= self._whole
        is_right = not self.text or not self._check(self.text)
        if is_whole or (is_right and not self.fault.isHidden()):
            self.verify()


class NamedChoice(QWidget):
    """A row of chips with its name above it, as a field has it."""

    def __init__(self, theme: Theme, name: str, options: Sequence[tuple[str, str]], taken: str = "") -> None:
        super().__init__()
        self.choice = Choice(theme, name, options, taken)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(3))
        column.addWidget(caption(name))
        column.addWidget(self.choice)
        column.addStretch()

    @property
    def taken(self) -> str:
        """The key of the chip that is taken."""
        return self.choice.taken
