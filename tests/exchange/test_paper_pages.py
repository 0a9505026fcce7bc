"""How blocks come to stand on pages: nothing is cut, nothing stands alone, every page says what it is."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.core.moments import HOUR_US
from desktop_app.exchange.paper import (
    Bar,
    Block,
    Column,
    FactGroup,
    Facts,
    Heading,
    Lane,
    Notice,
    Paper,
    Piece,
    Table,
    TableRow,
    Timeline,
    Words,
    without_column,
)
from desktop_app.exchange.pdf_pages import LETTER, pages_of
from desktop_app.exchange.pdf_text import shown
from tests.exchange.pdf_files import bare, read_paper
from tests.fakes import NEW_YORK, at

pytestmark = pytest.mark.usefixtures("qapp")
NINE = at("2026-03-02T09:00")
NUMBERED = (Column("No", 30, right=True), Column("What"))


def paper(*blocks: Block) -> Paper:
    return Paper(
        title="Test",
        sender=("Somebody", "Somewhere"),
        under_title=("Today",),
        running="Test · Today",
        blocks=blocks,
        foot="This is the foot",
    )


def numbered(count: int) -> Table:
    return Table(NUMBERED, tuple(TableRow((str(at), f"row {at}")) for at in range(count)))


def lane(name: str, *, hours: int = 1) -> Lane:
    return Lane(name=name, bars=(Bar(NINE, NINE + hours * HOUR_US, Piece.RUN),), note="60 min")


def test_who_it_is_from_stands_on_the_first_page_and_what_it_is_on_every_further_one() -> None:
    first, *more = map(bare, read_paper(paper(numbered(120))))
    assert first.startswith("SomebodySomewhereTestToday")
    assert len(more) == 2
    assert all(page.startswith("Test·Today") for page in more)


def test_every_page_has_its_foot_and_its_number() -> None:
    pages = read_paper(paper(numbered(120)))
    for number, page in enumerate(pages, start=1):
        assert bare(page).endswith(bare(f"This is the foot Page {number} of {len(pages)}"))


def test_a_tables_headings_stand_again_on_every_page_and_each_row_once() -> None:
    pages = [bare(page) for page in read_paper(paper(numbered(120)))]
    assert [page.count("NoWhat") for page in pages] == [1, 1, 1]
    assert all(sum(page.count(f"{at}row{at}") for page in pages) >= 1 for at in range(120))


@pytest.mark.parametrize("rows", range(30, 48))
def test_a_heading_never_stands_at_the_foot_of_a_page(rows: int) -> None:
    pages = [bare(page) for page in read_paper(paper(numbered(rows), Heading("Title"), numbered(3)))]
    with_title = next(page for page in pages if "Title" in page)
    assert "TitleNoWhat0row0" in with_title


@pytest.mark.parametrize("rows", range(30, 48))
def test_the_name_of_a_group_never_stands_without_a_lane(rows: int) -> None:
    drawn = Timeline(
        first_us=NINE,
        last_us=NINE + HOUR_US,
        zone=NEW_YORK,
        lanes=(Lane(name="one", bars=(), group="Site 1"), Lane(name="two", bars=(), group="Site 2")),
    )
    text = "".join(bare(page) for page in read_paper(paper(numbered(rows), Heading("Drawn"), drawn)))
    assert "Site1one" in text
    assert "Site2two" in text


def test_a_timeline_of_many_lanes_goes_on_with_its_scale() -> None:
    drawn = Timeline(
        first_us=NINE,
        last_us=NINE + HOUR_US,
        zone=NEW_YORK,
        lanes=tuple(lane(f"drug {number}") for number in range(100)),
    )
    pages = [bare(page) for page in read_paper(paper(drawn))]
    assert len(pages) > 1
    assert all("09:0009:1009:2009:30" in page for page in pages)
    assert all(sum(page.count(f"drug{number}60min") for page in pages) == 1 for number in range(100))


@pytest.mark.parametrize(
    ("hours", "shown_first"),
    [
        (1, "09:0009:10"),
        (5, "09:0010:00"),
        (13, "10:0012:00"),
        (30, "12:00"),
        (80, "2026-03-03"),
        (720, "2026-03-0"),
    ],
)
def test_the_scale_of_any_length_of_time_is_read_off_the_wall(hours: int, shown_first: str) -> None:
    lanes = (lane("x", hours=hours),)
    drawn = Timeline(first_us=NINE, last_us=NINE + hours * HOUR_US, zone=NEW_YORK, lanes=lanes)
    assert f"Today{shown_first}" in bare(read_paper(paper(drawn))[0])


def test_facts_stand_beside_each_other_and_what_is_not_known_is_left_out() -> None:
    facts = Facts((FactGroup("One", (("a", "1"), ("b", ""))), FactGroup("None", (("c", ""),))))
    text = bare(read_paper(paper(facts))[0])
    assert "Onea1" in text
    assert "None" not in text
    assert "b" not in text.removeprefix("SomebodySomewhereTestToday")


@pytest.mark.parametrize(
    "block",
    [
        Words("word " * 4000),
        Notice("word " * 4000),
        Facts((FactGroup("Title", (("label", "word " * 4000),)),)),
        Table(NUMBERED, (TableRow(("1", "word " * 4000), "word " * 10),)),
    ],
    ids=["words", "notice", "facts", "row"],
)
def test_no_word_of_a_block_higher_than_a_page_is_lost(block: Block) -> None:
    text = bare("".join(read_paper(paper(block))))
    expected = 4010 if isinstance(block, Table) else 4000
    assert text.count("word") == expected


def test_a_long_row_among_others_leaves_each_where_it_belongs() -> None:
    rows = (TableRow(("1", "first")), TableRow(("2", "long " * 2500)), TableRow(("3", "last")))
    text = bare("".join(read_paper(paper(Table(NUMBERED, rows)))))
    assert text.index("1first") < text.index("2long") < text.index("3last")
    assert text.count("long") == 2500


def test_paper_of_another_size_holds_the_same(qtbot: QtBot) -> None:
    assert qtbot is not None
    letter, a4 = pages_of(paper(numbered(120)), *LETTER), pages_of(paper(numbered(120)), 595, 842)
    assert (len(letter), len(a4)) == (3, 3)


def test_a_line_end_is_one_on_paper() -> None:
    assert "one\ntwo" in read_paper(paper(Words("one\ntwo")))[0]
    assert "one\ntwo" in read_paper(paper(Words("one\r\ntwo")))[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("plain =+-@ text", "plain =+-@ text"),
        ("a\tb", "a b"),
        ("\x07", "[U+0007]"),
        ("💉", "[U+1F489]"),
        ("\u202e123", "[U+202E]123"),
        ("a\u00adb\u200b", "a[U+00AD]b[U+200B]"),
        ("\ud800", "[U+D800]"),
        ("[U+1F489]", "[U+005B]U+1F489]"),
        ("é ñ ß × – · “q”", "é ñ ß × – · “q”"),
        ("שלום", "שלום"),
    ],
    ids=ascii,
)
def test_what_has_no_look_stands_as_its_number_and_nothing_can_be_taken_for_one(text: str, told: str) -> None:
    assert shown(text) == told


def test_a_column_that_is_left_out_moves_what_stands_under_a_row() -> None:
    table = Table(
        (Column("a"), Column("b"), Column("c")), (TableRow(("1", "2", "3"), "under"),), under_from=2
    )
    assert without_column(table, 1).under_from == 1
    assert without_column(table, 2).under_from == 2
    assert without_column(table, 1).rows[0].cells == ("1", "3")
