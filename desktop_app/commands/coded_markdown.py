"""A coded visit as a Markdown text, for a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from desktop_app.coding.reasons import Coding, Line, NotBilled
from desktop_app.commands import coded_words as words

_SHORTEST_FENCE = 3


def markdown_page(coding: Coding, drawing: str = "") -> str:
    """Return a coded visit as a Markdown text, with the visit drawn where that is given."""
    return "\n".join(_page(coding, drawing))


def _page(coding: Coding, drawing: str) -> Iterator[str]:
    yield f"## {plain(coding.id)}\n"
    made_by = words.made_by(coding)
    yield f"{made_by[:1].upper()}{made_by[1:]}. {words.sum_of(coding)}.\n"
    if blocked := words.blocked(coding):
        yield f"**{blocked}.**\n"
    if drawing:
        yield code_block(drawing) + "\n"
    yield from line_table(coding)
    yield from _section("Why", (f"{_reason(line)} {_cited(line)}" for line in coding.lines))
    yield from _section("Not billed", (f"{left_out(item)} {_cited(item)}" for item in coding.not_billed))
    yield from _section("Findings", findings(coding))
    yield ""


def line_table(coding: Coding) -> Iterator[str]:
    """Yield the lines of a visit as the rows of a table, or that there are none."""
    if not coding.lines:
        yield words.NO_LINES
        return
    yield row(words.COLUMNS)
    yield row("---:" if column in words.RIGHT else "---" for column in words.COLUMNS)
    yield from (row(plain(cell) for cell in words.cells(line)) for line in coding.lines)


def _section(heading: str, items: Iterable[str]) -> Iterator[str]:
    listed = [f"- {item}" for item in items]
    if listed:
        yield f"\n**{heading}**\n"
        yield from listed


def _reason(line: Line) -> str:
    return f"**{words.line_name(line)}** {plain(words.reason(line))}"


def left_out(item: NotBilled) -> str:
    """Return a service that is on no line, and why."""
    return f"**{plain(item.service)}** {plain(words.reason(item))}"


def findings(coding: Coding) -> Iterator[str]:
    """Yield each finding with its level, the heaviest first."""
    for finding in words.by_weight(coding):
        yield f"**{finding.level.value}** {plain(words.finding_text(finding))}"


def _cited(item: Line | NotBilled) -> str:
    return f"*{plain(words.cited(item))}*"


def row(cells: Iterable[str]) -> str:
    """Return cells as the row of a table."""
    return "| " + " | ".join(cells) + " |"


def code_block(text: str) -> str:
    """Return a text as a block that is shown as it is, whatever a person typed in it."""
    longest = max((len(ticks) for ticks in re.findall(r"`+", text)), default=0)
    fence = "`" * max(_SHORTEST_FENCE, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def plain(text: str) -> str:
    """Return a text in which nothing is Markdown."""
    return "".join(f"\\{letter}" if letter in r"\`*_{}[]<>#|~" else letter for letter in text)
