"""Reads a bundle of FHIR resources back, an entry at a time, by nothing but the rules of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NoReturn, TextIO

CHUNK = 65_536
ENTRIES = "entry"
_BETWEEN = " \t\r\n"
_MOST_DIGITS = 20
_NO_NUMBER = "it has a number too large to be one"


class NotRead(ValueError):
    """A file that is no JSON, or none that means one thing only; ``str`` says what is wrong."""


def members(path: Path) -> Iterator[tuple[str, object]]:
    """Yield what a file's one object holds, by name; of its entries each by itself.

    Raises OSError and NotRead. Numbers are Decimal, as they are written.
    """
    with path.open(encoding="utf-8", newline="") as file:
        try:
            yield from _Reading(file).members()
        except UnicodeDecodeError:
            raise NotRead("it has a byte that is no UTF-8") from None
        except json.JSONDecodeError as fault:
            raise NotRead(f"it is no JSON: {fault.msg}") from None
        except RecursionError:
            raise NotRead("it is nested too deeply") from None


def found(element: object, *names: str) -> list[object]:
    """Return everything that stands at the end of a way through elements, lists seen through."""
    every = [element]
    for name in names:
        below = [one.get(name) for one in every if isinstance(one, dict)]
        every = [one for value in below for one in (value if isinstance(value, list) else [value])]
    return [one for one in every if one is not None]


def words(element: object, *names: str) -> list[str]:
    """Return the texts at the end of a way."""
    return [one for one in found(element, *names) if isinstance(one, str)]


def word(element: object, *names: str) -> str:
    """Return the first text at the end of a way; empty where there is none."""
    if len(names) == 1 and isinstance(element, dict):  # as nearly all ask, so the short way
        value = element.get(names[0])
        if isinstance(value, str):
            return value
    return next(iter(words(element, *names)), "")


def number(element: object, *names: str) -> Decimal | None:
    """Return the first number at the end of a way; None where there is none."""
    return next((one for one in found(element, *names) if isinstance(one, Decimal)), None)


def everything(element: object) -> Iterator[tuple[str, object]]:
    """Yield an element and all that is in it, each with the name it stands under."""
    open_ends: list[tuple[str, object]] = [("", element)]
    while open_ends:
        name, one = open_ends.pop()
        yield name, one
        if isinstance(one, dict):
            open_ends.extend(one.items())
        elif isinstance(one, list):
            open_ends.extend((name, below) for below in one)


class _Reading:
    """A file while it is read: never more of it at once than an entry and a chunk."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text = ""
        self._at = 0

    def members(self) -> Iterator[tuple[str, object]]:
        """Yield the members of the one object."""
        self._take("{")
        if self._sign() != "}":
            yield from self._member()
            while self._sign() == ",":
                self._take(",")
                yield from self._member()
        self._take("}")
        if self._sign():
            raise NotRead("something follows its end")

    def _member(self) -> Iterator[tuple[str, object]]:
        name = self._value()
        if not isinstance(name, str):
            raise NotRead("an element has no name")
        self._take(":")
        if name != ENTRIES or self._sign() != "[":
            yield name, self._value()
            return
        self._take("[")
        while self._sign() != "]":
            yield ENTRIES, self._value()
            if self._sign() != "]":
                self._take(",")
        self._take("]")

    def _sign(self) -> str:
        """Return the next sign that is no space; nothing at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _BETWEEN:
                    return self._text[self._at]
                self._at += 1
            if not self._more():
                return ""

    def _take(self, sign: str) -> None:
        if self._sign() != sign:
            raise NotRead(f"it is no JSON: {sign} is expected where {self._sign() or 'its end'} stands")
        self._at += 1

    def _value(self) -> object:
        """Return the next value, once enough of the file is read to know where it ends."""
        self._sign()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError:
                if not self._more():
                    raise
                continue
            if end == len(self._text) and self._more():
                continue  # a number may go on
            self._at = end
            return value

    def _more(self) -> bool:
        """Read on, each time as much again as waits for its end; return whether there was more.

        So what is read again and again, as an entry that never ends, costs no more than a few readings.
        """
        chunk = self._file.read(max(CHUNK, len(self._text) - self._at))
        self._text = self._text[self._at :] + chunk
        self._at = 0
        return bool(chunk)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    named = dict(pairs)
    if len(named) < len(pairs):
        raise NotRead("an element stands twice in one object")
    return named


def _exact(said: str) -> Decimal:
    try:
        value = Decimal(said)
    except InvalidOperation:
        raise NotRead(_NO_NUMBER) from None
    # Nothing is counted with what has more digits: sums of such numbers have no end either.
    if value and abs(value.adjusted()) > _MOST_DIGITS:
        raise NotRead(_NO_NUMBER)
    return value


def _no_number(said: str) -> NoReturn:
    raise NotRead(f"{said} is no number")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_exact, parse_int=_exact, parse_constant=_no_number
)
