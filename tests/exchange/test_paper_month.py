"""Paper says what the table says: two dozen sessions of the demo month; ``stress`` holds all of it so."""

from __future__ import annotations

import pytest

from desktop_app.exchange.ledger import Batch
from tests.exchange.month import signed_month
from tests.exchange.paper_month import BATCHES, batches_of, check_summary, check_superbills

SESSIONS = 24


@pytest.fixture(scope="module")
def batches(tmp_path_factory: pytest.TempPathFactory, qapp: object) -> dict[str, Batch]:
    assert qapp
    month = signed_month(SESSIONS)
    return batches_of(month, month.sessions, tmp_path_factory.mktemp("month"))


@pytest.mark.parametrize("batch", BATCHES)
def test_superbills_say_each_line_and_come_to_what_the_table_does(
    batches: dict[str, Batch], batch: str
) -> None:
    assert check_superbills(batches[batch]) == len(batches[batch].sessions)


@pytest.mark.parametrize("batch", BATCHES)
def test_summaries_come_to_what_the_table_does(batches: dict[str, Batch], batch: str) -> None:
    assert check_summary(batches[batch]) == {"first": 3, "corrections": 2, "again": 3}[batch]


def test_every_file_is_told_in_the_manifest(batches: dict[str, Batch]) -> None:
    batch = batches["first"]
    told = {file.name for file in batch.files}
    assert told == {path.name for path in batch.folder.iterdir()}
    assert len(told) == SESSIONS + 3
