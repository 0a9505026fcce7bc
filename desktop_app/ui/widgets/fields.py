"""Fields with their names above them, and a row of choices of which one is taken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import HEIGHT, Button, Kind
from desktop_app.ui.widgets.labels import label

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_BY_TAB = frozenset({Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason})
_SCANS = "takes-scans"
_SCANNED = "scanned"
_NO_LETTERS = "takes-no-letters"


class Field(QWidget):
    """A named line of text."""

    def __init__(self, theme: Theme, name: str, value: str = "", *, hint: str = "") -> None:
        super().__init__()
        self.edit = QLineEdit(value)
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(hint)
        self.edit.setMinimumHeight(theme.target(40))
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
    """A row of chips of which one is taken: by a click, by Space, or by going to it with the arrows.

    An ``unset`` row begins with none taken, so that nothing is said that nobody chose. Many chips
    stand in rows of ``in_row``.

    Signals:
        chosen(str): another chip was taken; its key.
    """

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        options: Sequence[tuple[str, str]],
        taken: str = "",
        *,
        unset: bool = False,
        in_row: int = 0,
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._chips: dict[str, Button] = {}
        self._group = QButtonGroup(self)
        rows = QGridLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(8))
        for at, (key, words) in enumerate(options):
            chip = Button(theme, words, kind=Kind.CHIP)
            chip.setAccessibleName(f"{name}: {words}")
            # Where a page is taller than its place, its rows get no more than they cannot do without.
            chip.setMinimumHeight(HEIGHT)
            self._group.addButton(chip)
            rows.addWidget(chip, *divmod(at, in_row or len(options)))
            rows.setColumnStretch(at % (in_row or len(options)), 1)
            chip.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            chip.installEventFilter(self)
            self._chips[key] = chip
        if not unset:
            self.take(taken or options[0][0])

    @property
    def taken(self) -> str:
        """The key of the chip that is taken; empty while none is."""
        return next((key for key, chip in self._chips.items() if chip.isChecked()), "")

    def take(self, key: str) -> None:
        """Take a chip by its key."""
        self._chips[key].setChecked(True)

    def clear(self) -> None:
        """Let no chip be taken."""
        self._group.setExclusive(False)
        for chip in self._chips.values():
            chip.setChecked(False)
        self._group.setExclusive(True)

    @property
    def chips(self) -> tuple[Button, ...]:
        """Every chip, in its order."""
        return tuple(self._chips.values())

    @property
    def keys(self) -> tuple[str, ...]:
        """The key of every chip, in their order."""
        return tuple(self._chips)

    def chip(self, key: str) -> Button:
        """Return a chip by its key."""
        return self._chips[key]

    def _step(self, chip: QObject, by: int) -> None:
        chips = list(self._chips.values())
        following = chips[(chips.index(chip) + by) % len(chips)] if isinstance(chip, Button) else chips[0]
        following.click()
        if following.isVisible():
            following.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_taken(self, chip: QObject, event: QFocusEvent) -> None:
        """Come to the chip that is taken, whichever of the row Tab has led to."""
        taken = self._chips.get(self.taken)
        if event.reason() in _BY_TAB and taken is not None and taken is not chip:
            taken.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows go to the next chip and take it."""
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusIn:
            self._go_to_taken(watched, event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self._step(watched, step)
                return True
        return super().eventFilter(watched, event)


def mark_wrong(edit: QLineEdit, why: str) -> None:
    """Draw a field as wrong and let it say why to who cannot see that; with no reason, as right again."""
    edit.setAccessibleDescription(why)
    edit.setProperty("wrong", bool(why))
    edit.style().unpolish(edit)
    edit.style().polish(edit)


def let_scans_in(edit: QLineEdit) -> None:
    """Let a scanner type into a field and end with Enter there."""
    edit.setProperty(_SCANS, True)  # noqa: FBT003 - Qt's own signature


def leave_letters(edit: QLineEdit) -> None:
    """Let a letter typed into a field be its sheet's: no time has letters in it."""
    edit.setProperty(_NO_LETTERS, True)  # noqa: FBT003 - Qt's own signature


def leaves_letters(edit: QLineEdit) -> bool:
    """Return whether a letter is not for a field but for its sheet."""
    return bool(edit.property(_NO_LETTERS))


def keep_scan(edit: QLineEdit, text: str) -> None:
    """Keep a whole scan beside a field: the field cannot show the separators in it."""
    edit.setProperty(_SCANNED, text)


def take_scanned(edit: QLineEdit) -> str:
    """Return the scan that was last typed into a field, once; empty where none was since."""
    text = edit.property(_SCANNED)
    edit.setProperty(_SCANNED, "")
    return text if isinstance(text, str) else ""


def takes_scans(edit: QLineEdit) -> bool:
    """Return whether a field is meant for scans."""
    return bool(edit.property(_SCANS))
