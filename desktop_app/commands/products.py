"""What the window knows of drugs and vials today: it may stay open over the turn of a quarter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.coding.refusals import RulebookError
from desktop_app.commands.streams import NothingDone
from desktop_app.core.ports import JournalError

if TYPE_CHECKING:
    from desktop_app.coding.drug_table import DrugTable
    from desktop_app.coding.tables import Tables
    from desktop_app.ui.drug_book import DrugBook
    from desktop_app.ui.ports import Drug

Today = Callable[[], date]
"""Tells the suite's present day."""


class DrugsOfToday:
    """The rows of the drug table that hold today; it is read when one is first chosen."""

    def __init__(self, read_table: Callable[[], DrugTable], today: Today) -> None:
        self._read_table = read_table
        self._today = today
        self._book: tuple[date, DrugBook] | None = None

    def all(self) -> Sequence[Drug]:
        """Return every drug, in the table's order."""
        from desktop_app.ui.drug_book import DrugBook  # noqa: PLC0415 - the board comes up first

        day = self._today()
        if self._book is None or self._book[0] != day:
            self._book = (day, DrugBook(self._read_table().on(day)))
        return self._book[1].all()


class KnownProducts:
    """The imported crosswalk, and what ten digits were said to stand for: at once, and kept."""

    def __init__(self, data_dir: Path, read_tables: Callable[[], Tables], today: Today) -> None:
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
        """Return the drug codes an NDC is billed under today."""
        return self._tables.codes_of(ndc, self._today())

    def remember(self, ten: str, ndc: str) -> None:
        """Keep which NDC ten digits stand for. Raises JournalError; the choice holds until the end then."""
        from desktop_app.commands.kept_tables import keep_ndc  # noqa: PLC0415 - the board comes up first

        self._chosen[ten] = ndc
        try:
            keep_ndc(self._data_dir, ten, ndc)
        except (NothingDone, RulebookError) as fault:
            raise JournalError(f"The choice is not remembered: {fault}") from fault
