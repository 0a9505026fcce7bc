"""The answer to a touch: events to store, or a refusal said in place with nothing stored."""

from __future__ import annotations

from desktop_app.core.events import Event
from desktop_app.core.moments import HowKnown
from desktop_app.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a touch cannot be taken: one plain sentence without a full stop."""

    text: str


Decision = tuple[Event, ...] | Refusal


@dataclass(frozen=True, slots=True)
class When:
    """The instant a touch is about, how it is known, and the present it is judged against."""

    at_us: int
    now_us: int
    how: HowKnown = HowKnown.PRESSED


def pressed(now_us: int) -> When:
    """Return the instant of a touch made this moment."""
    return When(at_us=now_us, now_us=now_us)
