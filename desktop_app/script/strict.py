"""Reading one line of JSON without guessing: nothing is dropped, doubled or rounded."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

Object = dict[str, Any]


class NotATouch(ValueError):
    """A line that cannot be read as a touch; ``str`` is one sentence that names the key."""


def read_object(line: str | bytes) -> Object:
    """Return the JSON object of a line; numbers are ``int`` or ``Decimal``. Raises NotATouch."""
    try:
        text = line if isinstance(line, str) else line.decode("utf-8")
        value = _DECODER.decode(text.strip().removeprefix("\ufeff"))
    except UnicodeDecodeError:
        raise NotATouch("the line is not UTF-8 text") from None
    except json.JSONDecodeError as fault:
        raise NotATouch(f"the line is not JSON: {fault.msg.lower()} at character {fault.pos + 1}") from None
    except RecursionError:
        raise NotATouch("the line is nested too deeply") from None
    if not isinstance(value, dict):
        raise NotATouch("the line is not a JSON object in braces")
    return value


def _once(pairs: list[tuple[str, Any]]) -> Object:
    found: Object = {}
    for key, value in pairs:
        if key in found:
            raise NotATouch(f"key “{key}” stands twice")
        found[key] = value
    return found


def _no_constant(word: str) -> Any:  # noqa: ANN401 - never returns
    raise NotATouch(f"{word} is not a number")


def _whole(digits: str) -> int | Decimal:
    """Return a whole number; one beyond any use stays a Decimal, which costs nothing to read."""
    return int(digits) if len(digits) <= _LONGEST_WHOLE else Decimal(digits)


_LONGEST_WHOLE = 18

_DECODER = json.JSONDecoder(
    object_pairs_hook=_once, parse_float=Decimal, parse_int=_whole, parse_constant=_no_constant
)
