"""The lines under review as rows of a table; pressing one opens its times, its rules and its sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.ui import words
from desktop_app.ui.panel.line_rows import readable_rules
from desktop_app.ui.panel.refill import keyed, refill
from desktop_app.ui.panel.rows import RowButton
from desktop_app.ui.review.line_model import LineShown
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.labels import heading, label, rule, tip

AskMinute = Callable[[LineShown], str]
"""What one minute would change of a row; asked only when the row is opened."""
LEAST, SOURCE, GAP = 40, 150, 8
WITH_SOURCES = 720
"""From this width on, at plain text, the first source stands beside its line, and no column is short."""


class Column(NamedTuple):
    """A column before the reason: its name, and how wide it is where there is room and where there is not."""

    name: str
    short: str
    wide: int
    narrow: int
    """0 where it is left out."""

    def width(self, *, is_wide: bool) -> int:
        """Return how wide it is."""
        return self.wide if is_wide else self.narrow


COLUMNS = (
    Column("#", "", 26, 0),
    Column("Code", "Code", 66, 54),
    Column("Modifiers", "Mod.", 70, 40),
    Column("Units", "Units", 48, 40),
    Column("Minutes", "Min.", 60, 36),
)
_TOP_LEFT = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
_SENTENCE = re.compile(r"(?<=[a-z0-9)])\. (?=[A-Z])")


def brief(why: str) -> str:
    """Return the first sentence of a reason; the rest is told when the row is opened."""
    first, *rest = _SENTENCE.split(why, maxsplit=1)
    return f"{first}. …" if rest else why


class ReviewLine(RowButton):
    """One line: number, code, modifiers, units, minutes, why, source."""

    def __init__(self, theme: Theme, number: str, row: LineShown, ask: AskMinute, *, is_open: bool) -> None:
        super().__init__(theme)
        self.row, self._ask = row, ask
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setMinimumHeight(theme.target(LEAST))
        self.why = label("", wrap=True)
        self.facts = label("", size=12, tone="soft", wrap=True)
        self.source = label("", size=12, tone="soft")
        self._lay_out(number)
        self.toggled.connect(self._open)
        self.setChecked(is_open)
        self._open(is_open)

    @property
    def told(self) -> str:
        """What the open row says; empty while it is closed."""
        return self.facts.text() if self.isChecked() else ""

    def fit(self, *, is_wide: bool) -> None:
        """Give the columns their width, and the first source its place where there is room for it."""
        self.source.setVisible(is_wide)
        if len(self._cells) == 1:
            self._cells[0].setFixedWidth(self._theme.px(_width_of_codes(is_wide=is_wide)))
            return
        for cell, column in zip(self._cells, COLUMNS, strict=True):
            _fit_cell(cell, self._theme, column, is_wide=is_wide)

    def _lay_out(self, number: str) -> None:
        px, row = self._theme.px, self.row
        line = QHBoxLayout()
        line.setSpacing(px(GAP))
        self._cells = [label(row.code, tone="soft", wrap=True)]
        if number:
            texts = (row.modifiers, row.units, row.minutes or "–")
            self._cells = [label(number, tone="soft"), label(row.code, heavy=True), *map(_figure, texts)]
        for cell in self._cells:
            line.addWidget(_topped(cell))
        told = QVBoxLayout()
        told.setSpacing(px(2))
        told.addWidget(self.why)
        if row.below:
            told.addWidget(label(row.below, size=12, tone="soft", wrap=True))
        told.addWidget(self.facts)
        told.addStretch()
        line.addLayout(told, 1)
        line.addWidget(_topped(self.source))
        self.source.setFixedWidth(px(SOURCE))
        self.source.setText(_source_words(row, QFontMetrics(self._theme.font(12)), px(SOURCE)))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(4), px(8), px(4), px(8))
        column.addLayout(line)
        for part in self.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _open(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's own signature
        self.why.setText(self.row.why if is_open else brief(self.row.why))
        self.facts.setText("\n".join(self._facts()) if is_open else "")
        self.facts.setToolTip(tip(f"In the handbook: {', '.join(self.row.rules)}" if self.row.rules else ""))
        self.facts.setVisible(is_open)
        row = self.row
        about = f"{row.code} {row.modifiers}, {_units(row)}: {row.why}"
        self.setAccessibleName(f"{about} {self.told or 'Press for times, rules and sources'}")
        self.updateGeometry()

    def _facts(self) -> list[str]:
        row = self.row
        rules = readable_rules(", ".join(row.rules))
        named = (("Times", row.times), ("Rules", rules), ("Sources", "; ".join(row.sources)))
        told = [f"{name}: {text}" for name, text in named if text]
        minute = self._ask(row)
        return [*told, minute] if minute else told

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the plate; the words are labels."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw_plate(painter)


class LinesTable(QWidget):
    """Every line with its reason, then what is on none."""

    def __init__(self, theme: Theme, ask: AskMinute) -> None:
        super().__init__()
        self._theme, self._ask = theme, ask
        self._opened: set[tuple[str, ...]] = set()
        self.rows: list[ReviewLine] = []
        self._head = self._head_row()
        self._lines, self._not_billed = QVBoxLayout(), QVBoxLayout()
        self._none = label("No line yet.", tone="soft")
        self._untold = heading("Not billed")
        self._untold.setContentsMargins(0, theme.px(12), 0, theme.px(2))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._head, rule(), self._none):
            column.addWidget(part)
        for rows in (self._lines, self._not_billed):
            rows.setSpacing(0)
        column.addLayout(self._lines)
        column.addWidget(self._untold)
        column.addLayout(self._not_billed)

    def forget(self) -> None:
        """Close every row: another session comes."""
        self._opened = set()

    def show_lines(self, lines: Sequence[LineShown], not_billed: Sequence[LineShown]) -> None:
        """Show other lines; what was open and is still there stays open."""
        self.setAccessibleName(words.count_words(len(lines), "coded line", "coded lines"))
        self._none.setVisible(not lines)
        made = [self._row(str(at), line) for at, line in enumerate(lines, start=1)]
        quiet = [self._row("", line) for line in not_billed]
        self.rows = [*made, *quiet]
        refill(self._lines, [keyed(row, *row.row.key) for row in made])
        refill(self._not_billed, [keyed(row, *row.row.key) for row in quiet])
        self._untold.setVisible(bool(quiet))
        self._fit()

    def _row(self, number: str, line: LineShown) -> ReviewLine:
        row = ReviewLine(self._theme, number, line, self._ask, is_open=line.key in self._opened)
        row.toggled.connect(lambda is_open, key=line.key: self._remember(key, is_open=is_open))
        return row

    def _remember(self, key: tuple[str, ...], *, is_open: bool) -> None:
        (self._opened.add if is_open else self._opened.discard)(key)

    def _head_row(self) -> QWidget:
        head, px = QWidget(), self._theme.px
        line = QHBoxLayout(head)
        line.setContentsMargins(px(4), 0, px(4), px(6))
        line.setSpacing(px(GAP))
        self._heads = [_headed("") for _ in COLUMNS]
        for cell in self._heads:
            line.addWidget(cell)
        line.addWidget(_headed("Why"), 1)
        self._source_head = _headed("Source")
        self._source_head.setFixedWidth(px(SOURCE))
        line.addWidget(self._source_head)
        return head

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the sources where there is room beside the reasons."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_wide = self.width() >= self._theme.px(WITH_SOURCES)
        self._source_head.setVisible(is_wide)
        for cell, column in zip(self._heads, COLUMNS, strict=True):
            cell.setText(column.name if is_wide else column.short)
            _fit_cell(cell, self._theme, column, is_wide=is_wide)
        for row in self.rows:
            row.fit(is_wide=is_wide)


def _fit_cell(cell: QLabel, theme: Theme, column: Column, *, is_wide: bool) -> None:
    width = column.width(is_wide=is_wide)
    cell.setVisible(width > 0)
    if width:
        cell.setFixedWidth(theme.px(width))


def _topped(cell: QLabel) -> QLabel:
    cell.setAlignment(_TOP_LEFT)
    return cell


def _figure(text: str) -> QLabel:
    return label(text, wrap=True)


def _headed(text: str) -> QLabel:
    return _topped(label(text, size=12, tone="soft", heavy=True))


def _width_of_codes(*, is_wide: bool) -> int:
    """Return how much room the columns before the reason take: there stands what is on no line."""
    widths = [width for column in COLUMNS if (width := column.width(is_wide=is_wide))]
    return sum(widths) + GAP * (len(widths) - 1)


def _source_words(row: LineShown, metrics: QFontMetrics, room: int) -> str:
    """Return as much of the first source as has room, and how many more there are."""
    first, *more = row.sources or ("",)
    rest = f" +{len(more)}" if more else ""
    left = room - metrics.horizontalAdvance(rest)
    return metrics.elidedText(first, Qt.TextElideMode.ElideRight, left) + rest


def _units(row: LineShown) -> str:
    return f"{row.units} unit" if row.units == "1" else f"{row.units} units"
