"""A sheet: title, what is stamped, fields, and at most two ways on. Enter takes it, Esc keeps nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.core.access import Right
from desktop_app.core.decisions import When
from desktop_app.ui import words
from desktop_app.ui.sheets.plate import LINES, PAGES, Plate
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.fields import mark_wrong
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.reading_order import tab_stops

WIDTH = 440
WIDE = 560
"""The width of a sheet that asks for a time or for several things beside each other."""
TAKES = "Enter takes it, Shift+Enter the moment you press, Esc keeps nothing."
TYPED = "Esc once more drops what was typed here."
MUCH = 3
"""So many fields that were filled in are not dropped by a single key."""
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_ARROWS = {Qt.Key.Key_Down: True, Qt.Key.Key_Right: True, Qt.Key.Key_Up: False, Qt.Key.Key_Left: False}


class Sheet(Plate):
    """One form over the window.

    Signals:
        confirmed(bool): take it; True asks for the instant of confirming.
        done: the sheet may go.
    """

    needs: Right | None = None
    """What whoever fills it in must be allowed to do; none where it only shows something."""
    confirmed = Signal(bool)
    done = Signal()
    goes_with_lock = False
    """Whether a lock closes it, for whoever opened it too: what it asked is to be asked anew."""
    is_for_one = False
    """Whether only who opened it sees it: their look at it is on record, or their proof opened it."""

    def __init__(self, theme: Theme, title: str, under: str = "", *, width: int = WIDTH) -> None:
        super().__init__(theme, title, width)
        self._writing: QLineEdit | None = None
        self._opened_with: dict[QLineEdit, str] | None = None
        self._lettered: Mapping[Button, str] = {}
        self._title = label(title, size=16, heavy=True, wrap=True)
        self._line = QWidget()
        self._stamped_at = label("", size=12, heavy=True)
        self._under = label(under, size=12, tone="soft", wrap=True)
        self._key_words = label("", size=12, tone="soft", wrap=True)
        self._problem = label("", size=12, tone="alert", wrap=True)
        self._wrong: QWidget | None = None
        self._lay_out_parts()

    def _lay_out_parts(self) -> None:
        px = self.theme.px
        line = QHBoxLayout(self._line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(6))
        line.addWidget(self._stamped_at, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._under, 1)
        head = QVBoxLayout()
        head.setSpacing(px(2))
        for part in (self._title, self._line, self._key_words):
            head.addWidget(part)
        self.body.addLayout(head)
        self.foot.addWidget(self._problem)
        for part in (self._stamped_at, self._key_words, self._problem):
            part.hide()
        self._line.setVisible(bool(self._under.text()))

    def say_under(self, text: str) -> None:
        """Say something else under the title."""
        self._under.setText(text)
        self._line.setVisible(bool(text))

    def say_stamped(self, at: str, note: str = "", *, keys: str = TAKES) -> None:
        """Say which instant is stamped already, what else is to be known, and what the keys do with it."""
        self._stamped_at.setText(f"Stamped {at}")
        self._stamped_at.show()
        self._under.setText(f"· {note}" if note else "")
        self._line.show()
        self._key_words.setText(keys)
        self._key_words.setVisible(bool(keys))

    def say_unstamped(self, text: str) -> None:
        """Say that no instant is stamped, also where one was."""
        self._stamped_at.clear()
        for part in (self._stamped_at, self._key_words):
            part.hide()
        self.say_under(text)

    @property
    def stamped(self) -> str:
        """What the sheet says is stamped; empty where nothing is."""
        return self._stamped_at.text()

    def show_problem(self, text: str) -> None:
        """Say in place why it cannot be taken, and mark the field it is about; nothing was stored."""
        said = words.sentence(text) if text else ""
        self._problem.setText(said)
        self._problem.setVisible(bool(said))
        if isinstance(self._wrong, QLineEdit):
            mark_wrong(self._wrong, "")
        self._wrong = self.faulty() if said else None
        if isinstance(self._wrong, QLineEdit):
            mark_wrong(self._wrong, said)

    @property
    def problem(self) -> str:
        """What the sheet says is wrong; empty when nothing is."""
        return self._problem.text()

    def faulty(self) -> QWidget | None:
        """Return the control that what is wrong is about; none where it is about none of the sheet."""
        return None

    def add_row(self, *parts: QWidget | QLayout, spacing: int = 8) -> QHBoxLayout:
        """Add parts beside each other, of equal width."""
        row = self._row(parts, spacing)
        self.body.addLayout(row)
        return row

    def add_last_row(self, *parts: QWidget) -> None:
        """Add ways on beside each other, where they are always seen."""
        self.foot.addLayout(self._row(parts, 8))

    def add_ways_on(self, back: str, on: str, *, hint: str = "Enter") -> tuple[Button, Button]:
        """Add the last row: the way back, and the way on that Enter takes."""
        backwards = Button(self.theme, back, hint="Esc")
        forwards = Button(self.theme, on, kind=Kind.PRIMARY, hint=hint)
        backwards.clicked.connect(self.done)
        forwards.clicked.connect(lambda: self.go_on(now=False))
        self.add_last_row(backwards, forwards)
        return backwards, forwards

    def add_close(self, leave: Callable[[], None] | None = None, *, beside: QWidget | None = None) -> Button:
        """Add the one way out of a sheet that keeps each change at once; Enter takes it too.

        ``leave`` may ask first.
        """
        leave = leave or self.done.emit
        close = Button(self.theme, "Close", kind=Kind.PRIMARY, hint="Esc")
        close.clicked.connect(lambda _=False: leave())
        self.confirmed.connect(lambda _: leave())
        self.add_last_row(*((beside, close) if beside is not None else (close,)))
        return close

    def _row(self, parts: tuple[QWidget | QLayout, ...], spacing: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(spacing))
        for part in parts:
            if isinstance(part, QWidget):
                row.addWidget(part, 1)
            else:
                row.addLayout(part, 1)
        return row

    def go_on(self, *, now: bool) -> None:
        """Do what Enter and the way on do: take the sheet, where it has nothing to ask before."""
        self.confirm(now=now)

    def confirm(self, *, now: bool) -> None:
        """Take what the sheet says; ``now`` asks for the instant of confirming."""
        self.confirmed.emit(now)
        if self._wrong is not None:
            self._wrong.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(self._wrong, QLineEdit):
            self._wrong.selectAll()

    def take_scan(self, _text: str) -> bool:
        """Take a scan that no field took; False where it means nothing to this sheet."""
        return False

    def remembered(self) -> Callable[[], None] | None:
        """Return what puts back the sheet where typing changes more than a field; else None."""
        return None

    def take_other_way(self) -> None:
        """Go the other way on, where a sheet has one for Ctrl+Enter; else what Enter takes."""
        self._enter(now=False)

    def first_field(self) -> QWidget | None:
        """The control that has the focus when the sheet opens; none where the sheet is only read."""
        return None

    def take_letter(self, letter: str, when: When) -> bool:  # noqa: ARG002 - for sheets that have some
        """Do what a letter stands for in this sheet, at the instant of its key; False when it has none."""
        return False

    def take_words(self, typed: str) -> bool:
        """Begin the words of this sheet's field with what is no letter of it; False where it has none.

        Not from another field: there the words were meant for that one.
        """
        if self._writing is None or isinstance(self.focusWidget(), QLineEdit):
            return False
        self._writing.setFocus(Qt.FocusReason.OtherFocusReason)
        self._writing.deselect()
        self._writing.end(False)  # noqa: FBT003 - Qt's own signature
        self._writing.insert(typed)
        return True

    def show_keys_outside(self, edit: QLineEdit, keys: Mapping[Button, str]) -> None:
        """Show the letters of buttons only while a field does not have the keyboard: there they are text."""
        self._writing, self._lettered = edit, keys
        edit.installEventFilter(self)

    def go_by_arrow(self, event: QKeyEvent) -> bool:
        """Go to the next control with an arrow, or to the one before; False for any other key."""
        forward = _ARROWS.get(Qt.Key(event.key()))
        if forward is not None:
            self.focusNextPrevChild(forward)
        return forward is not None

    def tab_stops(self) -> list[QWidget]:
        """Return where Tab goes: what is asked, then the ways on; behind fields the one that keeps them."""
        asked, ways = tab_stops(self._asked), tab_stops(self._ways)
        return [*asked, *(ways if self.first_field() in ways else sorted(ways, key=_is_way_back))]

    def _enter(self, *, now: bool) -> None:
        """Press the focused button; from a field or a chip, take the sheet."""
        focused = self.focusWidget()
        if isinstance(focused, Button) and not focused.isCheckable() and not now:
            focused.click()
        else:
            self.go_on(now=now)

    def _leave(self) -> None:
        """Keep nothing; where much was typed, only at the second Esc: nothing brings it back."""
        before = self._opened_with or {}
        typed = [edit for edit, text in self._texts().items() if text and text != before.get(edit, "")]
        if len(typed) >= MUCH and self.problem != TYPED:
            self.show_problem(TYPED)
        else:
            self.done.emit()

    def _texts(self) -> dict[QLineEdit, str]:
        return {edit: edit.text() for edit in self._asked.findChildren(QLineEdit)}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes it, Shift+Enter takes it with this instant, Esc keeps nothing; what is read scrolls."""
        key = Qt.Key(event.key())
        if key in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.take_other_way()
        elif key in _ENTER:
            self._enter(now=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key == Qt.Key.Key_Escape:
            self._leave()
        elif key in PAGES or (key in LINES and self.hasFocus()):
            self.scroll_by(key)
        event.accept()

    def showEvent(self, event: QShowEvent) -> None:
        """Remember what stood in the fields when it was opened."""
        super().showEvent(event)
        if self._opened_with is None:
            self._opened_with = self._texts()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the keyboard into the field that takes letters as text, and out of it."""
        if watched is self._writing and event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            for button, key in self._lettered.items():
                button.show_hint("" if event.type() == QEvent.Type.FocusIn else key.upper())
        return super().eventFilter(watched, event)


def _is_way_back(way: QWidget) -> bool:
    return not (isinstance(way, Button) and way.is_primary)
