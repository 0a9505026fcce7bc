"""Layouts as text: read with suspicion, and written so that reading gives the same again.

    name = "compact"
    title = "Practice management, compact"
    dates = "us"
    column = [
      { take = "line", as = "Charge ID" },
      { take = "account", as = "Account", needed = true },
      { text = "01", as = "Site" },
    ]

Every fault is told with file, line, key and what was expected.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import TypeVar

from desktop_app.coding.profile_text import NAME_EXPECTED, PROFILE_NAME
from desktop_app.coding.toml_text import Section, read_toml
from desktop_app.core.layouts import (
    LONGEST_FIXED,
    LONGEST_HEAD,
    LONGEST_JOINT,
    LONGEST_TITLE,
    MOST_COLUMNS,
    Dates,
    DecimalMark,
    Delimiter,
    ExcelDates,
    Layout,
    LayoutColumn,
    LineEnds,
    Times,
)
from desktop_app.exchange.columns import ALL_NAMES
from desktop_app.exchange.formulas import looks_like_a_formula

Word = TypeVar("Word", bound=StrEnum)

_WORDS: dict[str, type[StrEnum]] = {
    "dates": Dates,
    "times": Times,
    "decimal": DecimalMark,
    "delimiter": Delimiter,
    "line_ends": LineEnds,
    "excel_dates": ExcelDates,
}
_FLAGS = ("mark", "header", "guard")
_JOINT = "modifiers_joined_by"
KEYS = ("name", "title", *_WORDS, *_FLAGS, _JOINT, "column")
_FOLDERS = re.compile(r".*[/\\]")


def read_layout(file: str, text: str) -> Layout:
    """Return the layout in a TOML text; it has the name of its file. Raises RulebookError for any fault."""
    top = read_toml(file, text)
    top.only(*KEYS)
    return Layout(
        name=_name(top),
        title=top.label("title", LONGEST_TITLE),
        columns=_columns(top),
        dates=_word(top, Dates.ISO, "dates"),
        times=_word(top, Times.OFFSET, "times"),
        decimal=_word(top, DecimalMark.POINT, "decimal"),
        delimiter=_word(top, Delimiter.COMMA, "delimiter"),
        line_ends=_word(top, LineEnds.CRLF, "line_ends"),
        excel_dates=_word(top, ExcelDates.TEXT, "excel_dates"),
        modifiers_joined_by=_joint(top),
        mark=top.flag("mark"),
        header=_flag_unless_said(top, "header"),
        guard=_flag_unless_said(top, "guard"),
    )


def layout_text(layout: Layout) -> str:
    """Return a layout as text, to be read again by ``read_layout``; what is as usual is left unsaid."""
    usual = Layout()
    lines = [f"name = {_quoted(layout.name)}", f"title = {_quoted(layout.title)}"]
    said = {key: getattr(layout, key) for key in (*_WORDS, _JOINT, *_FLAGS)}
    lines += [f"{key} = {_said(value)}" for key, value in said.items() if value != getattr(usual, key)]
    lines += ["", "column = [", *(f"  {_column_text(column)}," for column in layout.columns), "]"]
    return "\n".join(lines) + "\n"


def _name(top: Section) -> str:
    name = top.shaped("name", PROFILE_NAME, NAME_EXPECTED)
    stem = _FOLDERS.sub("", top.file).removesuffix(".toml")
    if name != stem:
        raise top.refusal("name", f'"{stem}", as the file is called')
    return name


def _word(top: Section, usual: Word, key: str) -> Word:
    if key not in top.values:
        return usual
    return type(usual)(top.one_of(key, tuple(word.value for word in _WORDS[key])))


def _flag_unless_said(top: Section, key: str) -> bool:
    return top.flag(key) if key in top.values else True


def _joint(top: Section) -> str:
    joint = top.word(_JOINT, " ")
    if len(joint) > LONGEST_JOINT or any(sign.isalnum() for sign in joint):
        raise top.refusal(_JOINT, f"at most {LONGEST_JOINT} signs, no letter or digit among them")
    return joint


def _columns(top: Section) -> tuple[LayoutColumn, ...]:
    blocks = list(top.sections("column"))
    if not 1 <= len(blocks) <= MOST_COLUMNS:
        raise top.refusal("column", f"a list of 1 to {MOST_COLUMNS} columns")
    heads: set[str] = set()
    return tuple(_column(block, heads) for block in blocks)


def _column(block: Section, heads: set[str]) -> LayoutColumn:
    """Return a column; ``heads`` has the headings so far, as a spreadsheet tells them apart."""
    block.only("take", "as", "text", "needed")
    if ("take" in block.values) == ("text" in block.values):
        raise block.refusal("take", "there, or `text` instead of it, and not both")
    take = block.one_of("take", ALL_NAMES) if "take" in block.values else ""
    head = block.label("as", LONGEST_HEAD) if not take or "as" in block.values else take
    if looks_like_a_formula(head):
        raise block.refusal("as", "a heading that does not begin like a formula")
    if head.casefold() in heads:
        raise block.refusal("as", f"another heading: “{head}” stands above it already")
    heads.add(head.casefold())
    return LayoutColumn(head=head, take=take, fixed=_fixed(block), needed=_needed(block))


def _fixed(block: Section) -> str:
    text = block.word("text", "")
    if len(text) > LONGEST_FIXED:
        raise block.refusal("text", f"at most {LONGEST_FIXED} characters")
    return text


def _needed(block: Section) -> bool:
    if "text" in block.values and "needed" in block.values:
        raise block.refusal("needed", "gone: a fixed text is never missing")
    return block.flag("needed")


def _column_text(column: LayoutColumn) -> str:
    return f"{{ {', '.join(_keys(column))} }}"


def _keys(column: LayoutColumn) -> Iterator[str]:
    yield f"take = {_quoted(column.take)}" if column.take else f"text = {_quoted(column.fixed)}"
    if column.head != column.take:
        yield f"as = {_quoted(column.head)}"
    if column.needed:
        yield "needed = true"


def _said(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else _quoted(str(value))


def _quoted(text: str) -> str:
    """Return a text in quotes; of plain characters, JSON's quotes are TOML's."""
    return json.dumps(text, ensure_ascii=False)
