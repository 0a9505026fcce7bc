"""A file of more rows than anybody would want in memory is read as a stream."""

from __future__ import annotations

import tracemalloc
import zipfile
from pathlib import Path

from desktop_app.cms.cells import Wanted
from desktop_app.cms.reading import Asked, read_file
from desktop_app.coding.tables import TableKind
from tests.cms.files import PTP_HEAD, put, tabbed

ROWS = 120_000
MOST_BYTES = 12 * 2**20
"""What reading may hold at once: the file alone is over six megabytes, its rows as tuples over eighty."""


def huge(folder: Path) -> Path:
    body = b"".join(
        b"%05d\t%05d\t\t20200101\t*\t1\tmade up as every row of it\r\n"
        % (10_000 + number // 100, number % 100)
        for number in range(ROWS)
    )
    return put(folder, "huge.txt", tabbed(PTP_HEAD) + body + b"96365\t96374\t\t20200101\t*\t1\tmade up\r\n")


def test_a_hundred_thousand_pairs_are_read_in_little_memory(tmp_path: Path) -> None:
    text = huge(tmp_path)
    packed = tmp_path / "huge.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(text)
    read_bytes = 0.0

    def advance(read: float) -> None:
        nonlocal read_bytes
        read_bytes += read

    for file in (text, packed):
        read_bytes = 0.0
        tracemalloc.start()
        ((found,), _others) = read_file(
            file, Asked(Wanted(["96365", "96374"]), TableKind.PTP_HOSPITAL), advance
        )
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert (found.read, len(found.rows)) == (ROWS + 1, 1)
        assert peak < MOST_BYTES
        assert 0.9 < read_bytes / file.stat().st_size < 1.1, "the bar runs once from end to end"
