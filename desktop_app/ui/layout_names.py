"""What a layout is called in the data folder, made of what people call it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from desktop_app.coding.profile_text import PROFILE_NAME

_LONGEST = 32
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def free_name(title: str, taken: Collection[str]) -> str:
    """Return a name of small letters, digits and hyphens for a title, that no other layout has."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    stem = _NOT_PLAIN.sub("-", plain).strip("-")[:_LONGEST].strip("-")
    stem = stem if PROFILE_NAME.fullmatch(stem) else f"layout-{stem}".strip("-")
    tried = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in tried if name not in taken)
