"""The lines under review as rows of a table; pressing one opens its times, its rules and its sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
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
LEAST = 40
NUMBER, CODE, MODIFIERS, UNITS, MINUTES, SOURCE = 26, 66, 70, 48, 60, 150
GAP = 8
WITH_SOURCES = 720
"""From this width on, at plain text, the first source stands beside its line."""
_COLUMNS = (("#", NUMBER), ("Code", CODE), ("Modifiers", MODIFIERS), ("Units", UNITS), ("Minutes", MINUTES))
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

    def show_source(self, *, is_shown: bool) -> None:
        """Show the first source beside the line, where there is room for it."""
        self.source.setVisible(is_shown)

    def _lay_out(self, number: str) -> None:
        px, row = self._theme.px, self.row
        is_quiet = not number
        line = QHBoxLayout()
        line.setSpacing(px(GAP))
        if is_quiet:
            line.addWidget(_cell(label(row.code, tone="soft", wrap=True), px(_width_of_codes())))
        else:
            texts = (number, row.code, row.modifiers, row.units, row.minutes or "–")
            for (name, width), text in zip(_COLUMNS, texts, strict=True):
                tone = "soft" if name == "#" else "ink"
                line.addWidget(_cell(label(text, tone=tone, heavy=name == "Code"), px(width)))
        told = QVBoxLayout()
        told.setSpacing(px(2))
        told.addWidget(self.why)
        if row.below:
            told.addWidget(label(row.below, size=12, tone="soft", wrap=True))
        told.addWidget(self.facts)
        told.addStretch()
        line.addLayout(told, 1)
        line.addWidget(_cell(self.source, px(SOURCE)))
        self.source.setText(_source_words(row, QFontMetrics(self._theme.font(12)), px(SOURCE)))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(4), px(8), px(4), px(8))
        self._column.addLayout(line)
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

    def sizeHint(self) -> QSize:
        """Room for the words, at least 40 px high."""
        hint = self._column.sizeHint()
        return QSize(hint.width(), max(hint.height(), self._theme.target(LEAST)))

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
        for name, width in _COLUMNS:
            line.addWidget(_cell(label(name, size=12, tone="soft", heavy=True), px(width)))
        line.addWidget(label("Why", size=12, tone="soft", heavy=True), 1)
        self._source_head = _cell(label("Source", size=12, tone="soft", heavy=True), px(SOURCE))
        line.addWidget(self._source_head)
        return head

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the sources where there is room beside the reasons."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_wide = self.width() >= self._theme.px(WITH_SOURCES)
        self._source_head.setVisible(is_wide)
        for row in self.rows:
            row.show_source(is_shown=is_wide)


def _cell(cell: QLabel, width: int) -> QLabel:
    cell.setFixedWidth(width)
    cell.setAlignment(_TOP_LEFT)
    return cell


def _width_of_codes() -> int:
    """Return how much room the columns before the reason take: there stands what is on no line."""
    return sum(width for _, width in _COLUMNS) + GAP * (len(_COLUMNS) - 1)


def _source_words(row: LineShown, metrics: QFontMetrics, room: int) -> str:
    """Return as much of the first source as has room, and how many more there are."""
    first, *more = row.sources or ("",)
    rest = f" +{len(more)}" if more else ""
    left = room - metrics.horizontalAdvance(rest)
    return metrics.elidedText(first, Qt.TextElideMode.ElideRight, left) + rest


def _units(row: LineShown) -> str:
    return f"{row.units} unit" if row.units == "1" else f"{row.units} units"
