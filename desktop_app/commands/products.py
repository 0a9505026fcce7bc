"""What the window knows of vials: the imported crosswalk, and what ten digits were said to stand for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.coding.refusals import RulebookError
from desktop_app.commands.streams import NothingDone
from desktop_app.core.ports import JournalError

if TYPE_CHECKING:
    from desktop_app.coding.tables import Tables


class KnownProducts:
    """The products of a data folder's tables; what is chosen in the window holds at once and is kept."""

    def __init__(self, data_dir: Path, read_tables: Callable[[], Tables], today: date) -> None:
        self._data_dir = data_dir
        self._read_tables = read_tables
        self._today = today

    @cached_property
    def _tables(self) -> Tables:
        """The tables, read when a vial is first asked about."""
        return self._read_tables()

    @cached_property
    def _chosen(self) -> dict[str, str]:
        return dict(self._tables.chosen_ndcs)

    def resolve(self, written: str) -> str:
        """Return the 11 digits of an NDC. Raises AmbiguousNdc or NdcFault."""
        from desktop_app.coding.ndc import resolve  # noqa: PLC0415 - the board comes up first

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
