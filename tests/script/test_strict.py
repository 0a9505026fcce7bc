"""One line of JSON is read without guessing, or refused with the key's name."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.moments import HowKnown
from desktop_app.core.orders import Category, Container, Route
from desktop_app.script.strict import NotATouch
from desktop_app.script.times import instant_us
from desktop_app.script.touches import (
    Assign,
    Begin,
    Correct,
    Note,
    RecordDose,
    Seat,
    Stop,
)
from desktop_app.script.words import WORDS, parse_touch
from tests.fakes import NEW_YORK, at


def line(**keys: object) -> str:
    return json.dumps(keys)


def test_a_seat_carries_what_decides_the_coding() -> None:
    touch = parse_touch(
        line(
            do="seat",
            at="2026-03-02T08:21",
            chair="4",
            mrn="0004821",
            initials="R.M.",
            setting="facility",
            options={"jw_jz": False, "sequential_min": 31, "overlap": "majority"},
        )
    )
    assert isinstance(touch, Seat)
    assert touch.mrn == "0004821"
    assert touch.options == (("jw_jz", "false"), ("overlap", "majority"), ("sequential_min", "31"))


def test_a_start_carries_every_key_of_the_case_format() -> None:
    touch = parse_touch(
        '{"do":"start","chair":"4","service":"a","drug":"rituximab","category":"chemo",'
        '"route":"iv-infusion","site":"2","encounter":"1","primary":true,"pump":false,"kvo":false,'
        '"integral":false,"hormonal":false,"stopped_early":true,"same_dose_as_previous":false,'
        '"volume_ml":250,"rate_ml_h":0.1,"hcpcs":"J9312","unit_amount":10,"unit":"mg","dose":679.25,'
        '"ndc":"50242-0053-06","containers":[{"size":500,"count":1,"single_dose":true}],'
        '"planned_minutes":240,"lot":"A1","expiry":"2027-01"}'
    )
    assert isinstance(touch, Begin)
    order = touch.order_after(None)
    assert not hasattr(order, "text")
    assert (touch.category, touch.route) == (Category.CHEMO, Route.IV_INFUSION)
    assert touch.rate_ml_h == Decimal("0.1")
    assert touch.dose == Decimal("679.25")
    assert touch.containers == (Container(Decimal(500), 1, single_dose=True),)


def test_a_number_is_exact_to_its_last_digit() -> None:
    touch = parse_touch('{"do":"dose","chair":"4","dose":0.100000001}')
    assert isinstance(touch, RecordDose)
    assert touch.dose == Decimal("0.100000001")


def test_a_correction_says_how_the_new_instant_is_known() -> None:
    touch = parse_touch(line(do="correct", chair="4", what="stop", to="2026-03-02T11:02", how="pump"))
    assert isinstance(touch, Correct)
    assert touch.how is HowKnown.PUMP


def test_a_stop_can_name_what_begins_at_the_same_instant() -> None:
    touch = parse_touch(line(do="stop", chair="4", next={"service": "b", "drug": "saline"}))
    assert isinstance(touch, Stop)
    assert touch.next is not None
    assert touch.next.service == "b"


def test_a_mark_is_assigned_by_the_word_it_stands_for() -> None:
    touch = parse_touch(line(do="assign", mark="m1", what="stop", chair="4", service="a"))
    assert isinstance(touch, Assign)
    assert isinstance(touch.meaning, Stop)
    assert touch.meaning.service == "a"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "the line is not JSON: expecting property name enclosed in double quotes"),
        ("[1]", "the line is not an object in braces"),
        ("null", "the line is not an object in braces"),
        ('{"do":"end","chair":"4"} {"do":"end"}', "the line is not JSON: extra data"),
        ('{"do":"end","chair":"4","chair":"5"}', "chair stands twice"),
        ('{"chair":"4"}', "do is missing"),
        ('{"do":"end"}', "chair is missing"),
        ('{"do":"end","chair":4}', "chair must be a text in quotes"),
        ('{"do":"end","chair":null}', "chair must be a text in quotes"),
        ('{"do":"end","chair":"4","colour":"red"}', "colour is not a known key"),
        ('{"do":"end","chair":"\\ud800"}', "chair holds half a character"),
        ('{"do":"end","chair":"4","at":"08:21"}', "at must be a time such as 2026-03-02T09:00"),
        ('{"do":"end","chair":"4","at":"2026-02-30T08:21"}', "at is no date and time of the calendar"),
        ('{"do":"end","chair":"4","at":"0001-01-01T00:00"}', "at must lie between 1990 and 2199"),
        ('{"do":"dose","chair":"4","dose":"400"}', "dose must be a number"),
        ('{"do":"dose","chair":"4","dose":true}', "dose must be a number"),
        ('{"do":"dose","chair":"4","dose":NaN}', "dose holds NaN, which is not a number"),
        ('{"do":"dose","chair":"4","dose":-1}', "dose must be over 0, up to 1000000000"),
        ('{"do":"dose","chair":"4","dose":1e999999999}', "dose must be over 0, up to 1000000000"),
        ('{"do":"dose","chair":"4","dose":1e-30}', "dose must be over 0, up to 1000000000"),
        (
            '{"do":"correct","chair":"4","what":"pause","to":"2026-03-02T08:00","index":-1}',
            "index must be 0 or more",
        ),
        (
            '{"do":"correct","chair":"4","what":"pause","to":"2026-03-02T08:00","index":true}',
            "index must be a number",
        ),
        (
            '{"do":"correct","chair":"4","what":"pause","to":"2026-03-02T08:00","index":0.5}',
            "index must be a whole number",
        ),
        ('{"do":"dose","chair":"4","units":1.5}', "units must be a whole number"),
        ('{"do":"dose","chair":"4","hcpcs":"j1"}', "hcpcs must be a drug code such as J1745"),
        ('{"do":"dose","chair":"4","containers":{}}', "containers must be a list in brackets"),
        ('{"do":"dose","chair":"4","containers":[4]}', "containers[0] must be an object in braces"),
        (
            '{"do":"dose","chair":"4","containers":[{"size":1,"count":1,"single_dose":1}]}',
            "containers[0].single_dose must be true or false",
        ),
        (
            '{"do":"dose","chair":"4","containers":[{"count":1,"single_dose":true}]}',
            "containers[0].size is missing",
        ),
        ('{"do":"start","chair":"4","planned_minutes":10081}', "planned_minutes must be at most 10080"),
        ('{"do":"site","chair":"4","site":"2","reason":"a\\nb"}', "reason must be one line of 1 to 1000"),
        ('{"do":"pause","chair":"4","reason":"\\n"}', "reason must be one line of 1 to 1000"),
        ('{"do":"seat","chair":"4","initials":"R\\u0007M"}', "initials must be one line of 1 to 1000"),
        ('{"do":"stop","chair":"4","next":{"colour":1}}', "next.colour is not a known key"),
        ('{"do":"seat","chair":"4","options":[]}', "options must be an object in braces"),
        (
            '{"do":"seat","chair":"4","options":{"overlap":[]}}',
            "options.overlap must be a word, a whole number",
        ),
        ('{"do":"seat","chair":"4","timezone":"Mars/Olympus"}', "timezone must be a time zone such as"),
        ('{"do":"end","chair":"4","how":"guess"}', "how must be one of pressed, back-dated, pump, "),
        ('{"do":"end","chair":"4","at":"2026-03-02T08:21","how":"pressed"}', "how cannot be pressed"),
        ('{"do":"assign","chair":"4"}', "what is missing"),
        ('{"do":"assign","chair":"4","what":"sign"}', "what must be one of start, "),
        ('{"do":"move","chair":"4"}', "to is missing"),
        ('{"do":"export","to":"out","formats":"csv"}', "formats must be a list in brackets"),
        ('{"do":["end"],"chair":"4"}', "do must be one of seat, "),
        ('{"do":"dance","chair":"4"}', "do must be one of seat, "),
        ("[" * 100_000, "the line is nested too deeply"),
        ('{"do":"export","to":"out\\u0000"}', "to holds a character of no text (NUL)"),
        (
            '{"do":"assign","chair":"4","what":"correct"}',
            "what must be one of start, ",
        ),
        ('{"do":"note","chair":"4","text":"' + "x" * 10_001 + '"}', "text is longer than 10000 characters"),
    ],
)
def test_a_line_that_is_no_touch_is_refused_in_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(NotATouch) as refused:
        parse_touch(text)
    assert str(refused.value).startswith(sentence)


def test_a_line_that_is_not_utf8_is_refused() -> None:
    with pytest.raises(NotATouch, match="not UTF-8"):
        parse_touch(b'{"do":"end","chair":"\xff"}')


def test_a_mark_of_order_at_the_start_of_a_file_is_no_fault() -> None:
    assert parse_touch(b'\xef\xbb\xbf{"do":"end","chair":"4"}\r\n').chair == "4"


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2026-03-02T08:21", at("2026-03-02T08:21")),
        ("2026-03-02T08:21:30", at("2026-03-02T08:21:30")),
        ("2026-03-02T08:21:30.123456", at("2026-03-02T08:21:30") + 123_456),
        ("2026-03-02T14:21:00+01:00", at("2026-03-02T08:21")),
        ("2026-03-02T13:21Z", at("2026-03-02T08:21")),
        ("2026-11-01T01:30", at("2026-11-01T01:30")),
    ],
)
def test_a_local_time_is_read_to_the_microsecond(written: str, instant: int) -> None:
    touch = parse_touch(line(do="end", chair="4", at=written))
    assert touch.at is not None
    assert instant_us(touch.at, NEW_YORK) == instant


def test_a_time_that_the_clocks_skip_is_refused() -> None:
    touch = parse_touch(line(do="end", chair="4", at="2026-03-08T02:30"))
    assert touch.at is not None
    with pytest.raises(NotATouch, match="2026-03-08T02:30:00 does not exist in America/New_York"):
        instant_us(touch.at, NEW_YORK)


TEXT = st.text("aé“\ud800\n", max_size=4)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)
KEYS = st.sampled_from(
    ["at", "session", "how", "service", "dose", "containers", "to", "what", "next", "options"]
)


@given(st.sampled_from(sorted(WORDS)), st.dictionaries(KEYS, JSON, max_size=4))
def test_any_json_object_is_a_touch_or_one_sentence(word: str, keys: dict[str, Any]) -> None:
    said = ""
    try:
        assert parse_touch(json.dumps({"chair": "4", **keys, "do": word})).do == word
    except NotATouch as refused:
        said = str(refused)
    assert (
        said == ""
        or said.split()[1] in {"must", "is", "holds", "cannot", "line"}
        or "is not a number" in said
    )


@given(st.binary(max_size=40))
def test_any_bytes_are_a_touch_or_one_sentence(raw: bytes) -> None:
    with pytest.raises(NotATouch):
        parse_touch(raw)


def test_a_note_may_run_over_lines() -> None:
    touch = parse_touch(line(do="note", chair="4", text="slept\nwoke"))
    assert isinstance(touch, Note)
    assert touch.text == "slept\nwoke"
