"""Whose touches a script may hold where people sign in: those of whoever opened the folder, and no others."""

from __future__ import annotations

from desktop_app.core.decisions import Refusal
from desktop_app.script import people_touches as p
from desktop_app.script.touches import Touch


def not_theirs(touch: Touch, opener: str | None) -> Refusal | None:
    """Refuse a touch that names somebody else than who opened the folder; without passphrases none is."""
    if opener is None:
        return None
    named = [touch.by]
    if isinstance(touch, p.ComeIn | p.Emergency):
        named.append(touch.person)
    others = (name for name in named if name and name.strip().casefold() != opener.casefold())
    if (other := next(others, None)) is None:
        return None
    who = opener or "nobody"
    return Refusal(
        f"{who} opened this folder, so a script cannot act as “{other}”: that needs their passphrase"
    )
