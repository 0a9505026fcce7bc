"""Who works here: the initials every touch is kept with, and who did lately.

Nobody signs in: whoever is on is taken at their word.
"""

from __future__ import annotations

from desktop_app.ui.ports import Settings

ON, RECENT = "actor", "recent-people"
"""The settings, by their keys."""
MOST = 9
LONGEST = 12
_SHORT = 4
"""Letters up to so many are initials, and written large."""


def recent(settings: Settings) -> tuple[str, ...]:
    """Return who worked here lately, the last one first; whoever is on is none of them."""
    on = settings.get(ON)
    names = (name.strip() for name in settings.get(RECENT).split(","))
    return tuple(name for name in names if name and name != on)


def come_on(settings: Settings, typed: str) -> None:
    """Keep who works here from now on, durably. Raises ValueError, one sentence, or JournalError."""
    name = initials(typed)
    before = settings.get(ON) if settings.get(RECENT) else ""
    lately = dict.fromkeys(one for one in (name, before, *recent(settings)) if one)
    settings.set(ON, name)
    settings.set(RECENT, ", ".join(list(lately)[:MOST]))


def is_initials(typed: str) -> bool:
    """Return whether a text can be kept as somebody's initials."""
    try:
        return bool(initials(typed))
    except ValueError:
        return False


def initials(typed: str) -> str:
    """Return initials as they are kept. Raises ValueError, one sentence, for what are none."""
    name = " ".join(typed.split())
    if not name:
        raise ValueError("Say who works here: initials such as AK are kept with every touch.")
    if not any(letter.isalpha() for letter in name) or len(name) > LONGEST or "," in name:
        raise ValueError(f"Initials are at most {LONGEST} characters, such as AK.")
    return name.upper() if name.isalpha() and len(name) <= _SHORT else name
