"""What the barcode on a vial says: its NDC, or those it may be, its lot, and until when it is good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.coding.ndc import AmbiguousNdc, NdcFault, read_elements, resolve

SEPARATOR = "\x1d"
"""What a scanner types between two parts of open length; fields do not show it."""
_LONGEST_NUMBER = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """A vial as scanned; what it does not say is empty. ``fault`` says why it is no drug's."""

    ndc: str = ""
    """Eleven digits; empty while it is one of ``candidates``."""
    candidates: tuple[str, ...] = ()
    lot: str = ""
    expiry: date | None = None
    fault: str = ""


def read_vial(text: str) -> Scanned:
    """Return what a scanned text, or a typed NDC, says of a vial."""
    lot, expiry = "", None
    try:
        if SEPARATOR in text or text.startswith("]") or len(text) > _LONGEST_NUMBER:
            elements = read_elements(text)
            lot, expiry = elements.lot, elements.expiry
        return Scanned(ndc=resolve(text), lot=lot, expiry=expiry)
    except AmbiguousNdc as which:
        return Scanned(candidates=which.candidates, lot=lot, expiry=expiry)
    except NdcFault as fault:
        return Scanned(fault=str(fault))
