"""How moments are told: how an instant is known, and what it was of."""

from __future__ import annotations

from desktop_app.core import told
from desktop_app.core.moments import Moment
from desktop_app.core.service import Service
from desktop_app.ui import words

HOW_WORDS = told.HOW_WORDS

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def moment_name(service: Service, what: str, index: int = 0) -> str:
    """Name a moment of a service: start, stop, or second pause where there are several."""
    if what in {"start", "stop"} or len(service.pauses) <= 1:
        return what
    ordinal = _ORDINALS[index] if index < len(_ORDINALS) else f"{index + 1}th"
    return f"{ordinal} {what}"


def recorded_words(moment: Moment, zone: str) -> str:
    """Say when a moment was recorded."""
    return f"recorded {words.clock_s(moment.recorded_us, zone)}"
