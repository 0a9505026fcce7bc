"""Every form of every event that was ever stored, a line each in ``kept_events.jsonl``, never changed.

``python -m tests.store.kept_events`` adds the forms that are not there yet: of a new kind, of a new schema
number, of an event that has got a field more. What was kept must be read by every later program.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from desktop_app.core.events import KINDS, Event
from desktop_app.store.codec import encode
from tests.store.examples import NINE

FILE = Path(__file__).resolve().with_suffix(".jsonl")
_PLAIN: dict[Any, Any] = {str: "kept", int: NINE, bool: True, Decimal: Decimal("1.5"), date: date(2026, 3, 2)}


class Form(NamedTuple):
    """What tells one form of an event from another."""

    kind: str
    schema: int
    names: tuple[str, ...]


def filled(hint: Any) -> Any:  # noqa: ANN401 - a class, a union or a generic
    """Return a value of any type that an event may hold, with nothing in it left out."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    kinds = get_args(hint)
    if get_origin(hint) in (UnionType, Union):
        return filled(next(kind for kind in kinds if kind is not NoneType))
    if get_origin(hint) is tuple:
        return (filled(kinds[0]),) if kinds[1:] == (Ellipsis,) else tuple(map(filled, kinds))
    if issubclass(hint, Enum):
        return next(iter(hint))
    assert isinstance(hint, type)
    assert is_dataclass(hint)
    make: Callable[..., Any] = hint
    hints = get_type_hints(hint)
    return make(**{field.name: filled(hints[field.name]) for field in fields(hint)})


def forms_of_today() -> Iterator[tuple[Form, Event]]:
    for kind, event_class in KINDS.items():
        event: Event = filled(event_class)
        yield Form(kind, event.SCHEMA, tuple(sorted(json.loads(encode(event))))), event


def kept() -> list[dict[str, Any]]:
    """Return every line that was kept."""
    return (
        [json.loads(line) for line in FILE.read_text(encoding="ascii").splitlines()] if FILE.exists() else []
    )


def forms_kept() -> set[Form]:
    return {Form(one["kind"], one["schema"], tuple(sorted(json.loads(one["body"])))) for one in kept()}


def main() -> None:
    """Add a line for each form of today that was not kept yet."""
    known = forms_kept()
    with FILE.open("a", encoding="ascii") as file:
        for form, event in forms_of_today():
            if form not in known:
                line = {"kind": form.kind, "schema": form.schema, "at_us": event.at_us, "body": encode(event)}
                file.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
