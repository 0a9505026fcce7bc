"""Layouts as text: read whole or refused with file, line, key and what was expected."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.coding.refusals import RulebookError
from desktop_app.core.layouts import (
    Dates,
    DecimalMark,
    Delimiter,
    ExcelDates,
    Layout,
    LayoutColumn,
    LineEnds,
    Times,
    warnings,
)
from desktop_app.exchange.columns import ALL_NAMES
from desktop_app.exchange.layout import layout_text, read_layout
from desktop_app.exchange.sending import STANDARD
from desktop_app.layout_files import ready_layouts

GOOD = """name = "ours"
title = "Our system"
dates = "us"
times = "local"
decimal = "comma"
delimiter = "tab"
line_ends = "lf"
modifiers_joined_by = "/"
mark = true
header = true
guard = false
excel_dates = "dates"

column = [
  { take = "line", as = "Charge ID" },
  { take = "account", needed = true },
  { text = "01", as = "Site" },
]
"""

MUTATIONS = [
    ("another name", 'name = "ours"', 'name = "theirs"', '1: name should be "ours", as the file is called'),
    ("a name of Windows", 'name = "ours"', 'name = "con"', "1: name should be a name of at most 40 small"),
    ("no title", 'title = "Our system"\n', "", "title should be a text in quotes, of 1 to 80 characters"),
    ("a long title", "Our system", "x" * 81, "2: title should be a text in quotes, of 1 to 80 characters"),
    ("dates of no meaning", '"us"', '"german"', "3: dates should be one of iso, us, digits"),
    ("times of no meaning", '"local"', '"utc"', "4: times should be one of offset, local"),
    ("a decimal sign", 'decimal = "comma"', 'decimal = ","', "5: decimal should be one of point, comma"),
    ("a delimiter", '"tab"', '"\\t"', "6: delimiter should be one of comma, semicolon, tab, pipe"),
    ("line ends", '"lf"', '"cr"', "7: line_ends should be one of crlf, lf"),
    (
        "letters between modifiers",
        '"/"',
        '"and"',
        "8: modifiers_joined_by should be at most 3 signs, no letter",
    ),
    ("much between modifiers", '"/"', '" -- "', "8: modifiers_joined_by should be at most 3 signs"),
    ("a mark in quotes", "mark = true", 'mark = "yes"', "9: mark should be true or false"),
    ("a header of one", "header = true", "header = 1", "10: header should be true or false"),
    ("dates of Excel", '"dates"', "true", "12: excel_dates should be one of text, dates"),
    (
        "a key of no meaning",
        "mark = true",
        "bom = true",
        "9: bom should be gone: it is not a key of this table",
    ),
    (
        "a column of no meaning",
        '"line"',
        '"line_id"',
        "15: [[column]] take should be one of session, encounter",
    ),
    ("a key of a column", "needed", "required", "16: [[column]] required should be gone"),
    ("a needed number", "needed = true", "needed = 1", "16: [[column]] needed should be true or false"),
    (
        "a column of both",
        'text = "01"',
        'take = "mrn", text = "01"',
        "17: [[column]] take should be there, or `text`",
    ),
    ("a column of neither", 'text = "01", ', "", "17: [[column]] take should be there, or `text`"),
    ("a text without a heading", ', as = "Site"', "", "17: [[column]] as should be a text in quotes"),
    (
        "an empty heading",
        '"Site"',
        '" "',
        "17: [[column]] as should be a text in quotes, of 1 to 60 characters",
    ),
    (
        "a long heading",
        "Site",
        "x" * 61,
        "17: [[column]] as should be a text in quotes, of 1 to 60 characters",
    ),
    (
        "a heading twice",
        "Site",
        "charge id",
        "17: [[column]] as should be another heading: “charge id” stands",
    ),
    (
        "a heading that is taken",
        "Site",
        "ACCOUNT",
        "17: [[column]] as should be another heading: “ACCOUNT” stands",
    ),
    ("a heading of a formula", "Site", "=Site", "17: [[column]] as should be a heading that does not begin"),
    ("a long text", '"01"', f'"{"x" * 101}"', "17: [[column]] text should be at most 100 characters"),
    (
        "a needed text",
        'as = "Site"',
        'as = "Site", needed = true',
        "17: [[column]] needed should be gone: a fixed",
    ),
    (
        "no columns",
        re.compile(r"column = \[.*\]", re.DOTALL),
        "column = []",
        "14: column should be a list of 1 to 200",
    ),
    (
        "columns of words",
        re.compile(r"column = \[.*\]", re.DOTALL),
        'column = ["mrn"]',
        "14: column should be a list of",
    ),
    ("what is no TOML", "mark = true", "mark = yes", "9: the text should be TOML, but there is"),
    ("nothing", re.compile(r".*", re.DOTALL), "", "1: the file should be filled"),
]


def test_a_layout_is_what_its_text_says() -> None:
    assert read_layout("layouts/ours.toml", GOOD) == Layout(
        name="ours",
        title="Our system",
        columns=(
            LayoutColumn(take="line", head="Charge ID"),
            LayoutColumn(take="account", head="account", needed=True),
            LayoutColumn(fixed="01", head="Site"),
        ),
        dates=Dates.US,
        times=Times.LOCAL,
        decimal=DecimalMark.COMMA,
        modifiers_joined_by="/",
        delimiter=Delimiter.TAB,
        line_ends=LineEnds.LF,
        mark=True,
        guard=False,
        excel_dates=ExcelDates.DATES,
    )


@pytest.mark.parametrize(
    ("pattern", "instead", "said"), [m[1:] for m in MUTATIONS], ids=[m[0] for m in MUTATIONS]
)
def test_a_layout_with_a_fault_is_refused_with_its_place(
    pattern: str | re.Pattern[str], instead: str, said: str
) -> None:
    plain = re.escape(pattern) if isinstance(pattern, str) else pattern
    text, count = re.subn(plain, lambda _: instead, GOOD, count=1)
    assert count == 1
    with pytest.raises(RulebookError) as refusal:
        read_layout("layouts/ours.toml", text)
    assert re.match(r"layouts/ours\.toml, line \d+: .* should be .*\.$", str(refusal.value))
    assert said in str(refusal.value)


def test_what_is_not_said_is_as_in_the_standard_table() -> None:
    text = 'name = "ours"\ntitle = "Our system"\ncolumn = [{ take = "line" }]'
    only_line = (LayoutColumn(take="line", head="line"),)
    assert read_layout("ours.toml", text) == replace(
        STANDARD, name="ours", title="Our system", columns=only_line
    )


def test_columns_may_be_blocks_too() -> None:
    blocks = '[[column]]\ntake = "line"\n[[column]]\ntake = "mrn"\nas = "Patient"\n'
    layout = read_layout("ours.toml", f'name = "ours"\ntitle = "Our system"\n{blocks}')
    assert [(column.take, column.head) for column in layout.columns] == [("line", "line"), ("mrn", "Patient")]


def _columns() -> st.SearchStrategy[tuple[LayoutColumn, ...]]:
    heads = st.text(st.characters(codec="utf-8"), max_size=10).filter(str.isprintable)
    taken = st.builds(LayoutColumn, take=st.sampled_from(ALL_NAMES), head=heads, needed=st.booleans())
    fixed = st.builds(LayoutColumn, fixed=heads, head=heads)
    columns = st.lists(st.one_of(taken, fixed), min_size=1, max_size=6)
    return columns.map(
        lambda found: tuple(replace(column, head=f"{n}{column.head}") for n, column in enumerate(found))
    )


@given(
    st.builds(
        Layout,
        name=st.just("ours"),
        title=st.just('Our "system" \\ ½'),
        columns=_columns(),
        dates=st.sampled_from(Dates),
        times=st.sampled_from(Times),
        decimal=st.sampled_from(DecimalMark),
        modifiers_joined_by=st.sampled_from(["", " ", ",", "\\", '"', " ; "]),
        delimiter=st.sampled_from(Delimiter),
        line_ends=st.sampled_from(LineEnds),
        mark=st.booleans(),
        header=st.booleans(),
        guard=st.booleans(),
        excel_dates=st.sampled_from(ExcelDates),
    )
)
def test_a_layout_that_is_written_is_read_again_as_it_was(layout: Layout) -> None:
    assert read_layout("ours.toml", layout_text(layout)) == layout


@pytest.mark.parametrize("name", ["complete", "compact", "hospital"])
def test_the_ready_layouts_have_nothing_to_warn_of_and_come_back(name: str) -> None:
    layout = ready_layouts()[name].layout
    assert warnings(layout) == ()
    assert read_layout(f"{name}.toml", layout_text(layout)) == layout


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ({"line"}, "It leaves out the line id"),
        ({"session", "encounter"}, "It leaves out both session and encounter"),
        ({"action"}, "corrections and lines taken back look like new charges"),
        ({"replaces"}, "It leaves out what a line replaces"),
        ({"sent_before"}, "It leaves out sent_before"),
        ({"code"}, "It leaves out the code."),
        ({"units"}, "It leaves out the units."),
        ({"date_of_service"}, "It leaves out the date of service."),
        ({"modifier_1", "modifier_2", "modifier_3", "modifier_4"}, "It leaves out the modifiers."),
        (
            {"modifier_3", "modifier_4"},
            "It leaves out modifier_3, modifier_4: a line may have four modifiers.",
        ),
    ],
)
def test_what_a_receiver_would_miss_is_said(left_out: set[str], said: str) -> None:
    columns = tuple(column for column in STANDARD.columns if column.take not in left_out)
    (warning,) = warnings(replace(STANDARD, columns=columns))
    assert said in warning


def test_one_of_session_and_encounter_is_enough_and_so_are_joined_modifiers() -> None:
    left_out = {"session", "modifier_1", "modifier_2", "modifier_3", "modifier_4"}
    columns = tuple(column for column in STANDARD.columns if column.take not in left_out)
    joined = (*columns, LayoutColumn(take="modifiers", head="modifiers"))
    assert warnings(replace(STANDARD, columns=joined)) == ()


def test_texts_without_an_apostrophe_are_warned_of() -> None:
    (warning,) = warnings(replace(STANDARD, guard=False))
    assert "a spreadsheet may compute them" in warning
