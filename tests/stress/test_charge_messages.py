"""hl7apy at its strictest over every charge message of the demo month, sent for the first time and again."""

from __future__ import annotations

from pathlib import Path

from desktop_app.exchange.hl7 import FILE_NAME
from tests.exchange.hl7_validators import faults_by_hl7apy
from tests.exchange.sent_month import BATCHES, send_month


def test_every_message_of_every_batch_stands_hl7apy_at_its_strictest(tmp_path: Path) -> None:
    month = send_month(tmp_path, ("hl7",))
    for batch in BATCHES:
        assert faults_by_hl7apy(month.batches[batch].folder / FILE_NAME) == []
