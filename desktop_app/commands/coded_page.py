"""A coded visit as a page for people on a terminal: drawn, as lines, and with every reason.

What weighs most stands out: codes and levels. Rules and sources are there for whoever looks,
and quiet. Everything is plain text to rich, so nothing a person typed is taken for markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from desktop_app.coding.reasons import Coding, Kind, Level, Line, NotBilled
from desktop_app.commands import coded_words as words
from desktop_app.commands.drawn_visit import Drawing, Part, Row
from desktop_app.commands.page import Page

Draw = Callable[[int], Drawing]
"""Draws the visit in at most so many columns."""

_LEVEL_STYLE = {Level.BLOCKER: "bold red", Level.WARNING: "yellow", Level.NOTE: "cyan"}
_CODE_STYLE = {Kind.ADMINISTRATION: "bold", Kind.DRUG: "bold blue"}
_BAR_STYLE = {"═": "green", "╞": "green", "╡": "green", "~": "yellow", ">": "yellow", "●": "bold cyan"}
_PART_STYLE = {Part.GROUP: "bold", Part.LEGEND: "dim", Part.CLOCK: "dim"}
_LEAST_NAME, _WIDEST_NAME = 8, 24
_BELOW = (0, 0, 1, 0)

Reason = tuple[Text, RenderableType]


def print_page(coding: Coding, console: Console | None = None, draw: Draw | None = None) -> None:
    """Print the lines of a visit, why each is there, what was not billed, and the findings."""
    (console or Page()).print(page(coding, draw))


def page(coding: Coding, draw: Draw | None = None) -> RenderableType:
    """Return a coded visit, drawn where that is asked for, as something a rich console can print."""
    parts: list[RenderableType] = [*_title(coding)]
    if draw:
        parts.append(_Drawn(draw))
    parts.append(_table(coding) if coding.lines else Text(words.NO_LINES + "\n"))
    for heading, items in (
        ("Why", [_why(line) for line in coding.lines]),
        ("Not billed", [_left_out(item) for item in coding.not_billed]),
        ("Findings", list(_findings(coding))),
    ):
        if items:
            parts += [Text(heading, style="bold underline"), Padding(_reasons(items), _BELOW)]
    return Group(*parts, *_closing(coding), Text())


def _title(coding: Coding) -> Iterator[RenderableType]:
    yield Rule(Text(coding.id, style="bold"), align="left", style="dim")
    yield Padding(Text(words.made_by(coding), style="dim"), _BELOW)


class _Drawn:
    """The drawn visit, as wide as the page lets it be."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        drawing = self._draw(options.max_width)
        for row in drawing.rows:
            yield _drawn_row(drawing, row)


def _drawn_row(drawing: Drawing, row: Row) -> Text:
    name, bar, note = drawing.cells(row)
    text = Text(name, style=_PART_STYLE.get(row.part, ""), no_wrap=True, overflow="crop")
    for style, glyphs in groupby(bar, lambda glyph: _BAR_STYLE.get(glyph, "dim")):
        text.append("".join(glyphs), style)
    text.append(note)
    text.rstrip()
    return text


def _table(coding: Coding) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, border_style="dim")
    for column in words.COLUMNS:
        table.add_column(column, justify="right" if column in words.RIGHT else "left")
    for line in coding.lines:
        code, *others = words.cells(line)
        table.add_row(Text(code, style=_CODE_STYLE[line.kind]), *(Text(cell) for cell in others))
    return table


def _reasons(items: Iterable[Reason]) -> Table:
    """Return names on the left, and beside each what is said of it."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(min_width=_LEAST_NAME, max_width=_WIDEST_NAME, overflow="fold")
    grid.add_column(overflow="fold")
    for name, said in items:
        grid.add_row(name, said)
    return grid


def _why(line: Line) -> Reason:
    return Text(words.line_name(line), style=_CODE_STYLE[line.kind]), _said(line)


def _left_out(item: NotBilled) -> Reason:
    return Text(item.service, style="bold"), _said(item)


def _said(item: Line | NotBilled) -> RenderableType:
    return Group(Text(words.reason(item)), Text(words.cited(item), style="dim"))


def _findings(coding: Coding) -> Iterator[Reason]:
    for finding in words.by_weight(coding):
        yield Text(finding.level.value, style=_LEVEL_STYLE[finding.level]), Text(words.finding_text(finding))


def _closing(coding: Coding) -> Iterator[Text]:
    yield Text(words.sum_of(coding), style="bold")
    if blocked := words.blocked(coding):
        yield Text(blocked, style=_LEVEL_STYLE[Level.BLOCKER])
