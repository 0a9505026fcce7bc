"""What a claim can say: the characters of X12, how other letters are written in them, and segments.

The four separators are those that payers expect. They are declared before the first patient is
read, so no data may hold one::

    NM1*IL*1*O'NEIL*ADA****MI*W1~        * between elements, ~ at the end of a segment
    SV1*HC:96413:59*250*UN*1***1:2~      : inside an element; ^ would repeat one

A name is written as near as these characters can: accents go, some letters are spelt out, a
separator becomes a space. An identifier is written exactly as it is. What cannot be, is refused.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from desktop_app.exchange.sending import CannotBeSent

ELEMENT, COMPONENT, REPETITION, END = "*", ":", "^", "~"
SEPARATORS = frozenset(ELEMENT + COMPONENT + REPETITION + END)
EXTENDED = frozenset(string.ascii_letters + string.digits + " !\"&'()+,-./;?=%@[]_{}\\|<>#$") - SEPARATORS
"""The extended character set of X12 without the four separators."""

Element = str | tuple[str, ...]
Segment = tuple[Element, ...]
"""Its name and its elements; an element of several components is a tuple."""

_SPELT = str.maketrans(
    {
        **dict.fromkeys("‘’ʼ′`´", "'"),  # noqa: RUF001 - the signs that people paste for an apostrophe
        **dict.fromkeys("“”„″", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),  # noqa: RUF001 - and for a hyphen
        **dict.fromkeys(SEPARATORS, " "),
        "⁄": "/",  # noqa: RUF001 - the bar that a fraction comes apart into
        "ß": "ss",
        "ẞ": "SS",
        "Æ": "AE",
        "æ": "ae",
        "Œ": "OE",
        "œ": "oe",
        "Ø": "O",
        "ø": "o",
        "Ł": "L",
        "ł": "l",
        "Đ": "D",
        "đ": "d",
        "Ð": "D",
        "ð": "d",
        "Þ": "Th",
        "þ": "th",
        "Ħ": "H",
        "ħ": "h",
        "ı": "i",  # noqa: RUF001 - an i without its dot
        "ŋ": "ng",
    }
)


def spelt(text: str) -> str:
    """Return a text with its letters as near as a claim can hold them; what it cannot hold stays.

    Accents go, some letters are spelt out (``ß`` as ``ss``), a separator is a space.
    """
    # Before letters are taken apart: some signs would come apart into a space and an accent.
    apart = unicodedata.normalize("NFKD", text.translate(_SPELT))
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(bare.translate(_SPELT).split())


def name(what: str, text: str, most: int) -> str:
    """Return a name or another text for people, as a claim can hold it. Raises CannotBeSent."""
    said = spelt(text)
    if text and not said:
        raise CannotBeSent(f"has a {what} of which a claim can hold nothing")
    return _fitting(what, said, most)


def exactly(what: str, text: str, most: int) -> str:
    """Return an identifier, which must stand on a claim as it is. Raises CannotBeSent."""
    return _fitting(what, text, most)


def _fitting(what: str, text: str, most: int) -> str:
    if not EXTENDED.issuperset(text):
        wrong = next(letter for letter in text if letter not in EXTENDED)
        shown = f"“{wrong}”" if wrong.isprintable() else "that does not show"
        raise CannotBeSent(f"has a {what} that cannot stand on a claim: it has a character {shown}")
    if len(text) > most:
        raise CannotBeSent(f"has a {what} of more than {most} characters, the most a claim holds")
    return text


def dollars(cents: int) -> str:
    """Return an amount as claims write it: ``250``, ``250.5``, ``0.05``."""
    whole, rest = divmod(cents, 100)
    return f"{whole}.{rest:02}".rstrip("0").rstrip(".") if rest else str(whole)


def quantity(amount: Decimal) -> str:
    """Return a quantity without zeros that say nothing: ``12.5``, ``100``."""
    said = f"{amount:f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


def day(when: date) -> str:
    """Return a date as ``20260302``."""
    return when.strftime("%Y%m%d")


def written(segments: Iterable[Segment]) -> str:
    """Return segments as text. Raises CannotBeSent for a character that would break one."""
    return "".join(_written(segment) for segment in segments)


def _written(segment: Segment) -> str:
    return ELEMENT.join(_shortened([_element(element) for element in segment])) + END


def _element(element: Element) -> str:
    parts = (element,) if isinstance(element, str) else element
    for part in parts:
        _fitting("text", part, len(part))
    return COMPONENT.join(_shortened(list(parts)))


def _shortened(parts: list[str]) -> list[str]:
    """Return parts without the empty ones at the end, which are never written."""
    while parts and not parts[-1]:
        parts.pop()
    return parts
