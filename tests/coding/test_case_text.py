from __future__ import annotations

import json
from decimal import Decimal

import pytest

from desktop_app.coding.case_text import NotJson, json_text, line_of, read_json
from desktop_app.coding.refusals import CaseError

TEXT = """{
 "id": "a\\n\\"{,:",
 "services": [
  {"drug": "x",
   "dose": 5},
  {"pauses": [["1", "2"],
              ["3", "4"]], "note": {}}
 ],
 "last": true
}"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("id",), 2),
        (("services",), 3),
        (("services", 0, "drug"), 4),
        (("services", 0, "dose"), 5),
        (("services", 1), 6),
        (("services", 1, "pauses", 1, 0), 7),
        (("services", 1, "note"), 7),
        (("last",), 9),
        (("services", 1, "route"), 6),  # missing: its parent
        (("nowhere",), 1),
    ],
)
def test_the_line_of_a_value_is_found(path: tuple[str | int, ...], line: int) -> None:
    assert line_of(TEXT, path) == line


def test_the_line_of_a_value_is_found_in_a_text_that_goes_wrong_further_on() -> None:
    assert line_of('{"a": 1,\n"b": 2} , ] {c', ("b",)) == 2


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("\n\n{}", ("nowhere",), 3),
        ("", ("nowhere",), 1),
        ('{"a": 1,\n"a": 2}', ("a",), 1),
        ('{"a": {"b": {"c": 1},\n"d": 2},\n"e": 3}', ("a", "d"), 2),
        ('{"a": {"b": {"c": 1},\n"d": 2},\n"e": 3}', ("e",), 3),
        ('{"a"\n:\n1}', ("a",), 3),
        ('{"a": [{},\n[],\n5]}', ("a", 2), 3),
    ],
)
def test_the_line_is_that_of_the_value_wherever_it_stands(
    text: str, path: tuple[str | int, ...], line: int
) -> None:
    assert line_of(text, path) == line


def test_numbers_are_exact() -> None:
    assert read_json("[0.1, 679, 1e2]") == [Decimal("0.1"), 679, Decimal("1E+2")]


@pytest.mark.parametrize(
    ("text", "fault", "line"),
    [
        ('{"id": "a",\n "date" }', "the text is not JSON: expecting ':' delimiter", 2),
        ("", "the text is not JSON: expecting value", 1),
        ("{}{}", "the text is not JSON: extra data", 1),
        ("[" * 200_000, "the text is nested too deeply", 1),
    ],
)
def test_a_text_that_is_not_json_is_refused_with_its_line(text: str, fault: str, line: int) -> None:
    with pytest.raises(NotJson) as refusal:
        read_json(text)
    assert (str(refusal.value), refusal.value.line) == (fault, line)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"a": 1, "b": {"c": 1, "c": 2}}', "b.c stands twice."),
        ('{"a": 1, "a": 2}', "a stands twice."),
        ('{"a": [{"b": 1}, {"b": 1, "b": 1}]}', "a[1].b stands twice."),
        ('{"dose": NaN}', "dose holds NaN, which is not a number."),
        ("NaN", "The case holds NaN, which is not a number."),
        ('{"note": "NaN", "a": [{"NaN": 1}, {"b": [2, NaN', "a[1].b[1] holds NaN, which is not a number."),
        ('{"dose": -Infinity}', "dose holds -Infinity, which is not a number."),
        ('{"dose": NaNo}', "dose holds NaN, which is not a number."),
        ('{"dose": 1e99999999999999999999}', "dose holds a number that cannot be read."),
        ('{"dose": 1e-99999999999999999999}', "dose holds a number that cannot be read."),
        ('{"a": {"x": 1}, "a": {"x": 1}}', "a stands twice."),
        ('{"a": 1, "a": 2} , ]', "a stands twice."),
        ('{"a": 1, "a": 2} 5 5 5', "a stands twice."),
        ('[{"a": 1, "a": 2}]]}, "b', "[0].a stands twice."),
        ('{"b": {"a": 1, "a": 2}, {c: 1}', "b.a stands twice."),
    ],
)
def test_what_json_allows_and_a_case_does_not_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(CaseError) as refusal:
        read_json(text)
    assert str(refusal.value) == sentence


def test_a_whole_number_of_use_is_one_and_any_other_is_a_decimal() -> None:
    longest = 10**18 - 1
    assert [type(read_json(str(number))) for number in (0, longest, longest + 1)] == [int, int, Decimal]
    assert read_json(str(longest + 1)) == longest + 1


def test_a_number_with_very_many_digits_is_read_without_a_fault() -> None:
    assert read_json("9" * 10_000) == Decimal("9" * 10_000)


def test_a_byte_order_mark_is_read_over() -> None:
    assert read_json('\ufeff{"id": "a"}') == {"id": "a"}


def test_decimals_are_written_digit_for_digit() -> None:
    value = {"dose": Decimal("12.50"), "big": Decimal("1E+3"), "list": [1, None, True, 'a"b']}
    assert json_text(value) == '{"dose": 12.50, "big": 1000, "list": [1, null, true, "a\\"b"]}'
    assert json.loads(json_text(value), parse_float=Decimal)["dose"] == Decimal("12.5")
