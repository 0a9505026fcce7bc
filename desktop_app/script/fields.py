"""From JSON values to typed fields: each dataclass of a touch says by its types what it takes.

A key that no field bears, a missing one, and a value of another type are each refused with
the key's name. How a class is read is worked out once, from its type hints.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from desktop_app.script.strict import NotATouch
from desktop_app.script.times import LocalTime, read_time

T = TypeVar("T")
Reader = Callable[[str, Any], Any]
Options = tuple[tuple[str, str], ...]

LARGEST = 1_000_000_000
FINEST = -9
"""Numbers are kept between 0 and a thousand million, to nine decimal places."""

LONGEST_TEXT = 10_000


def read_fields(kind: type[T], raw: Mapping[str, Any], inside: str = "") -> T:
    """Return a dataclass from the keys of a JSON object. Raises NotATouch, naming the key."""
    readers, needed = _plan(cast("Any", kind))
    for key in raw:
        if key not in readers:
            raise NotATouch(f"key “{inside}{key}” is not known here")
    for key in needed:
        if key not in raw:
            raise NotATouch(f"key “{inside}{key}” is missing")
    return kind(**{key: readers[key](inside + key, value) for key, value in raw.items()})


@cache
def _plan(kind: type) -> tuple[dict[str, Reader], tuple[str, ...]]:
    hints = get_type_hints(kind)
    known = fields(cast("Any", kind))
    needed = tuple(f.name for f in known if f.default is MISSING and f.default_factory is MISSING)
    return {field.name: _reader(hints[field.name]) for field in known}, needed


def _reader(hint: Any) -> Reader:  # noqa: ANN401 - a type hint can be a class, a union or a generic
    if hint in _PLAIN:
        return _PLAIN[hint]
    if get_origin(hint) is UnionType:
        return _reader(next(kind for kind in get_args(hint) if kind is not NoneType))
    if get_origin(hint) is tuple:
        return partial(_list, _reader(get_args(hint)[0]))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return partial(_word, hint)
    if is_dataclass(hint):
        return partial(_object, cast("type", hint))
    message = f"no touch can hold {hint}"
    raise TypeError(message)


def _text(name: str, raw: object) -> str:
    if not isinstance(raw, str):
        raise NotATouch(f"key “{name}” must be text in quotes")
    if any("\ud800" <= letter <= "\udfff" for letter in raw):
        raise NotATouch(f"key “{name}” holds half a character")
    if len(raw) > LONGEST_TEXT:
        raise NotATouch(f"key “{name}” is longer than {LONGEST_TEXT} characters")
    return raw


def _number(name: str, raw: object) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        raise NotATouch(f"key “{name}” must be a number")
    value = Decimal(raw)
    if not 0 <= value <= LARGEST or cast("int", value.as_tuple().exponent) < FINEST:
        raise NotATouch(f"key “{name}” is out of range")
    return value


def _whole(name: str, raw: object) -> int:
    value = _number(name, raw)
    if not isinstance(raw, int):
        raise NotATouch(f"key “{name}” must be a whole number")
    return int(value)


def _flag(name: str, raw: object) -> bool:
    if not isinstance(raw, bool):
        raise NotATouch(f"key “{name}” must be true or false")
    return raw


def _word(kind: type[Enum], name: str, raw: object) -> Enum:
    try:
        return kind(raw)
    except ValueError:
        words = ", ".join(str(member.value) for member in kind)
        raise NotATouch(f"key “{name}” must be one of {words}") from None


def _list(each: Reader, name: str, raw: object) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        raise NotATouch(f"key “{name}” must be a list in brackets")
    return tuple(each(f"{name}[{place}]", item) for place, item in enumerate(raw, start=1))


def _object(kind: type[T], name: str, raw: object) -> T:
    if not isinstance(raw, dict):
        raise NotATouch(f"key “{name}” must be an object in braces")
    return read_fields(kind, raw, f"{name}.")


def _options(name: str, raw: object) -> Options:
    """Return rule options as text, as a payer profile writes them."""
    if not isinstance(raw, dict):
        raise NotATouch(f"key “{name}” must be an object in braces")
    return tuple((key, _option(f"{name}.{key}", value)) for key, value in raw.items())


def _option(name: str, raw: object) -> str:
    if isinstance(raw, bool):
        return "true" if raw else "false"
    return str(_whole(name, raw)) if isinstance(raw, int | Decimal) else _text(name, raw)


_PLAIN: dict[Any, Reader] = {
    str: _text,
    int: _whole,
    bool: _flag,
    Decimal: _number,
    LocalTime: read_time,
    Options: _options,
}
