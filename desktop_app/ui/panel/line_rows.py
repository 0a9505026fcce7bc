"""A coded line, or what is on none: code, reason, units; pressed, it tells its minutes, rules and sources."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from desktop_app.ui.panel.panel_model import LineRow
from desktop_app.ui.panel.rows import RowButton
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.labels import label, tip

CODE = 78
LEAST = 40

AskMinute = Callable[[LineRow], str]
"""What one minute would change of a row; asked only when the row is opened."""


class LineBlock(RowButton):
    """One row of the lines, with a hairline under it; pressing it opens its reasons and closes them."""

    def __init__(
        self, theme: Theme, row: LineRow, ask: AskMinute, *, quiet: bool = False, is_open: bool = False
    ) -> None:
        super().__init__(theme)
        self.row, self._ask = row, ask
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.facts = label("", size=12, tone="soft", wrap=True)
        self._lay_out(quiet=quiet)
        self.toggled.connect(self._open)
        self.facts.hide()
        self._name()
        self.setChecked(is_open)

    @property
    def told(self) -> str:
        """What the open row says; empty while it is closed."""
        return self.facts.text() if self.isChecked() else ""

    def _lay_out(self, *, quiet: bool) -> None:
        theme, row = self._theme, self.row
        tone = "soft" if quiet else "ink"
        metrics = QFontMetrics(theme.font(13, bold=not quiet))
        named = (
            metrics.elidedText(word, Qt.TextElideMode.ElideRight, theme.px(CODE))
            for word in f"{row.code} {row.modifiers}".split()
        )
        code = label(" ".join(named), heavy=not quiet, tone=tone, wrap=True)
        code.setFixedWidth(theme.px(CODE))
        code.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        why = label(row.why, size=12, tone="soft", wrap=True)
        units = label(row.units, tone=tone)
        units.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        line = QHBoxLayout()
        line.setSpacing(theme.px(6))
        for part, stretch in ((code, 0), (why, 1), (units, 0)):
            line.addWidget(part, stretch)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(4), theme.px(7), theme.px(4), theme.px(7))
        column.setSpacing(theme.px(4))
        column.addLayout(line)
        column.addWidget(self.facts)
        for part in self.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _open(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's own signature
        if is_open:
            self.facts.setText("\n".join(self._facts()))
            self.facts.setToolTip(tip(f"In the handbook: {self.row.rules}" if self.row.rules else ""))
        self.facts.setVisible(is_open)
        self._name()
        self.updateGeometry()

    def _facts(self) -> list[str]:
        row = self.row
        named = (("Minutes", row.minutes), ("Rules", readable_rules(row.rules)), ("Sources", row.sources))
        told = [f"{name}: {text}" for name, text in named if text]
        minute = self._ask(row)
        return [minute, *told] if minute else told

    def _name(self) -> None:
        row = self.row
        about = f"{row.code} {row.modifiers}, {_units(row)}: {row.why}"
        self.setAccessibleName(
            f"{about} {self.told}" if self.told else f"{about} Press for rules and sources"
        )

    def sizeHint(self) -> QSize:
        """Room for the words, at least 40 px high."""
        hint = self._column.sizeHint()
        return QSize(hint.width(), max(hint.height(), self._theme.px(LEAST)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the plate; the words are labels."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw_plate(painter)


def readable_rules(rules: str) -> str:
    """Write the names of rules as words; the handbook has them with hyphens."""
    named = (rule.strip().replace("-", " ") for rule in rules.split(","))
    return " · ".join(f"{name[:1].upper()}{name[1:]}" for name in named)


def _units(row: LineRow) -> str:
    return f"{row.units} unit" if row.units == "1" else f"{row.units} units"
