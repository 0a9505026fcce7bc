"""Event to text and back: canonical JSON that an auditor can read and a hash can rely on.

Generic over the frozen dataclasses of ``core.events`` and strict both ways: a value of the
wrong type is refused before it is stored, and a stored field nobody knows is named instead of
dropped. Text is ASCII with sorted keys, so that equal events have equal bytes. The instant
(``at_us``) is a column of its own and not repeated here. How each class is written is worked
out once, in ``_form``, and kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from desktop_app.core.events import KINDS, Event
from desktop_app.core.recordable import as_line
from desktop_app.core.values import dataclass
from desktop_app.store.faults import UnreadableEvent

Body = dict[str, Any]

UPCASTS: dict[tuple[str, int], Callable[[Body], Body]] = {("secret-changed", 1): dict}
"""From a kind and an old schema number to the function that lifts a body to the next number."""

_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False).encode
_INSTANT = "at_us"


class _Misfit(ValueError):
    """A value does not fit its field; the path to it grows on the way out."""

    def __init__(self, why: str, *path: str) -> None:
        super().__init__(why)
        self.why, self.path = why, path

    def inside(self, name: str) -> _Misfit:
        return _Misfit(self.why, name, *self.path)

    def sentence(self) -> str:
        return f"{'.'.join(self.path)} {self.why}" if self.path else self.why


@dataclass(frozen=True, slots=True)
class _Form:
    """How a type is written and read."""

    dump: Callable[[Any], Any]
    load: Callable[[Any], Any]


def canonical(value: object) -> str:
    """Return plain data as JSON with one spelling only: ASCII, keys sorted, no spaces."""
    return _canonical(value)


def encode(event: Event) -> str:
    """Return the event's body. Raises UnreadableEvent when a field holds what it must not."""
    try:
        return _canonical(_form(type(event)).dump(event))
    except _Misfit as misfit:
        raise UnreadableEvent(f"A {event.KIND} event cannot be stored: {misfit.sentence()}.") from None


def decode(kind: str, schema: int, at_us: int, body: str, *, name: str) -> Event:
    """Return the event of a stored body. Raises UnreadableEvent, which calls the event ``name``."""
    try:
        return _decoded(kind, schema, at_us, body)
    except _Misfit as misfit:
        sentence = f"Event {name} ({as_line(kind)}) cannot be read: {as_line(misfit.sentence())}."
        raise UnreadableEvent(sentence) from None


def _decoded(kind: str, schema: int, at_us: int, body: str) -> Event:
    event_class = KINDS.get(kind)
    if event_class is None:
        raise _Misfit("this version of Chairtime does not know its kind")
    raw = _lifted(kind, schema, event_class.SCHEMA, _parsed(body))
    raw[_INSTANT] = at_us
    return cast("Event", _form(event_class).load(raw))


def _parsed(body: str) -> Body:
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        raise _Misfit("its body is not JSON") from None
    if type(raw) is not dict:
        raise _Misfit("its body is not a JSON object")
    return raw


def _lifted(kind: str, schema: int, newest: int, raw: Body) -> Body:
    if schema > newest:
        raise _Misfit(f"a newer version of Chairtime wrote it (schema {schema})")
    for old in range(schema, newest):
        if (kind, old) not in UPCASTS:
            raise _Misfit(f"schema {old} is not known")
        raw = UPCASTS[kind, old](raw)
    return raw


def _form(hint: Any) -> _Form:  # noqa: ANN401 - a type hint can be a class, a union or a generic
    if hint not in _FORMS:
        _FORMS[hint] = _new_form(hint)
    return _FORMS[hint]


def _new_form(hint: Any) -> _Form:  # noqa: ANN401 - as _form
    if get_origin(hint) in (UnionType, Union):
        return _optional(hint)
    if get_origin(hint) is tuple:
        return _tuple(get_args(hint))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _enumeration(hint)
    if is_dataclass(hint):
        return _dataclass(cast("type", hint))
    message = f"events cannot hold {hint}"
    raise TypeError(message)


def _exactly(kind: type, noun: str) -> _Form:
    def check(value: Any) -> Any:  # noqa: ANN401 - the point is to find out what it is
        if type(value) is not kind:
            raise _Misfit(f"is not {noun}")
        return value

    return _Form(check, check)


def _dump_decimal(value: Any) -> str:  # noqa: ANN401 - as _exactly
    if type(value) is not Decimal or not value.is_finite():
        raise _Misfit("is not a decimal number")
    return str(value)


def _load_decimal(raw: Any) -> Decimal:  # noqa: ANN401 - as _exactly
    try:
        value = Decimal(raw) if type(raw) is str else Decimal("NaN")
    except InvalidOperation:
        raise _Misfit("is not a decimal number") from None
    if not value.is_finite() or str(value) != raw:
        raise _Misfit("is not a decimal number")
    return value


def _dump_date(value: Any) -> str:  # noqa: ANN401 - as _exactly
    if type(value) is not date:
        raise _Misfit("is not a date")
    return value.isoformat()


def _load_date(raw: Any) -> date:  # noqa: ANN401 - as _exactly
    try:
        value = date.fromisoformat(raw)
    except (TypeError, ValueError):
        raise _Misfit("is not a date") from None
    if value.isoformat() != raw:
        raise _Misfit("is not a date")
    return value


_FORMS: dict[Any, _Form] = {
    str: _exactly(str, "text"),
    int: _exactly(int, "a whole number"),
    bool: _exactly(bool, "true or false"),
    Decimal: _Form(_dump_decimal, _load_decimal),
    date: _Form(_dump_date, _load_date),
}
"""The form of every type met so far."""


def _optional(hint: Any) -> _Form:  # noqa: ANN401 - as _form
    kinds = [kind for kind in get_args(hint) if kind is not NoneType]
    if len(kinds) != 1 or len(get_args(hint)) == 1:
        message = f"events cannot hold a choice of types: {hint}"
        raise TypeError(message)
    inner = _form(kinds[0])
    return _Form(
        lambda value: None if value is None else inner.dump(value),
        lambda raw: None if raw is None else inner.load(raw),
    )


def _enumeration(enumeration: type[Enum]) -> _Form:
    def dump(value: Any) -> Any:  # noqa: ANN401 - as _exactly
        if type(value) is not enumeration:
            raise _Misfit(f"is not one of the words of {enumeration.__name__}")
        return value.value

    def load(raw: Any) -> Enum:  # noqa: ANN401 - as _exactly
        try:
            return enumeration(raw)
        except ValueError:
            raise _Misfit(f"is not one of the words of {enumeration.__name__}") from None

    return _Form(dump, load)


def _tuple(kinds: tuple[Any, ...]) -> _Form:
    """Either any number of one kind, or one of each kind in turn."""
    if kinds[1:] == (Ellipsis,):
        inner = _form(kinds[0])
        return _Form(
            lambda value: [inner.dump(item) for item in _sequence(value, tuple)],
            lambda raw: tuple([inner.load(item) for item in _sequence(raw, list)]),
        )
    forms = [_form(kind) for kind in kinds]
    return _Form(
        lambda value: [f.dump(i) for f, i in zip(forms, _sequence(value, tuple, len(forms)), strict=True)],
        lambda raw: tuple(f.load(i) for f, i in zip(forms, _sequence(raw, list, len(forms)), strict=True)),
    )


def _sequence(value: Any, want: type, length: int | None = None) -> Any:  # noqa: ANN401 - as _exactly
    if type(value) is not want:
        raise _Misfit("is not a list")
    if length is not None and length != len(cast("list[object]", value)):
        raise _Misfit(f"is not a list of {length}")
    return value


def _dataclass(kind: type) -> _Form:
    """Work out a dataclass once: its fields' forms, and which of them may be missing."""
    hints = get_type_hints(kind)
    forms = {field.name: _form(hints[field.name]) for field in fields(kind)}
    needed = {f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING}
    written = [name for name in forms if not (name == _INSTANT and issubclass(kind, Event))]

    writers = [(name, forms[name].dump) for name in written]

    def dump(value: Any) -> Body:  # noqa: ANN401 - as _exactly
        if type(value) is not kind:
            raise _Misfit(f"is not {kind.__name__}")
        try:
            return {name: write(getattr(value, name)) for name, write in writers}
        except _Misfit:
            # A touch waits for this, so only a misfit is asked where it is.
            return {name: _within(name, write, getattr(value, name)) for name, write in writers}

    def load(raw: Any) -> Any:  # noqa: ANN401 - as _exactly
        if type(raw) is not dict:
            raise _Misfit("is not a JSON object")
        for name in sorted(raw.keys() - forms.keys()):
            raise _Misfit("is not a field this version of Chairtime knows", name)
        for name in sorted(needed - raw.keys()):
            raise _Misfit("is missing", name)
        try:
            return kind(**{name: forms[name].load(value) for name, value in raw.items()})
        except _Misfit:
            return kind(**{name: _within(name, forms[name].load, value) for name, value in raw.items()})

    return _Form(dump, load)


def _within(name: str, convert: Callable[[Any], Any], value: Any) -> Any:  # noqa: ANN401 - as _exactly
    try:
        return convert(value)
    except _Misfit as misfit:
        raise misfit.inside(name) from None
