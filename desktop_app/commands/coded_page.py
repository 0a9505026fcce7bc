"""A coded visit as a page for people: on a terminal, or as Markdown for a document."""

from __future__ import annotations

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from desktop_app.coding.reasons import Coding, Finding, Level, Line, NotBilled
from desktop_app.commands.page import Page
from desktop_app.ui.words import count_words

_COLUMNS = ("Code", "Units", "Modifiers", "Date", "Minutes", "For", "Services")
_RIGHT = frozenset({"Units", "Minutes"})
_LEVEL_STYLE = {Level.BLOCKER: "bold red", Level.WARNING: "yellow", Level.NOTE: "cyan"}
_INDENT = (0, 0, 0, 2)


def print_page(coding: Coding, console: Console | None = None) -> None:
    """Print the lines of a visit, why each is there, what was not billed, and the findings."""
    (console or Page()).print(page(coding))


def page(coding: Coding) -> RenderableType:
    """Return a coded visit as something a rich console can print."""
    parts: list[RenderableType] = [_title(coding), _table(coding) if coding.lines else _no_lines()]
    for heading, items in (
        ("Why", [_why(line) for line in coding.lines]),
        ("Not billed", [_left(item) for item in coding.not_billed]),
        ("Findings", [_finding(finding) for finding in coding.findings]),
    ):
        if items:
            parts += [Text(heading, style="bold"), *(Padding(item, _INDENT) for item in items)]
    return Group(*parts, Text(_sum(coding)), Text())


def _title(coding: Coding) -> Text:
    title = Text(coding.id, style="bold")
    return title.append(f"  rulebook {coding.rulebook}, profile {coding.profile}", style="dim not bold")


def _no_lines() -> Text:
    return Text("No lines.")


def _table(coding: Coding) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in _COLUMNS:
        table.add_column(column, justify="right" if column in _RIGHT else "left")
    for line in coding.lines:
        table.add_row(*(Text(cell) for cell in _cells(line)))
    return table


def _cells(line: Line) -> tuple[str, ...]:
    return (
        line.code,
        str(line.units),
        " ".join(line.modifiers),
        line.date.isoformat(),
        "" if line.minutes is None else str(line.minutes),
        line.label,
        ", ".join(line.services),
    )


def _why(line: Line) -> Text:
    text = Text(f"{_line_name(line)}  ", style="bold").append(line.why, style="not bold")
    text.append(f" {line.one_minute}", style="not bold")
    return text.append(f"\n{_cited(line.rules, line.sources)}", style="dim not bold")


def _line_name(line: Line) -> str:
    return "-".join((line.code, *line.modifiers)) + f" x{line.units}"


def _cited(rules: tuple[str, ...], sources: tuple[str, ...]) -> str:
    return f"{', '.join(rules)}: {'; '.join(sources)}"


def _left(item: NotBilled) -> Text:
    text = Text(f"{item.service}  ", style="bold").append(item.why, style="not bold")
    return text.append(f"\n{_cited(item.rules, item.sources)}", style="dim not bold")


def _finding(finding: Finding) -> Text:
    on = f" ({finding.service})" if finding.service else ""
    return Text(finding.level.value, style=_LEVEL_STYLE[finding.level]).append(
        f"  {finding.text}{on}", "none"
    )


def _sum(coding: Coding) -> str:
    minutes = count_words(coding.infused_minutes, "minute", "minutes")
    return f"{minutes} infused, {count_words(coding.billable_hours, 'billable hour', 'billable hours')}"


def markdown_page(coding: Coding) -> str:
    """Return a coded visit as a Markdown text."""
    return "\n".join(_markdown(coding))


def _markdown(coding: Coding) -> Iterator[str]:
    yield f"## {_plain(coding.id)}\n"
    yield f"Rulebook {coding.rulebook}, profile {coding.profile}. {_sum(coding)}.\n"
    if coding.lines:
        yield _row(_COLUMNS)
        yield _row("---:" if column in _RIGHT else "---" for column in _COLUMNS)
        yield from (_row(_plain(cell) for cell in _cells(line)) for line in coding.lines)
    else:
        yield "No lines."
    yield from _markdown_list("Why", (f"**{_line_name(line)}** {_reason(line)}" for line in coding.lines))
    yield from _markdown_list("Not billed", (_markdown_left(item) for item in coding.not_billed))
    yield from _markdown_list("Findings", (f"**{f.level.value}** {_plain(f.text)}" for f in coding.findings))
    yield ""


def _markdown_list(heading: str, items: Iterator[str]) -> Iterator[str]:
    listed = [f"- {item}" for item in items]
    if listed:
        yield f"\n**{heading}**\n"
        yield from listed


def _reason(line: Line) -> str:
    return f"{_plain(line.why)} {_plain(line.one_minute)} {_markdown_cited(line)}"


def _markdown_left(item: NotBilled) -> str:
    return f"**{_plain(item.service)}** {_plain(item.why)} {_markdown_cited(item)}"


def _markdown_cited(item: Line | NotBilled) -> str:
    return f"*{_plain(_cited(item.rules, item.sources))}*"


def _row(cells: Iterator[str] | tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"


def _plain(text: str) -> str:
    """Return a text in which nothing is Markdown."""
    return "".join(f"\\{letter}" if letter in r"\`*_{}[]<>#|~" else letter for letter in text)
