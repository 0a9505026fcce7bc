"""National drug codes: ten printed digits become the eleven that are billed, and nothing is guessed.

    printed 4-4-2   1234-5678-90    ->  01234-5678-90
    printed 5-3-2   12345-678-90    ->  12345-0678-90
    printed 5-4-1   12345-6789-0    ->  12345-6789-00
    printed 5-4-2   12345-6789-01   ->  12345-6789-01

Ten digits without hyphens may be any of the first three. Only a table of known codes, or a
choice somebody made once, says which. A barcode holds the same ten digits behind ``03``.
Source: 21 CFR 207.33 for the printed forms; GS1 General Specifications for barcodes.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Container, Mapping
from datetime import date
from types import MappingProxyType

from desktop_app.core.values import dataclass

DIGITS, PRINTED_DIGITS = 11, 10
_PARTS = (5, 4, 2)
_PRINTED = ((4, 4, 2), (5, 3, 2), (5, 4, 1))
"""The lengths of labeler, product and package in ten digits; in each, one part lacks a zero in front."""
_GTIN_LENGTHS = (12, 13, 14)
_DRUG_PREFIX = "03"

_NUMBER = re.compile(r"[0-9]+")
_HYPHENED = re.compile(r"([0-9]+)-([0-9]+)-([0-9]+)")
_SCANNER_PREFIX = re.compile(r"\A\](?:d2|C1|Q3)")
_FNC1 = "\x1d"
_FIXED = {"01": 14, "17": 6}
_OPEN_ENDED = {"10", "21"}
_OPEN_TEXT = re.compile(r"[!\"%-?A-Z_a-z]{1,20}")
_NOTHING: Mapping[str, str] = MappingProxyType({})
_LONGEST_SHOWN = 40


class NdcFault(ValueError):
    """A text that is no NDC; ``str`` is one sentence for a person."""


class AmbiguousNdc(NdcFault):
    """Ten digits that may stand for more than one NDC. ``candidates`` holds each of them, 11 digits."""

    def __init__(self, written: str, candidates: tuple[str, ...]) -> None:
        """Say what it may be."""
        *most, last = (display(candidate) for candidate in candidates)
        told = f"{', '.join(most)} or {last}"
        super().__init__(f"{_shown(written)} may be NDC {told}; write it with its hyphens, as on the vial.")
        self.candidates = candidates


@dataclass(frozen=True, slots=True, kw_only=True)
class Elements:
    """What the barcode on a vial says: each part is empty, or None, where it is silent."""

    gtin: str = ""
    expiry: date | None = None
    lot: str = ""
    serial: str = ""


def display(ndc: str) -> str:
    """Return 11 digits in the form people read, 5-4-2."""
    return f"{ndc[:5]}-{ndc[5:9]}-{ndc[9:]}"


def resolve(written: str, known: Container[str] = (), remembered: Mapping[str, str] = _NOTHING) -> str:
    """Return the 11 digits a text stands for: an NDC, a GTIN, or a scanned element string.

    ``remembered`` holds what somebody chose for ten digits, and goes first; ``known`` holds NDCs of
    11 digits, and decides where exactly one of the readings is among them. Raises AmbiguousNdc
    where nothing decides, NdcFault where it is no NDC at all.
    """
    digits = _digits(written.strip())
    if len(digits) == DIGITS:
        return digits
    candidates = readings(digits)
    chosen = remembered.get(digits)
    if chosen in candidates:
        return chosen
    listed = [candidate for candidate in candidates if candidate in known] or candidates
    if len(listed) != 1:
        raise AmbiguousNdc(written, candidates)
    (ndc,) = listed
    return ndc


def readings(ten: str) -> tuple[str, ...]:
    """Return every NDC of 11 digits that ten digits without hyphens may stand for."""
    return tuple(printed_forms(ten))


def ten_of_scan(written: str) -> str:
    """Return the ten digits without hyphens that a scan or a number holds; empty where it holds none."""
    try:
        digits = _digits(written.strip())
    except NdcFault:
        return ""
    return digits if len(digits) == PRINTED_DIGITS else ""


def printed_forms(ten: str) -> dict[str, str]:
    """Return every NDC that ten digits may stand for, each with how its label then prints it."""
    forms: dict[str, str] = {}
    for labeler, product, _package in _PRINTED:
        middle = labeler + product
        parts = (ten[:labeler], ten[labeler:middle], ten[middle:])
        forms.setdefault(_padded(parts), "-".join(parts))
    return forms


def _digits(text: str) -> str:
    """Return the 11 digits of a text, or the ten where its hyphens are not known. Raises NdcFault."""
    parts = _HYPHENED.fullmatch(text)
    if parts:
        return _hyphened(text, parts.groups())
    if _is_scan(text):
        return _ten_of_gtin(read_elements(text).gtin)
    if not _NUMBER.fullmatch(text):
        raise NdcFault(f"{_shown(text)} is no NDC: an NDC is digits in three parts, as 12345-6789-01.")
    if len(text) in _GTIN_LENGTHS:
        return _ten_of_gtin(text)
    if len(text) not in {DIGITS, PRINTED_DIGITS}:
        raise NdcFault(f"{_shown(text)} is no NDC: it has {len(text)} digits, and an NDC has 10 or 11.")
    return text


def _is_scan(text: str) -> bool:
    """Say whether a text is an element string: it has what only those have, or is too long for a number."""
    if text.startswith("]") or _FNC1 in text:
        return True
    return text[:2] in _FIXED and len(text) > max(_GTIN_LENGTHS)


def ten_digits(written: str) -> tuple[str, str]:
    """Return an NDC as printed with hyphens as its ten digits and its 11. Raises NdcFault.

    5-4-2 is what is billed; no vial is printed so that its ten digits would follow from it.
    """
    parts = _HYPHENED.fullmatch(written.strip())
    if parts is None or _lengths(parts.groups()) not in _PRINTED:
        raise NdcFault(f"{_shown(written)} is no NDC of ten digits with its hyphens, such as 1234-5678-90.")
    return "".join(parts.groups()), _padded(parts.groups())


def _hyphened(text: str, parts: tuple[str, ...]) -> str:
    if _lengths(parts) not in {*_PRINTED, _PARTS}:
        forms = "4-4-2, 5-3-2, 5-4-1 or 5-4-2"
        raise NdcFault(f"{_shown(text)} is no NDC: the digits between its hyphens should be {forms}.")
    return _padded(parts)


def _lengths(parts: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(map(len, parts))


def _padded(parts: tuple[str, ...]) -> str:
    return "".join(map(str.zfill, parts, _PARTS))


def _ten_of_gtin(gtin: str) -> str:
    """Return the ten digits of a drug's GTIN of 12, 13 or 14 digits. Raises NdcFault."""
    if not gtin:
        raise NdcFault("The barcode holds no product number (01).")
    whole = gtin.zfill(max(_GTIN_LENGTHS))
    if check_digit(whole[:-1]) != whole[-1]:
        raise NdcFault(f"The barcode number {gtin} is not right: its last digit does not fit the others.")
    if whole[1:3] != _DRUG_PREFIX:
        raise NdcFault(f"The barcode number {gtin} is no drug's: {_DRUG_PREFIX} should stand before its NDC.")
    return whole[3:-1]


def check_digit(digits: str) -> str:
    """Return the last digit of a GTIN from the ones before it: weights 3 and 1, from the right."""
    total = sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def read_elements(scan: str) -> Elements:
    """Return what a GS1 element string says, as a scanner types it. Raises NdcFault, one sentence.

    The product number (01) and expiry (17) have fixed lengths; lot (10) and serial (21) end at a
    separator or at the end of the string. A scanner that drops the separator runs the rest into
    one of those two, which nobody can see from the string itself.
    """
    rest = _SCANNER_PREFIX.sub("", scan).strip()  # a separator counts as a blank
    found: dict[str, str] = {}
    while rest:
        name, rest = rest[:2], rest[2:]
        if name in found:
            raise NdcFault(f"The barcode says ({name}) twice.")
        found[name], rest = _element(name, rest)
    return Elements(
        gtin=found.get("01", ""),
        expiry=_expiry(found["17"]) if "17" in found else None,
        lot=found.get("10", ""),
        serial=found.get("21", ""),
    )


def _element(name: str, rest: str) -> tuple[str, str]:
    """Return the value at the head of the rest of a string, and what comes after it."""
    if name in _FIXED:
        value, after = rest[: _FIXED[name]], rest[_FIXED[name] :]
        if len(value) != _FIXED[name] or not _NUMBER.fullmatch(value):
            raise NdcFault(f"The barcode's ({name}) should be {_FIXED[name]} digits.")
        return value, after.removeprefix(_FNC1)
    if name not in _OPEN_ENDED:
        raise NdcFault(
            f"The barcode holds ({_plain(name)}), which no vial needs: 01, 17, 10 and 21 are read."
        )
    value, _separator, after = rest.partition(_FNC1)
    if not _OPEN_TEXT.fullmatch(value):
        raise NdcFault(f"The barcode's ({name}) should be 1 to 20 letters, digits and signs.")
    return value, after


def _expiry(digits: str) -> date:
    """Return an expiry of YYMMDD in this century; day 00 is the last day of the month."""
    year, month, day = 2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:])
    try:
        return date(year, month, day or monthrange(year, month)[1])
    except ValueError:
        raise NdcFault(f"The barcode's (17) {digits} is no date.") from None


def _shown(text: str) -> str:
    short = text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "..."
    return f"“{_plain(short)}”"


def _plain(text: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in text)
