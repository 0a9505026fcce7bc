"""A made-up event of each kind with something of its own in every field, and what should be read of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import count
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from desktop_app.core import events as e
from desktop_app.core.moments import MINUTE_US
from desktop_app.core.orders import Setting
from desktop_app.core.record.plain import named, when_words
from desktop_app.core.told import SETTING_WORDS, number
from tests.fakes import NEW_YORK
from tests.store.examples import NINE

Held = Any
"""What a field can hold, or say that it holds."""
COUNTED = {"sessions", "lines", "left_over"}
"""Of a batch or a day: lists of other patients' sessions, told by how many they are."""
NOT_TOLD_OF_A_LINE = {"id", "kind", "services", "rules", "sources"}
"""What stays in the stored body of a signed line."""


def made(kind: type[e.Event]) -> e.Event:
    """Return an event in which no two fields hold the same."""
    return _dataclass(kind, count(1))  # type: ignore[no-any-return]  # of that class


def _dataclass(kind: Held, numbers: Iterator[int]) -> Held:
    hints = get_type_hints(kind)
    values = {field.name: _value(hints[field.name], field.name, numbers) for field in fields(kind)}
    return kind(**values)


def _value(hint: Held, name: str, numbers: Iterator[int]) -> Held:
    origin: Held = get_origin(hint)
    if origin in (UnionType, Union):
        (hint,) = (one for one in get_args(hint) if one is not NoneType)
        origin = get_origin(hint)
    if origin is tuple:
        inner = get_args(hint)
        return tuple(_value(one, name, numbers) for one in inner if one is not Ellipsis)
    if is_dataclass(hint):
        return _dataclass(hint, numbers)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return list(hint)[-1]
    at = next(numbers)
    plain = {
        bool: True,
        int: NINE + at * 61 * MINUTE_US if name.endswith("_us") else 7000 + at,
        Decimal: Decimal(at) + Decimal("0.5"),
        date: date(2026, 4, at % 28 + 1),
        str: f"word{at}x",
    }
    return plain[hint]


def facts(event: e.Event) -> Iterator[str]:
    """Yield everything an event holds, as it should be read; not when it happened, which is told beside."""
    for field in fields(event):
        if field.name in {"at_us", "how"}:
            continue
        held = getattr(event, field.name)
        is_counted = field.name in COUNTED and not isinstance(event, e.SessionSigned)
        yield from () if is_counted else _read(held, field.name)


def _read(held: Held, name: str) -> Iterator[str]:
    if isinstance(held, tuple):
        for one in held:
            yield from _read(one, name)
    elif is_dataclass(held):
        for field in fields(held):
            if not (isinstance(held, e.SignedLine) and field.name in NOT_TOLD_OF_A_LINE):
                yield from _read(getattr(held, field.name), field.name)
    else:
        yield _text(held, name)


def _text(held: Held, name: str) -> str:
    if name in {"start_us", "stop_us"}:
        return when_words(held, NEW_YORK)[-12:]
    if isinstance(held, bool):
        return "single-dose" if name == "single_dose" else f"{named(name)} yes"
    if isinstance(held, int):
        return when_words(held, NEW_YORK)[-12:] if name.endswith("_us") else str(held)
    if isinstance(held, Decimal):
        return number(held)
    if isinstance(held, Enum):
        return SETTING_WORDS[held] if isinstance(held, Setting) else str(held.value).replace("-", " ")
    return held.isoformat() if isinstance(held, date) else str(held)
