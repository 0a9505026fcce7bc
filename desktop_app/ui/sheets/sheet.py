"""A sheet: title, what is stamped, fields, and at most two ways on. Enter takes it, Esc keeps nothing.

What is asked scrolls where the window is low; the ways on, and what is wrong, stand under it and
are always seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.core.decisions import When
from desktop_app.ui import words
from desktop_app.ui.theme import RADIUS_CARD, Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.fields import mark_wrong
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.reading_order import tab_stops
from desktop_app.ui.widgets.scroll import Scroll

WIDTH = 440
WIDE = 560
"""The width of a sheet that asks for a time or for several things beside each other."""
TAKES = "Enter takes it, Shift+Enter the moment you press, Esc keeps nothing."
MARGIN = 20
GAP = 10
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_LINES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ARROWS = {Qt.Key.Key_Down: True, Qt.Key.Key_Right: True, Qt.Key.Key_Up: False, Qt.Key.Key_Left: False}


class Inside(Scroll):
    """The part of a sheet that scrolls; its keys are the sheet's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave every key to the sheet."""
        event.ignore()


class Sheet(QFrame):
    """One form over the window.

    Signals:
        confirmed(bool): take it; True asks for the instant of confirming.
        done: the sheet may go.
    """

    confirmed = Signal(bool)
    done = Signal()

    def __init__(self, theme: Theme, title: str, under: str = "", *, width: int = WIDTH) -> None:
        super().__init__()
        self.theme = theme
        self._writing: QLineEdit | None = None
        self._lettered: Mapping[Button, str] = {}
        self.wanted_width = theme.px(width)
        self.setFixedWidth(self.wanted_width)
        self.setAccessibleName(title)
        self.body, self.foot = QVBoxLayout(), QVBoxLayout()
        self._asked = _part(self.body)
        self._ways = _part(self.foot)
        self.inside = Inside(title, self._asked)
        # A scroll area wishes for room for its bar; here a short sheet has none to give.
        self.inside.setMinimumHeight(1)
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
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.inside, 1)
        outer.addWidget(self._ways)
        self.body.setContentsMargins(px(MARGIN), px(MARGIN), px(MARGIN), px(GAP))
        self.foot.setContentsMargins(px(MARGIN), 0, px(MARGIN), px(MARGIN))
        for layout in (self.body, self.foot):
            layout.setSpacing(px(GAP))
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
        forwards.clicked.connect(lambda: self.confirm(now=False))
        self.add_last_row(backwards, forwards)
        return backwards, forwards

    def add_close(self, *, beside: QWidget | None = None) -> Button:
        """Add the one way out of a sheet that keeps each change at once; Enter takes it too."""
        close = Button(self.theme, "Close", kind=Kind.PRIMARY, hint="Esc")
        close.clicked.connect(self.done)
        self.confirmed.connect(lambda _: self.done.emit())
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

    def last_buttons(self) -> list[Button]:
        """Return the buttons that stand under what is asked, and are always seen."""
        return self._ways.findChildren(Button)

    def tab_stops(self) -> list[QWidget]:
        """Return where Tab goes, in reading order: what is asked, then the ways on."""
        return [*tab_stops(self._asked), *tab_stops(self._ways)]

    def parts(self) -> tuple[QWidget, ...]:
        """Return the parts whose wishes decide how high the sheet is."""
        return self, self._asked, self._ways

    def fit(self, width: int, height: int) -> None:
        """Be as wide as wanted and as high as the words need, at most as large as there is room."""
        width = min(self.wanted_width, width)
        self.setFixedWidth(width)
        needed = sum(_height(layout, width) for layout in (self.body, self.foot))
        self._give_bar(is_needed=needed > height)
        self.resize(width, min(needed, height))

    def _give_bar(self, *, is_needed: bool) -> None:
        """Let the bar stand in the margin, or not be, so that no word wraps otherwise because of it."""
        on, off = Qt.ScrollBarPolicy.ScrollBarAlwaysOn, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.inside.setVerticalScrollBarPolicy(on if is_needed else off)
        bar = self.inside.verticalScrollBar().sizeHint().width() if is_needed else 0
        margins = self.body.contentsMargins()
        margins.setRight(self.theme.px(MARGIN) - bar)
        self.body.setContentsMargins(margins)
        below = self.foot.contentsMargins()
        below.setTop(self.theme.px(GAP) if is_needed else 0)
        self.foot.setContentsMargins(below)

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll so far that a control can be seen, with its name above it."""
        if self._asked.isAncestorOf(widget):
            self.inside.ensureWidgetVisible(widget, 0, self.theme.px(24))

    def _enter(self, *, now: bool) -> None:
        """Press the focused button; from a field or a chip, take the sheet."""
        focused = self.focusWidget()
        if isinstance(focused, Button) and not focused.isCheckable() and not now:
            focused.click()
        else:
            self.confirm(now=now)

    def _scroll(self, key: Qt.Key) -> None:
        bar = self.inside.verticalScrollBar()
        by = _PAGES.get(key, 0) * bar.pageStep() or _LINES.get(key, 0) * bar.singleStep()
        bar.setValue(bar.value() + by)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes it, Shift+Enter takes it with this instant, Esc keeps nothing; what is read scrolls."""
        key = Qt.Key(event.key())
        if key in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.take_other_way()
        elif key in _ENTER:
            self._enter(now=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key == Qt.Key.Key_Escape:
            self.done.emit()
        elif key in _PAGES or (key in _LINES and self.hasFocus()):
            self._scroll(key)
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the keyboard into the field that takes letters as text, and out of it."""
        if watched is self._writing and event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            for button, key in self._lettered.items():
                button.show_hint("" if event.type() == QEvent.Type.FocusIn else key.upper())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the plate, and a hairline over the ways on where something is hidden behind them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.color("line"), 1))
        painter.setBrush(self.theme.color("surface"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), RADIUS_CARD, RADIUS_CARD)
        if self.inside.verticalScrollBar().maximum() > 0:
            top = self._ways.y() - 1
            painter.drawLine(1, top, self.width() - 2, top)


def _part(layout: QVBoxLayout) -> QWidget:
    part = QWidget()
    part.setLayout(layout)
    return part


def _height(layout: QLayout, width: int) -> int:
    """Return the height that every word of a layout needs at a width."""
    return max(layout.totalHeightForWidth(width), layout.totalMinimumSize().height())
