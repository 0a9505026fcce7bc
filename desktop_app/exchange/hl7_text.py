r"""What an HL7 v2 message is written in: separators, escapes, segments with numbered fields.

::

    PID|1||0004821^^^Example Center^MR||O\T\Neill^Ada^^^^^L

``|`` parts fields, ``^`` components, ``&`` parts of a component, ``~`` repetitions, ``\`` begins and
ends an escape, a carriage return ends a segment. Any of these in a text is escaped, so that the text comes
back exactly; so is what would break a line, as the bytes of UTF-8: ``\X0D0A\``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import NewType

from desktop_app.exchange.sending import CannotBeSent

FIELD, COMPONENT, REPETITION, ESCAPE, SUBCOMPONENT, END = "|", "^", "~", "\\", "&", "\r"
ENCODING = COMPONENT + REPETITION + ESCAPE + SUBCOMPONENT
LONGEST_TEXT, LONGEST_WORD, LONGEST_NOTE = 199, 20, 65_536
"""The most a string, a coded word and a comment hold as they are written: types ST, IS and FT."""

Er7 = NewType("Er7", str)
"""A text as it stands in a message: what had to be escaped is."""

NOTHING = Er7("")
_ESCAPES = {FIELD: "F", COMPONENT: "S", SUBCOMPONENT: "T", REPETITION: "R", ESCAPE: "E"}
_SPECIAL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+|[|^&~\\]")
"""What would break a line, as far as it goes, or a separator."""
_DELETED = '""'
"""Stands in a field for: take away what you have."""


def text(what: str, value: str, most: int = LONGEST_TEXT) -> Er7:
    """Return a text as a message can hold it. Raises CannotBeSent, naming what it is."""
    try:
        written = escaped(value)
    except UnicodeEncodeError:
        raise CannotBeSent(f"has a {what} that is no text: half of a character") from None
    if len(written) > most:
        raise CannotBeSent(f"has a {what} of more than {most} characters, the most a message holds there")
    return written


def escaped(value: str) -> Er7:
    """Return a text with everything escaped that would be read as something else."""
    if value == _DELETED:
        return Er7(_in_bytes(value))
    value.encode()
    return Er7(_SPECIAL.sub(lambda found: _marked(found[0]), value))


def _marked(special: str) -> str:
    letter = _ESCAPES.get(special)
    return f"{ESCAPE}{letter}{ESCAPE}" if letter else _in_bytes(special)


def _in_bytes(value: str) -> str:
    return f"{ESCAPE}X{value.encode().hex().upper()}{ESCAPE}"


def unescaped(written: str, signs: str = FIELD + ENCODING, charset: str = "utf-8") -> str:
    """Return the text that was meant, by the separators of its message; an unknown escape stays."""
    escape = signs[3]
    if escape not in written:
        return written
    meant = dict(zip("FSRET", signs, strict=True)) | {"H": "", "N": "", ".br": "\n"}

    def said(found: re.Match[str]) -> str:
        inside = found[0][1:-1]
        if inside[:1] != "X":
            return meant.get(inside, found[0])
        try:
            return bytes.fromhex(inside.replace(f"{escape}{escape}X", "")[1:]).decode(charset)
        except ValueError:
            return found[0]

    return _escapes_with(escape).sub(said, written)


@cache
def _escapes_with(escape: str) -> re.Pattern[str]:
    """Return what finds every escape; bytes that follow each other are found as one."""
    sign = re.escape(escape)
    return re.compile(f"(?:{sign}X(?:[0-9A-Fa-f]{{2}})+{sign})+|{sign}[^{sign}]*{sign}")


def parts(*every: Er7) -> Er7:
    """Return the components of a field, without the empty ones at the end."""
    return Er7(COMPONENT.join(every).rstrip(COMPONENT))


def below(*every: Er7) -> Er7:
    """Return the parts of a component, without the empty ones at the end."""
    return Er7(SUBCOMPONENT.join(every).rstrip(SUBCOMPONENT))


def repeated(every: Iterable[Er7]) -> Er7:
    """Return the repetitions of a field."""
    return Er7(REPETITION.join(every))


def segment(name: str, fields: Mapping[int, Er7]) -> str:
    """Return a segment by the numbers of its fields; what is not said is empty."""
    last = max((number for number, field in fields.items() if field), default=0)
    return FIELD.join([name, *(fields.get(number, NOTHING) for number in range(1, last + 1))]) + END


def header(name: str, fields: Mapping[int, Er7]) -> str:
    """Return a segment that declares the separators first: of a message, a batch or a file."""
    # The separator before the second field is itself the first.
    shifted = {number - 1: field for number, field in fields.items()}
    return segment(name, {**shifted, 1: Er7(ENCODING)})


def day(when: date) -> Er7:
    """Return a date as ``20260302``."""
    return Er7(f"{when:%Y%m%d}")


def moment(when: datetime) -> Er7:
    """Return an aware time to the second with its offset: ``20260302090000-0500``."""
    return Er7(f"{when:%Y%m%d%H%M%S%z}"[:19])


def number(count: int) -> Er7:
    """Return a whole number."""
    return Er7(str(count))


def money(cents: int) -> Er7:
    """Return dollars: ``250.50``."""
    return Er7(f"{cents // 100}.{cents % 100:02}")
