"""From JSON values to typed fields: each touch says by its types what it takes.

The readers are those of the case format, so that what a script may say of a service is what a
case may say. How a class is read is worked out once, from its type hints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from desktop_app.coding import case_values as values
from desktop_app.coding.case_values import Reader
from desktop_app.coding.profile_text import option_text
from desktop_app.coding.refusals import CaseError, Path
from desktop_app.core.recordable import LONGEST_NOTE

T = TypeVar("T")
Options = tuple[tuple[str, str], ...]

MOST_ITEMS = 500


def read_fields(kind: type[T], raw: Mapping[str, object], path: Path = ()) -> T:
    """Return a dataclass from the keys of a JSON object. Raises CaseError, naming the key."""
    readers, needed = _plan(cast("Any", kind))
    return kind(**values.keys(path, raw, readers, needed))


@cache
def _plan(kind: type) -> tuple[dict[str, Reader], tuple[str, ...]]:
    hints = get_type_hints(kind)
    known = fields(cast("Any", kind))
    needed = tuple(f.name for f in known if f.default is MISSING and f.default_factory is MISSING)
    return {field.name: _NAMED.get(field.name) or _reader(hints[field.name]) for field in known}, needed


def _reader(hint: Any) -> Reader:  # noqa: ANN401 - a type hint can be a class, a union or a generic
    if hint in _TYPED:
        return _TYPED[hint]
    if get_origin(hint) is UnionType:
        return _reader(next(kind for kind in get_args(hint) if kind is not NoneType))
    if get_origin(hint) is tuple:
        return partial(_list, _reader(get_args(hint)[0]))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return values.word(hint)
    if is_dataclass(hint):
        return partial(_object, cast("type", hint))
    message = f"no touch can hold {hint}"
    raise TypeError(message)


def _text(path: Path, raw: object) -> str:
    """Return any text that can be written down; it may be empty and run over lines."""
    said = values.note(path, raw)
    if any("\ud800" <= letter <= "\udfff" for letter in said):
        raise CaseError(path, "holds half a character")
    if "\0" in said:
        raise CaseError(path, "holds a character of no text (NUL)")
    if len(said) > LONGEST_NOTE:
        raise CaseError(path, f"is longer than {LONGEST_NOTE} characters")
    return said


def _one_line(path: Path, raw: object) -> str:
    """Return a text on one line; it may be empty, and is otherwise what a case may hold."""
    said = _text(path, raw)
    return values.text(path, said) if said.strip(" ") else said


def _place(path: Path, raw: object) -> int:
    """Return a place in a list, counted from 0."""
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal) or raw > 0:
        return values.whole(path, raw)
    if raw:
        raise CaseError(path, "must be 0 or more")
    return 0


def _list(each: Reader, path: Path, raw: object) -> tuple[object, ...]:
    items = values.listed(path, raw, most=MOST_ITEMS)
    return tuple(each((*path, place), item) for place, item in enumerate(items))


def _object(kind: type[T], path: Path, raw: object) -> T:
    return read_fields(kind, cast("Mapping[str, object]", raw), path)


def _options(path: Path, raw: object) -> Options:
    """Return rule options as text; whether there are such options the rulebook knows."""
    if not isinstance(raw, dict):
        raise CaseError(path, "must be an object in braces")
    return tuple((name, _option((*path, name), value)) for name, value in sorted(raw.items()))


def _option(path: Path, raw: object) -> str:
    if not isinstance(raw, str | int | bool):
        raise CaseError(path, "must be a word, a whole number, true or false")
    return option_text(raw)


_NAMED: dict[str, Reader] = {
    "note": _text,
    "text": _text,
    "service": values.text,
    "session": values.text,
    "by": values.text,
    "drug": values.text,
    "site": values.text,
    "encounter": values.text,
    "place_of_service": values.place_of_service,
    "timezone": values.zone,
    "birth_date": values.any_day,
    "hcpcs": values.drug_code,
    "unit": values.text,
    "ndc": values.text,
    "lot": values.text,
    "expiry": values.text,
    "planned_minutes": values.planned,
    "vitals_every_minutes": values.planned,
    "observe_minutes": values.planned,
    "after_minutes": lambda path, raw: _place(path, raw) and values.planned(path, raw),
    "index": _place,
    "day": lambda path, raw: values.day(path, raw).isoformat(),
}
"""Keys that mean the same wherever they stand, and are read by more than their type."""

_TYPED: dict[Any, Reader] = {
    str: _one_line,
    int: values.whole,
    bool: values.flag,
    Decimal: values.amount,
    datetime: values.local,
    date: values.day,
    Options: _options,
}
