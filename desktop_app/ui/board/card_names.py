"""How a card names its patient, its chair and the access site: short, and no more than may be shown."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from desktop_app.core.session import Session
from desktop_app.ui import words

_SIDES = {"left": "L", "right": "R"}


class Names(StrEnum):
    """How a card names its patient; the setting's values."""

    INITIALS = "initials"
    DIGITS = "digits"
    NONE = "none"


def named(session: Session | None, names: Names) -> Session | None:
    """Return a session with no more of its patient's name than is to be shown."""
    if session is None or names is Names.INITIALS:
        return session
    return replace(session, initials="", mrn=session.mrn if names is Names.DIGITS else "")


def chair_words(session: Session) -> str:
    """Return how a card's sentence begins."""
    who = words.dotted(session.initials) or words.hidden_mrn(session.mrn)
    return f"Chair {session.chair}, {who}" if who else f"Chair {session.chair}"


def short_site(site: str) -> str:
    """Write a site as on a chart: left forearm becomes L forearm."""
    side, _, place = site.partition(" ")
    return f"{_SIDES[side.casefold()]} {place}" if side.casefold() in _SIDES and place else site
