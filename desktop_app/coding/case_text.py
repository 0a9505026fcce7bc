"""The text of a case: JSON read without guessing, and where in it a fault stands.

A doubled key, a number that is none, nonsense nested too deep: each is refused, never
repaired. Numbers are whole numbers or decimals, so that no dose is ever rounded.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from typing import NoReturn

from desktop_app.coding.refusals import CaseError, Path
from desktop_app.core.recordable import plain_number

_LONGEST_WHOLE = 18
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


class NotJson(ValueError):
    """A text that is not JSON at all; ``str`` says what is wrong, ``line`` where."""

    def __init__(self, fault: str, line: int) -> None:
        """Say what is wrong with the text at a line, counted from 1."""
        super().__init__(fault)
        self.line = line


def read_json(text: str) -> object:
    """Return what a JSON text holds; numbers are ``int`` or ``Decimal``.

    Raises NotJson where it is not JSON, and CaseError for a key that stands twice or a number
    that is none.
    """
    try:
        value: object = _DECODER.decode(text.removeprefix("\ufeff"))
    except _NoNumber as fault:
        raise CaseError(_path_of(text, fault.word), str(fault)) from None
    except _Doubled:
        raise CaseError(_doubled_path(text), "stands twice") from None
    except json.JSONDecodeError as fault:
        raise NotJson(f"the text is not JSON: {fault.msg.lower()}", fault.lineno) from None
    except RecursionError:
        raise NotJson("the text is nested too deeply", 1) from None
    return value


class _Doubled(ValueError):
    """A key that stands twice in one object."""


class _NoNumber(ValueError):
    """A word in the place of a number that is none, or none that can be read."""

    def __init__(self, word: str, told: str) -> None:
        super().__init__(told)
        self.word = word


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Doubled
    return found


def _no_constant(word: str) -> NoReturn:
    raise _NoNumber(word, f"holds {word}, which is not a number")


def _whole(digits: str) -> int | Decimal:
    """Return a whole number; one beyond any use stays a Decimal, which costs nothing to read."""
    return int(digits) if len(digits) <= _LONGEST_WHOLE else _decimal(digits)


def _decimal(digits: str) -> Decimal:
    try:
        return Decimal(digits)
    except InvalidOperation:
        raise _NoNumber(digits, "holds a number that cannot be read") from None


_DECODER = json.JSONDecoder(
    object_pairs_hook=_once, parse_float=_decimal, parse_int=_whole, parse_constant=_no_constant
)


def line_of(text: str, path: Path) -> int:
    """Return the line, counted from 1, on which the value at a path stands, or its nearest parent."""
    nearest, line = -1, 1
    for place, found_line, _word in _places(text):
        if place == path[: len(place)] and len(place) > nearest:
            nearest, line = len(place), found_line
    return line


def _doubled_path(text: str) -> Path:
    """Return the first path that stands for the second time; what follows may be no JSON."""
    places = (place for place, _line, _word in _places(text))
    seen, path = set[Path](), next(places)
    while path not in seen:
        seen.add(path)
        path = next(places)
    return path


def _path_of(text: str, word: str) -> Path:
    """Return the path of the first value whose text begins with a word."""
    return next((place for place, _line, written in _places(text) if written.startswith(word)), ())


def _places(text: str) -> Iterator[tuple[Path, int, str]]:
    """Yield the path, line and first word of every value in a JSON text.

    In a text that goes wrong further on, every value up to there is told.
    """
    with suppress(IndexError, ValueError):
        yield from _walked(text)


def _walked(text: str) -> Iterator[tuple[Path, int, str]]:
    """Yield what ``_places`` does. Raises IndexError or ValueError where the text is no JSON."""
    path: list[str | int] = []
    awaits_key, line, at = False, 1, 0
    for token in _TOKEN.finditer(text):
        line += text.count("\n", at, token.start())
        at, word = token.start(), token.group()
        if word in "}]":
            path.pop()
        elif word == ",":
            awaits_key = _to_next(path)
        elif awaits_key:
            path[-1], awaits_key = json.loads(word), False
        elif word != ":":
            yield tuple(path), line, word
            if word in "{[":
                path.append(0)
                awaits_key = word == "{"


def _to_next(path: list[str | int]) -> bool:
    """Go on to the next entry of a list; of an object, say that its next key comes now."""
    place = path[-1]
    if isinstance(place, str):
        return True
    path[-1] = place + 1
    return False


def json_text(value: object) -> str:
    """Return a value as JSON on one line; decimals are written digit for digit, far ones by their power."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {json_text(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(json_text(item) for item in value) + "]"
    if isinstance(value, Decimal):
        return plain_number(value)
    return json.dumps(value)
