"""The whole demo month on paper: every superbill and every day against the table."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchange.month import REPLACED, SESSIONS, TAKEN_BACK, signed_month
from tests.exchange.paper_month import batches_of, check_summary, check_superbills


@pytest.mark.usefixtures("qapp")
def test_the_month_says_on_paper_what_it_says_in_the_table(tmp_path: Path) -> None:
    month, corrected = signed_month(), len(REPLACED) + len(TAKEN_BACK)
    batches = batches_of(month, month.sessions, tmp_path)
    assert [check_superbills(batch) for batch in batches.values()] == [SESSIONS, corrected, SESSIONS]
    assert check_summary(batches["first"]) == 20
    assert all(check_summary(batch) for batch in batches.values())
