"""How a layout writes days, times, amounts and modifiers: a row of chips for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.layouts import (
    Dates,
    DecimalMark,
    Delimiter,
    ExcelDates,
    Layout,
    LineEnds,
    Times,
    joins_modifiers,
    with_modifiers,
)
from desktop_app.core.values import dataclass
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import HEIGHT, Button
from desktop_app.ui.widgets.fields import Choice
from desktop_app.ui.widgets.labels import caption


@dataclass(frozen=True, slots=True)
class _Row:
    """What of a layout is chosen, what it is called, and what may be chosen, each with its chip."""

    key: str
    name: str
    options: tuple[tuple[Any, str], ...]


_YES_NO = ((True, "Yes"), (False, "No"))
FIRST = (
    _Row("dates", "Days", ((Dates.ISO, "2026-03-02"), (Dates.US, "03/02/2026"), (Dates.DIGITS, "20260302"))),
    _Row(
        "delimiter",
        "Between cells of a text file",
        (
            (Delimiter.COMMA, "Comma"),
            (Delimiter.SEMICOLON, "Semicolon"),
            (Delimiter.TAB, "Tab"),
            (Delimiter.PIPE, "Bar |"),
        ),
    ),
)
MORE = (
    _Row("times", "Times", ((Times.LOCAL, "As on the clock"), (Times.OFFSET, "With the zone's offset"))),
    _Row("decimal", "Before the tenths", ((DecimalMark.POINT, "Point"), (DecimalMark.COMMA, "Comma"))),
    _Row("excel_dates", "Days in Excel", ((ExcelDates.TEXT, "Text"), (ExcelDates.DATES, "Dates of Excel"))),
    _Row("header", "Headings", _YES_NO),
    _Row("guard", "Apostrophe before what looks like a formula", _YES_NO),
    _Row("mark", "Byte order mark, which some programs want", _YES_NO),
    _Row("line_ends", "Line ends", ((LineEnds.CRLF, "CR LF"), (LineEnds.LF, "LF"))),
)
JOINTS = ((" ", "Space"), ("-", "Hyphen"), (",", "Comma"), ("", "Nothing"))
SPLIT, JOINED = "split", "joined"


class LayoutForm(QWidget):
    """The chips; what is seldom wanted opens with one more.

    Signals:
        changed(Layout): it is to be written otherwise.
    """

    changed = Signal(object)

    def __init__(self, theme: Theme, layout: Layout) -> None:
        super().__init__()
        self._theme = theme
        self._layout = layout
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self.choices: dict[str, Choice] = {}
        for row in FIRST:
            self._add(self._column, row)
        self._add_modifiers()
        self.more = Button(theme, "More on how it is written…")
        self.more.setMinimumHeight(theme.target(HEIGHT))
        self.more.clicked.connect(self._open)
        self._column.addWidget(self.more)

    def show_layout(self, layout: Layout) -> None:
        """Follow a layout that was changed elsewhere: its modifiers may stand otherwise now."""
        self._layout = layout
        self.choices["modifiers"].take(JOINED if joins_modifiers(layout) else SPLIT)
        self._joint.setVisible(joins_modifiers(layout))

    def _add(self, column: QVBoxLayout, row: _Row) -> None:
        taken = getattr(self._layout, row.key)
        self._add_choice(column, row.key, row.name, row.options, taken, partial(self._set, row))

    def _add_choice(
        self,
        column: QVBoxLayout,
        key: str,
        name: str,
        options: Sequence[tuple[Any, str]],
        taken: object,
        chosen: Any,  # noqa: ANN401 - a slot, given the place of the chip
    ) -> Choice:
        """Add a row of chips; each goes by its place, for a value may be any."""
        places = [value for value, _ in options]
        chips = [(str(at), words) for at, (_, words) in enumerate(options)]
        choice = Choice(self._theme, name, chips, str(places.index(taken)))
        choice.chosen.connect(lambda at: chosen(places[int(at)]))
        self.choices[key] = choice
        column.addWidget(caption(name))
        column.addWidget(choice)
        return choice

    def _add_modifiers(self) -> None:
        options = ((SPLIT, "One a column"), (JOINED, "All in one"))
        choice = Choice(self._theme, "Modifiers", options, JOINED if joins_modifiers(self._layout) else SPLIT)
        choice.chosen.connect(self._join)
        self.choices["modifiers"] = choice
        self._column.addWidget(caption("Modifiers"))
        self._column.addWidget(choice)
        self._joint = QWidget()
        column = QVBoxLayout(self._joint)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(4))
        joint = self._layout.modifiers_joined_by
        known = JOINTS if joint in dict(JOINTS) else (*JOINTS, (joint, joint))
        self._add_choice(column, "joint", "Between modifiers", known, joint, self._put_joint)
        self._column.addWidget(self._joint)
        self._joint.setVisible(joins_modifiers(self._layout))

    def _open(self) -> None:
        """Show the rest, in the place of the button."""
        self.more.hide()
        for row in MORE:
            self._add(self._column, row)
        self.choices[MORE[0].key].chip(self.choices[MORE[0].key].taken).setFocus()

    def _set(self, row: _Row, value: object) -> None:
        self._change(replace(self._layout, **{row.key: value}))  # type: ignore[arg-type]  # as the row's options

    def _join(self, how: str) -> None:
        self._joint.setVisible(how == JOINED)
        self._change(with_modifiers(self._layout, joined=how == JOINED))

    def _put_joint(self, joint: str) -> None:
        self._change(replace(self._layout, modifiers_joined_by=joint))

    def _change(self, layout: Layout) -> None:
        self._layout = layout
        self.changed.emit(layout)
