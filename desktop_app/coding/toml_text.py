"""TOML read with suspicion: every key asked for by name and kind, and none left over.

Every fault is told with file, line, key and what was expected: each reader of a ``Section`` raises
RulebookError with them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeGuard

from desktop_app.coding.refusals import RulebookError, shown
from desktop_app.coding.toml_lines import Path, line_of
from desktop_app.core.recordable import FINEST, is_amount
from desktop_app.core.values import dataclass

_FAULT_LINE = re.compile(r"at line (\d+)")
_TOO_LONG = re.compile(r"[\d_]{4300,}")
_DEEPEST_KEY = 16
_DEEP_KEY = re.compile(
    r"""(?:^|[\[{,])[ \t]*(?:(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){15}""", re.MULTILINE
)
"""A key of more parts than any of ours has: the parser of the standard library takes the square of its
parts, and a file of a few thousand of them hours."""
LONGEST_TEXT = 400
"""The most characters of one text."""


@dataclass(frozen=True, slots=True)
class Section:
    """One table of a TOML file, with where it stands for the sentence of a refusal."""

    file: str
    text: str
    path: Path
    """Where it stands in the file; empty for the top."""
    named: str
    """What a refusal writes before a key: ``[name] ``, ``[[name]] set.``, or nothing at the top."""
    values: Mapping[str, object]

    def word(self, key: str, default: str | None = None) -> str:
        """Return a text; empty texts are allowed."""
        value = self.values.get(key, default)
        if not _is_plain(value, LONGEST_TEXT):
            raise self.refusal(key, f"a text in quotes, on one line and of at most {LONGEST_TEXT} characters")
        return value

    def label(self, key: str, longest: int = LONGEST_TEXT) -> str:
        """Return a text with something in it."""
        value = self.values.get(key)
        if not _is_label(value, longest):
            raise self.refusal(key, f"a text in quotes, of 1 to {longest} characters on one line")
        return value

    def shaped(self, key: str, shape: re.Pattern[str], expected: str) -> str:
        """Return a text that has a shape."""
        value = self.values.get(key)
        if not isinstance(value, str) or not shape.fullmatch(value):
            raise self.refusal(key, expected)
        return value

    def number(self, key: str, most: int) -> int:
        """Return a whole number from 1 to the most it may be."""
        value = self.values.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
            raise self.refusal(key, f"a whole number from 1 to {most}")
        return value

    def amount(self, key: str, most: int) -> Decimal:
        """Return a number over 0, up to the most it may be, exact."""
        value = self.values.get(key)
        if not _is_amount(value, most):
            raise self.refusal(key, f"a number over 0, up to {most}, with at most {-FINEST} decimal places")
        return Decimal(value)

    def flag(self, key: str) -> bool:
        """Return true or false; false where the key is missing."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.refusal(key, "true or false")
        return value

    def day(self, key: str) -> date:
        """Return a date."""
        value = self.values.get(key)
        if type(value) is not date:
            raise self.refusal(key, "a date such as 2026-01-01")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of texts with at least one in it, none of them empty or there twice."""
        value = self.values.get(key)
        if (
            not isinstance(value, list)
            or not value
            or not all(_is_label(item, LONGEST_TEXT) for item in value)
        ):
            raise self.refusal(key, "a list of texts with at least one in it")
        if len(set(value)) < len(value):
            raise self.refusal(key, "a list in which nothing stands twice")
        return tuple(value)

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        """Return a text that must be one of some words."""
        value = self.values.get(key)
        if not isinstance(value, str) or value not in allowed:
            raise self.refusal(key, "one of " + ", ".join(allowed))
        return value

    def table(self, key: str) -> Section:
        """Return a table in braces; an empty one where the key is missing."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.refusal(key, "a table in braces")
        return Section(self.file, self.text, (*self.path, key), f"{self.named}{shown(key)}.", value)

    def section(self, name: str) -> Section:
        """Return the table under ``[name]``."""
        value = self.values[name]
        if not isinstance(value, dict):
            raise self.refusal(name, f"a table under [{shown(name)}]")
        return Section(self.file, self.text, (*self.path, name), f"[{shown(name)}] ", value)

    def sections(self, key: str) -> Iterator[Section]:
        """Yield the tables of a list of tables, in order; none where the key is missing."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.refusal(key, "a list of tables, each under a [[header]]")
        outside = "".join(f"{shown(step)}." for step in self.path if isinstance(step, str))
        for place, item in enumerate(value):
            yield Section(self.file, self.text, (*self.path, key, place), f"[[{outside}{shown(key)}]] ", item)

    def only(self, *keys: str) -> None:
        """Refuse any key but these."""
        for key in self.values:
            if key not in keys:
                raise self.refusal(key, "gone: it is not a key of this table")

    def refusal(self, key: str, expected: str) -> RulebookError:
        """Return the refusal of what stands under a key here."""
        return RulebookError(
            self.file, line_of(self.text, (*self.path, key)), f"{self.named}{shown(key)}", expected
        )


def _is_plain(value: object, longest: int) -> TypeGuard[str]:
    return isinstance(value, str) and len(value) <= longest and value.isprintable()


def _is_amount(value: object, most: int) -> TypeGuard[int | Decimal]:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return False
    return is_amount(Decimal(value)) and value <= most


def _is_label(value: object, longest: int) -> TypeGuard[str]:
    return _is_plain(value, longest) and bool(value.strip())


def read_toml(file: str, text: str) -> Section:
    """Return the top of a TOML text. Raises RulebookError where it is not TOML."""
    if deep := _DEEP_KEY.search(text):
        line = text.count("\n", 0, deep.end()) + 1
        expected = f"one of fewer than {_DEEPEST_KEY} parts with dots between"
        raise RulebookError(file, line, "the key", expected)
    try:
        values = tomllib.loads(text, parse_float=_exact)
    except RecursionError:
        raise RulebookError(file, 1, "the text", "TOML that is nested less deeply") from None
    except ValueError as fault:  # a fault of TOML, or a number with more digits than Python takes
        raise RulebookError(file, _line_of(fault, text), "the text", _expected(fault)) from None
    if not values:
        raise RulebookError(file, 1, "the file", "filled: there is nothing in it")
    return Section(file, text, (), "", values)


def _exact(written: str) -> Decimal:
    """Return a number with a point as it is written, digit for digit; what is too large for one is none."""
    try:
        return Decimal(written)
    except InvalidOperation:
        return Decimal("NaN")


def _expected(fault: ValueError) -> str:
    """Return what the text should be: without a number too long for Python, or else TOML at all."""
    if isinstance(fault, tomllib.TOMLDecodeError):
        return f"TOML, but there is: {str(fault)[:LONGEST_TEXT]}"
    return "TOML in which no whole number has thousands of digits"


def _line_of(fault: ValueError, text: str) -> int:
    """Return the line the parser names, that of a number too long for it, or that of the text's end."""
    if named := _FAULT_LINE.search(str(fault)):
        return int(named.group(1))
    number = _TOO_LONG.search(text)
    before = text[: number.start()] if number else text.rstrip()
    return before.count("\n") + 1


def named_sections(top: Section) -> Iterator[tuple[str, Section]]:
    """Yield every ``[name]`` table of a file with its name."""
    for name in top.values:
        yield name, top.section(name)


def dated_sections(top: Section, but: tuple[str, ...] = ()) -> Iterator[tuple[str, Section]]:
    """Yield every ``[name]`` table with its name; what replaces it later is a further ``[[name]]`` block.

    ``but`` names the keys that are no such tables.
    """
    for name, value in top.values.items():
        if name in but:
            continue
        if isinstance(value, list):
            yield from ((name, section) for section in top.sections(name))
        else:
            yield name, top.section(name)
