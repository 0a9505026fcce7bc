"""One column of a layout: what stands in it, its heading, and whether a session waits while it is empty."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.core.layouts import LONGEST_FIXED, LONGEST_HEAD, Layout, LayoutColumn, free_head
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.fields import Field
from desktop_app.ui.widgets.pick_list import PickList, PickRow
from desktop_app.ui.widgets.tick import Tick

ROWS, FEW_ROWS = 6, 3
ROOM_FOR_ALL = 700
OWN_TEXT = "a text of your own"
NO_HEADING = "a column needs a heading"
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class ColumnSheet(Sheet):
    """Asks for a column; each that may be taken stands there with what the first line has in it."""

    def __init__(self, theme: Theme, takes: Sequence[tuple[str, str]], column: LayoutColumn | None) -> None:
        super().__init__(theme, "Column", width=WIDE)
        self._takes = (*takes, (OWN_TEXT, ""))
        self._found: tuple[tuple[str, str], ...] = ()
        self._has_own_head = column is not None and column.head != column.take
        self.search = Field(theme, "What stands in it", hint="Type some letters")
        self.list = PickList(theme, "What a column can have", ROWS)
        self.fixed = Field(theme, "The text in every row", column.fixed if column else "")
        self.head = Field(theme, "Heading", column.head if column else "")
        self.needed = Tick(theme, "A session is kept back while this is empty")
        self.needed.setChecked(bool(column and column.needed))
        for part in (self.search, self.list, self.fixed, self.head, self.needed):
            self.body.addWidget(part)
        self.back, self.go = self.add_ways_on("Cancel", "Take it")
        self.search.edit.installEventFilter(self)
        self.search.edit.textChanged.connect(self._find)
        self.list.currentRowChanged.connect(lambda _: self._follow())
        self.head.edit.textEdited.connect(self._keep_head)
        self._find("")
        if column is not None:
            self._choose(column.take or OWN_TEXT)

    def fit(self, width: int, height: int) -> None:
        """Keep fewer rows in a low window."""
        self.list.keep_rows(ROWS if height >= self.theme.px(ROOM_FOR_ALL) else FEW_ROWS)
        super().fit(width, height)

    @property
    def take(self) -> str:
        """What is chosen; empty where nothing is."""
        at = self.list.currentRow()
        return self._found[at][0] if 0 <= at < len(self._found) else ""

    def column(self) -> LayoutColumn:
        """Return the column as it is said."""
        if self.take == OWN_TEXT:
            return LayoutColumn(head=self.head.text, fixed=self.fixed.text)
        return LayoutColumn(head=self.head.text, take=self.take, needed=self.needed.isChecked())

    def faulty(self) -> QLineEdit:
        """The field a fault is about."""
        if self.take == OWN_TEXT and self.head.text and len(self.fixed.text) > LONGEST_FIXED:
            return self.fixed.edit
        return self.head.edit

    def first_field(self) -> QWidget:
        """The letters."""
        return self.search.edit

    def _find(self, letters: str) -> None:
        wanted = letters.strip().casefold().replace(" ", "_")
        fits = [take for take in self._takes if wanted in take[0].replace(" ", "_")]
        self._found = tuple(sorted(fits, key=lambda take: not take[0].startswith(wanted)) if wanted else fits)
        rows = [PickRow(name=name, detail=value) for name, value in self._found]
        self.list.show_rows(rows, 0 if self._found else -1)
        self._follow()

    def _choose(self, take: str) -> None:
        places = [name for name, _ in self._found]
        self.list.setCurrentRow(places.index(take))

    def _follow(self) -> None:
        """Let the heading be the column's name until somebody writes another."""
        is_own = self.take == OWN_TEXT
        self.fixed.setVisible(is_own)
        self.needed.setVisible(not is_own)
        if not self._has_own_head:
            self.head.set_text("" if is_own else self.take)

    def _keep_head(self, text: str) -> None:
        self._has_own_head = bool(text.strip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down choose in the list while the letters are typed."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self.list.step(step)
                return True
        return super().eventFilter(watched, event)


def ask_column(
    station: Station,
    sessions: Sequence[str],
    column: LayoutColumn | None,
    others: Sequence[LayoutColumn],
    taken: Callable[[LayoutColumn], None],
    back: Callable[[], None],
) -> None:
    """Ask for a column beside others; ``taken`` is given the new one, and ``back`` called either way."""
    sheet = ColumnSheet(station.theme, _takes(station, sessions), column)
    heads = {other.head.casefold() for other in others}

    def take() -> None:
        new = sheet.column()
        if fault := _fault(new, heads):
            sheet.show_problem(fault)
            return
        taken(new)
        sheet.done.emit()

    sheet.confirmed.connect(lambda _: take())
    station.sheets.open(sheet)
    sheet.done.connect(back)


def _takes(station: Station, sessions: Sequence[str]) -> list[tuple[str, str]]:
    """Return what a column can have, each with what stands there for the first line."""
    sends = station.billing.sends
    names = sends.layouts.columns()
    every = Layout(columns=tuple(LayoutColumn(head=name, take=name) for name in names))
    rows = sends.table(every, sessions).rows
    values = rows[0] if rows else ("",) * len(names)
    return [(name, _short(value)) for name, value in zip(names, values, strict=True)]


def _short(value: str, longest: int = 32) -> str:
    return value if len(value) <= longest else f"{value[:longest]}…"


def _fault(column: LayoutColumn, heads: Collection[str]) -> str:
    """Return why a column cannot stand beside the others, or nothing."""
    if not (column.take or column.fixed or column.head):
        return "choose what stands in the column"
    if not column.head:
        return NO_HEADING
    if len(column.head) > LONGEST_HEAD:
        return f"a heading has at most {LONGEST_HEAD} characters"
    if column.head.casefold() in heads:
        return f"another column is called “{column.head}”; call this one {free_head(column.head, heads)}"
    if len(column.fixed) > LONGEST_FIXED:
        return f"a text has at most {LONGEST_FIXED} characters"
    return ""
