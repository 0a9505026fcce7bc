"""What the practice charges, as the settings page tells it and takes it from a table."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desktop_app.cms.faults import ImportRefused
from desktop_app.coding.refusals import RulebookError
from desktop_app.coding.tables import TableKind
from desktop_app.commands.streams import NothingDone
from desktop_app.core.access import Right
from desktop_app.core.guard import Require, require_nothing
from desktop_app.core.ports import JournalError
from desktop_app.imported_tables import load_charges, load_index
from desktop_app.ui.export.ports import CannotBeTaken
from desktop_app.ui.words import count_words

LARGEST = 32_000_000
"""A table of charges has some hundred rows; what is larger than this was chosen by mistake."""

_NOTHING = "Nothing was changed."


class ChargeList:
    """The charges of one data folder."""

    def __init__(self, data_dir: Path, require: Require = require_nothing) -> None:
        self._data_dir = data_dir
        self._require = require

    def told(self) -> str:
        """Return in a sentence what is charged, or why that cannot be read."""
        try:
            rows = load_charges(self._data_dir)
            entry = load_index(self._data_dir).tables.get(TableKind.CHARGES)
        except RulebookError as fault:
            return f"Your charges cannot be read: {fault}."
        if entry is None or not rows:
            return "No charges yet: claims cannot be sent, and messages go without amounts."
        file = entry.sources[-1].file
        return f"{count_words(len(rows), 'code has', 'codes have')} a charge, last from {file}."

    def take(self, file: Path, since: str, *, fewer: bool) -> str:
        """Take a table that holds from a day on. Raises CannotBeTaken with one sentence."""
        # What reads downloads and workbooks is loaded with the first of them.
        from desktop_app.commands.import_tables import Shrinks, import_charges  # noqa: PLC0415

        day = _day(since)
        if file.is_file() and file.stat().st_size > LARGEST:
            raise CannotBeTaken(f"{file.name} is too large to be a table of charges. {_NOTHING}")
        try:
            self._require(Right.BILLING)
            return " ".join(import_charges(self._data_dir, file, day, shrink=fewer))
        except Shrinks as fault:
            raise CannotBeTaken(
                f"{fault}, and tick that it may leave codes out if it is. {_NOTHING}"
            ) from fault
        except ImportRefused as fault:
            raise CannotBeTaken(f"{fault} {_NOTHING}") from fault
        except (NothingDone, RulebookError, JournalError) as fault:
            raise CannotBeTaken(str(fault)) from fault


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        said = f"“{text}” is no day" if text else "It does not say from which day the charges hold"
        raise CannotBeTaken(f"{said}; write it as 2026-01-01. {_NOTHING}") from None
