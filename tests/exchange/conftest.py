"""What the tests of several formats stand on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from desktop_app.exchange.ledger import Batch
from tests.exchange.sent_month import SentMonth, send_month

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
"""A disk in memory, where there is one: the two thousand touches of the month wait for no other."""


@pytest.fixture(scope="session")
def sent_month() -> Iterator[SentMonth]:
    """Sends the demo month in every format, three times: once for all tests that read it."""
    with TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder:
        yield send_month(Path(folder))


@pytest.fixture(scope="session")
def month(sent_month: SentMonth) -> dict[str, Batch]:
    """Names the batches of the month."""
    return sent_month.batches
