"""Takes the pictures: each still in each look and both schemes, one PNG each."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from tests.gallery.backup_stills import BACKUP_STILLS
from tests.gallery.day_stills import DAY_STILLS
from tests.gallery.export_stills import EXPORT_STILLS
from tests.gallery.history_stills import HISTORY_STILLS
from tests.gallery.paper_stills import PAPER_STILLS
from tests.gallery.people_stills import PEOPLE_STILLS
from tests.gallery.refusal_stills import REFUSAL_STILLS
from tests.gallery.review_stills import REVIEW_STILLS
from tests.gallery.scene import Look, Still, opened, settle
from tests.gallery.sheet_stills import SHEET_STILLS
from tests.gallery.stills import STILLS

ALL_STILLS = (
    *STILLS,
    *SHEET_STILLS,
    *REVIEW_STILLS,
    *EXPORT_STILLS,
    *DAY_STILLS,
    *HISTORY_STILLS,
    *PAPER_STILLS,
    *PEOPLE_STILLS,
    *BACKUP_STILLS,
    *REFUSAL_STILLS,
)
SCHEMES = ("light", "dark")
LOOKS = {
    look.name: look
    for look in (
        Look("1440x900", 1440, 900),
        Look("1280x720", 1280, 720),
        Look("1440x900-large-text", 1440, 900, text_percent=150),
        Look("1280x720-large-text", 1280, 720, text_percent=150),
        Look("2560x1440-double", 1280, 720, scale=2),
    )
}


def chosen(names: Iterable[str]) -> tuple[Still, ...]:
    """Return the stills whose name begins with one of some words; all where there is none."""
    wanted = tuple(names)
    return tuple(still for still in ALL_STILLS if not wanted or still.name.startswith(wanted))


def take(still: Still, look: Look, scheme: str, folder: Path) -> Path:
    """Take one picture and return its file. Raises OSError when it cannot be written."""
    place = folder / look.name
    place.mkdir(parents=True, exist_ok=True)
    file = place / f"{still.name}-{scheme}.png"
    with opened(still, look, scheme) as scene:
        part = still.act(scene)
        settle()
        shown = part or scene.window
        saved = shown.grab().save(str(file), "PNG")
        if part is not None:
            part.hide()
    if not saved:
        message = f"The picture {file} could not be written."
        raise OSError(message)
    return file


def take_all(look: Look, schemes: Iterable[str], stills: Iterable[Still], folder: Path) -> int:
    """Take every still of a look; return how many could not be taken, each told with why."""
    failed = 0
    for still in stills:
        for scheme in schemes:
            try:
                take(still, look, scheme, folder)
            except (AssertionError, OSError) as fault:
                failed += 1
                print(f"{look.name} {still.name} {scheme}: {fault}", file=sys.stderr)
    return failed
