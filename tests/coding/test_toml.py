"""Where a key of a TOML text stands, and what is refused of one."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.coding.refusals import RulebookError
from desktop_app.coding.toml_lines import Path, key_lines, line_of
from desktop_app.coding.toml_text import LONGEST_TEXT, Section, read_toml

TEXT = '''\
# [comment] = "not a key"
plain = 1
a.b . "c d" = [1]
many = """
[no] = 1
\\" ""\\"""""
'literal' = \'\'\'it's ''quoted\'\'\'\'\' # here
list = [ 1, # ]
  {q = "}", r.s = [
 3]}, 2026-01-01 10:00:00,

  [[], {}] ]
[t."u.v"]
inline = {one = '#', two = {three = "\\\\"}}
[[blocks]]
m = 1
[[blocks.inner]]
n = 1
[[blocks]]
[[blocks.inner]]
[blocks.inner.deep]
n = 2
[ t.w ]
x=[true]
'''

PLACES: dict[Path, int] = {
    ("plain",): 2,
    ("a",): 3,
    ("a", "b", "c d", 0): 3,
    ("many",): 4,
    ("literal",): 7,
    ("list", 0): 8,
    ("list", 1, "q"): 9,
    ("list", 1, "r", "s", 0): 10,
    ("list", 2): 10,
    ("list", 3, 1): 12,
    ("t",): 13,
    ("t", "u.v", "inline", "one"): 14,
    ("t", "u.v", "inline", "two", "three"): 14,
    ("blocks",): 15,
    ("blocks", 0): 15,
    ("blocks", 0, "m"): 16,
    ("blocks", 0, "inner", 0, "n"): 18,
    ("blocks", 1): 19,
    ("blocks", 1, "inner", 0): 20,
    ("blocks", 1, "inner", 0, "deep", "n"): 22,
    ("t", "w"): 23,
    ("t", "w", "x", 0): 24,
}


@pytest.mark.parametrize(("path", "line"), PLACES.items(), ids=str)
def test_a_key_is_found_on_its_line_however_it_is_written(path: Path, line: int) -> None:
    assert line_of(TEXT, path) == line
    assert line_of(TEXT.replace("\n", "\r\n"), path) == line


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("blocks", 1, "inner", 0, "gone"), 20),
        (("blocks", 1, "gone"), 19),
        (("t", "w", "gone", "further"), 23),
        (("blocks", 0, "gone"), 15),
        (("gone",), 1),
    ],
)
def test_a_key_that_is_missing_is_told_at_its_table_or_at_the_top(path: Path, line: int) -> None:
    assert line_of(TEXT, path) == line


def _paths(value: object, path: Path = ()) -> set[Path]:
    inside: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    return {path} | {found for step, item in inside for found in _paths(item, (*path, step))}


def test_every_key_and_item_that_the_parser_sees_has_a_line() -> None:
    assert set(key_lines(TEXT)) == _paths(tomllib.loads(TEXT)) - {()}


strings = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=8)
scalars = st.integers(-9, 9) | st.booleans() | st.dates() | strings
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(strings, inner, max_size=3),
    max_leaves=8,
)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, list):
        return "[\n" + ",\n".join(map(_written, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(key)} = {_flat(item)}" for key, item in value.items()) + "}"
    return str(value)


def _flat(value: object) -> str:
    return _written(value).replace("\n", "")


@given(st.dictionaries(strings, values, max_size=4))
def test_whatever_is_written_has_its_lines_found(content: dict[str, object]) -> None:
    text = "".join(f"\n{_quoted(key)} = {_written(value)}" for key, value in content.items())
    lines = key_lines(text)
    assert set(lines) == _paths(tomllib.loads(text)) - {()}
    for key in content:
        assert text.split("\n")[lines[key,] - 1].startswith(f"{_quoted(key)} = ")


BROKEN = {
    "a = 1\nb = \n": ("2", "TOML, but there is: Invalid value"),
    'a = 1\n\nb = "x': ("3", "TOML, but there is: "),
    "a = 1\na = 2": ("2", "TOML, but there is: Cannot overwrite a value"),
    "[a]\n[a]": ("2", "TOML, but there is: Cannot declare"),
    f"a = 1\nb = {'9' * 5000}\nc = 2": ("2", "TOML in which no whole number has thousands of digits"),
    f"\na = {'9' * 5000}": ("2", "TOML in which no whole number has thousands of digits"),
    "\n\na =\n\n": ("3", "TOML, but there is: Invalid value"),
    f"a = {'[' * 20000}": ("1", "TOML that is nested less deeply"),
    "a = 2026-02-30": ("1", "TOML, but there is: Invalid date"),
    "=": ("1", "TOML, but there is: "),
}


@pytest.mark.parametrize(("text", "said"), BROKEN.items(), ids=range(len(BROKEN)))
def test_what_is_no_toml_is_refused_with_its_line(text: str, said: tuple[str, str]) -> None:
    with pytest.raises(RulebookError) as fault:
        read_toml("x.toml", text)
    line, expected = said
    assert str(fault.value).startswith(f"x.toml, line {line}: the text should be {expected}")
    assert len(str(fault.value)) < LONGEST_TEXT + 100


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing yet\n"])
def test_a_file_with_nothing_in_it_is_refused(text: str) -> None:
    with pytest.raises(
        RulebookError, match=r"x\.toml, line 1: the file should be filled: there is nothing in it"
    ):
        read_toml("x.toml", text)


def top(text: str) -> Section:
    return read_toml("x.toml", text)


def said(text: str, ask: str, key: str) -> str:
    with pytest.raises(RulebookError) as fault:
        list(getattr(top(text), ask)(key))
    return str(fault.value).removeprefix("x.toml, ")


def test_every_kind_is_asked_for_by_name() -> None:
    text = 'w = ""\nl = "x"\nn = 3\nd = 2026-01-01\nws = ["a"]\nt = {a = 1}\n'
    section = top(text)
    assert (section.word("w"), section.word("none", "!"), section.label("l")) == ("", "!", "x")
    assert (section.number("n", 3), section.day("d").year, section.words("ws")) == (3, 2026, ("a",))
    assert (section.table("t").values, section.table("none").values) == ({"a": 1}, {})
    assert (section.one_of("l", ("x",)), list(section.sections("none"))) == ("x", [])


@pytest.mark.parametrize(
    ("text", "ask", "expected"),
    [
        ("k = 5", "word", "line 1: k should be a text in quotes"),
        ("a = 1\n", "word", "line 1: k should be a text in quotes"),
        ('k = """b\na"""', "word", "on one line"),
        (f'k = "{"x" * 401}"', "word", "at most 400 characters"),
        ('k = "b\\na"', "label", "of 1 to 400 characters on one line"),
        ('k = ""', "label", "of 1 to 400 characters on one line"),
        ('k = " "', "label", "of 1 to 400 characters"),
        ('k = "abc"', "words", "a list of texts with at least one in it"),
        ("k = [5]", "words", "a list of texts with at least one in it"),
        ('k = [""]', "words", "a list of texts with at least one in it"),
        ('k = ["b\\na"]', "words", "a list of texts with at least one in it"),
        (f'k = ["{"x" * 401}"]', "words", "a list of texts with at least one in it"),
        ("k = []", "words", "a list of texts with at least one in it"),
        ('k = ["a", " "]', "words", "a list of texts with at least one in it"),
        ('k = ["a", "a"]', "words", "nothing stands twice"),
        ("a = 1\nk = [{}, 1]", "sections", "line 2: k should be a list of tables, each under a [[header]]"),
        ('k = ""', "sections", "line 1: k should be a list of tables, each under a [[header]]"),
        ("k = 5", "sections", "line 1: k should be a list of tables, each under a [[header]]"),
        ("k = 1", "section", "k should be a table under [k]"),
        ("k = 1", "table", "k should be a table in braces"),
    ],
)
def test_another_kind_is_refused(text: str, ask: str, expected: str) -> None:
    assert expected in said(text, ask, "k")


def test_a_text_may_have_400_characters_and_one_in_a_list_too() -> None:
    text = "x" * 400
    section = top(f'w = "{text}"\nws = ["{text}"]')
    assert (section.word("w"), section.label("w"), section.words("ws")) == (text, text, (text,))


def test_a_table_deep_inside_is_named_with_every_table_around_it() -> None:
    (block,) = top("[a]\n[[a.b]]\n[[a.b.c]]\nd = 5").section("a").sections("b")
    (inner,) = block.sections("c")
    with pytest.raises(RulebookError) as fault:
        inner.day("d")
    assert str(fault.value) == "x.toml, line 4: [[a.b.c]] d should be a date such as 2026-01-01."


@pytest.mark.parametrize("key", ["a", '"a.b"', "'a' "])
@pytest.mark.parametrize("shape", ["{} = 1", "[{}]", "[[ {} ]]", "k = {{ {} = 1 }}"])
def test_a_key_of_sixteen_parts_is_refused_before_it_is_parsed(key: str, shape: str) -> None:
    head = "# one\n"
    assert top(head + shape.format(".".join([key] * 15))).values
    with pytest.raises(RulebookError) as fault:
        top(head + shape.format(" . ".join([key] * 16)))
    assert str(fault.value) == (
        "x.toml, line 2: the key should be one of fewer than 16 parts with dots between."
    )


def test_a_key_that_is_long_or_not_plain_is_cut_in_the_sentence() -> None:
    key = "x" * 70
    with pytest.raises(RulebookError, match=r"line 1: x{60}\.\.\. should be gone"):
        top(f"{key} = 1").only("name")
