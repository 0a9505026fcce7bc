"""What the window knows of drugs and vials today: it may stay open over the turn of a quarter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from desktop_app.coding.drug_table import DrugTable
from desktop_app.coding.ndc import resolve
from desktop_app.coding.refusals import RulebookError
from desktop_app.coding.tables import Tables
from desktop_app.commands.streams import NothingDone
from desktop_app.core.ports import JournalError
from desktop_app.ui.drug_book import DrugBook
from desktop_app.ui.ports import Drug

Today = Callable[[], date]
"""Tells the suite's present day."""


class DrugsOfToday:
    """The rows of the drug table that hold today."""

    def __init__(self, table: DrugTable, today: Today) -> None:
        self._table = table
        self._today = today
        self._day: date | None = None
        self._book = DrugBook(())

    def all(self) -> Sequence[Drug]:
        """Return every drug, in the table's order."""
        day = self._today()
        if day != self._day:
            self._day, self._book = day, DrugBook(self._table.on(day))
        return self._book.all()


class KnownProducts:
    """The imported crosswalk, and what ten digits were said to stand for: at once, and kept."""

    def __init__(self, data_dir: Path, tables: Tables, today: Today) -> None:
        self._data_dir = data_dir
        self._tables = tables
        self._today = today
        self._chosen = dict(tables.chosen_ndcs)

    def resolve(self, written: str) -> str:
        """Return the 11 digits of an NDC. Raises AmbiguousNdc or NdcFault."""
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
