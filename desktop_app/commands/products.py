"""What the window knows of vials: the imported crosswalk, and what ten digits were said to stand for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desktop_app.coding.ndc import resolve
from desktop_app.coding.refusals import RulebookError
from desktop_app.coding.tables import Tables
from desktop_app.commands.streams import NothingDone
from desktop_app.core.ports import JournalError


class KnownProducts:
    """The products of a data folder's tables; what is chosen in the window holds at once and is kept."""

    def __init__(self, data_dir: Path, tables: Tables, today: date) -> None:
        self._data_dir = data_dir
        self._tables = tables
        self._today = today
        self._chosen = dict(tables.chosen_ndcs)

    def resolve(self, written: str) -> str:
        """Return the 11 digits of an NDC. Raises AmbiguousNdc or NdcFault."""
        return resolve(written, self._tables.known_ndcs, self._chosen)

    def codes_of(self, ndc: str) -> tuple[str, ...]:
        """Return the drug codes an NDC is billed under on the day the window was opened."""
        return self._tables.codes_of(ndc, self._today)

    def remember(self, ten: str, ndc: str) -> None:
        """Keep which NDC ten digits stand for. Raises JournalError; the choice holds until the end then."""
        from desktop_app.commands.kept_tables import keep_ndc  # noqa: PLC0415 - the board comes up first

        self._chosen[ten] = ndc
        try:
            keep_ndc(self._data_dir, ten, ndc)
        except (NothingDone, RulebookError) as fault:
            raise JournalError(f"The choice is not remembered: {fault}") from fault
