"""The whole demo month in every layout, as text and as a workbook, against the canonical table."""

from __future__ import annotations

from pathlib import Path

from tests.exchange.layouts import LAYOUTS, canonical_rows, check_month


def test_the_whole_month_is_the_same_in_every_layout(tmp_path: Path) -> None:
    canonical = canonical_rows(tmp_path)
    for name, layout in LAYOUTS.items():
        (folder := tmp_path / name).mkdir()
        check_month(folder, layout, canonical)
