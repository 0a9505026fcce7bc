"""How a suite's window looks, kept beside its journal: what is shown before anybody has signed in knows it.

Colours and text size are no secrets, and the settings that hold them lie behind the data key. Anybody who
may write in the folder may write this file too, so nothing of it is believed but these two, within their
bounds; a file that is anything else is as none.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from desktop_app.core.values import dataclass
from desktop_app.store.durable_file import write_durably
from desktop_app.store.faults import SettingRefused
from desktop_app.store.plain_files import small_content
from desktop_app.store.settings import SETTINGS, Settings, checked

LOOK_NAME = "look.json"
_MOST_BYTES = 200
_SCHEME, _TEXT_SIZE = "scheme", "text-size"


@dataclass(frozen=True, slots=True)
class Look:
    """Colours and text size, as the settings of these names hold them."""

    scheme: str = SETTINGS[_SCHEME].default
    text_percent: int = int(SETTINGS[_TEXT_SIZE].default)


USUAL = Look()


def read_look(folder: Path) -> Look:
    """Return how the window of a folder looked last; as usual where no file says so in full."""
    try:
        raw = json.loads(small_content(folder / LOOK_NAME, _MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return USUAL
    match raw:
        case {"scheme": str(scheme), "text-size": str(size), **more} if not more:
            with suppress(SettingRefused):
                return Look(checked(_SCHEME, scheme), int(checked(_TEXT_SIZE, size)))
    return USUAL


def keep_look(folder: Path, settings: Settings) -> None:
    """Keep how the window looks now, where that is another look; a folder that takes no file keeps none."""
    look = Look(settings.get(_SCHEME), int(settings.get(_TEXT_SIZE)))
    if look != read_look(folder):
        text = json.dumps({_SCHEME: look.scheme, _TEXT_SIZE: str(look.text_percent)})
        with suppress(OSError):
            write_durably(folder / LOOK_NAME, f"{text}\n")
