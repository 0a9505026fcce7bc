"""Two hundred files that are nearly tables: each is refused with one sentence, and nothing changes."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.cli import main
from tests.cms.files import (
    ADD_ON,
    ADD_ON_HEAD,
    CROSSWALK,
    CROSSWALK_HEAD,
    HCPCS,
    HCPCS_HEAD,
    MUE,
    MUE_HEAD,
    PTP,
    PTP_HEAD,
    Rows,
    add_on_lines,
    comma,
    packed,
    put,
    records,
    sheet,
    tabbed,
)
from tests.commands.program import content

KINDS: list[tuple[str, Rows, Rows, tuple[int, ...]]] = [
    ("ptp-hospital", PTP_HEAD, PTP, (0, 1, 3, 5)),
    ("mue-practitioner", MUE_HEAD, MUE, (0, 1, 2)),
    ("ndc-hcpcs", CROSSWALK_HEAD, CROSSWALK, (0, 3, 9)),
    ("add-on", ADD_ON_HEAD, ADD_ON, (0, 1, 3, 5)),
    ("hcpcs", HCPCS_HEAD, [HCPCS[1], HCPCS[4]], (6, 7)),
]
"""Each kind with the places of the columns it cannot do without."""

FORMS: list[Callable[[Rows, Rows], bytes]] = [
    tabbed,
    comma,
    sheet,
    lambda *rows: packed(a__csv=comma(*rows)),
    lambda *rows: packed(a__xlsx=sheet(*rows)),
]
RUBBISH = [
    "?",
    "96 365",
    "\xe9",
    "-1",
    "20269999",
    "2026-13-45",
    "=A1",
    "9" * 30,
    "NULL",
    "J0001;",
    "0x10",
    "12:30",
    "\xbd",
]
Words = list[list[object]]


def a_cell_is_rubbish(rows: Words, needed: tuple[int, ...], chance: random.Random) -> Words:
    chance.choice(rows)[chance.choice(needed)] = chance.choice(RUBBISH)
    return rows


def a_cell_is_missing(rows: Words, needed: tuple[int, ...], chance: random.Random) -> Words:
    chance.choice(rows)[chance.choice(needed)] = ""
    return rows


def a_row_is_shifted(rows: Words, needed: tuple[int, ...], chance: random.Random) -> Words:
    row = chance.choice(rows)
    row.insert(needed[0], "shifted")
    return rows


def a_row_is_cut(rows: Words, needed: tuple[int, ...], chance: random.Random) -> Words:
    row = chance.choice(rows)
    del row[needed[-1] :]
    return rows


def a_notice_stands_between(rows: Words, _needed: tuple[int, ...], _chance: random.Random) -> Words:
    return [rows[0], ["A notice between the rows"], *rows[1:]]


def nothing_is_left(_rows: Words, _needed: tuple[int, ...], _chance: random.Random) -> Words:
    return []


BY_ROWS = (
    a_cell_is_rubbish,
    a_cell_is_missing,
    a_row_is_shifted,
    a_row_is_cut,
    a_notice_stands_between,
    nothing_is_left,
)


def half_of_it(content_: bytes, chance: random.Random) -> bytes:
    return content_[: chance.randrange(4, len(content_) // 3)]


def no_text(content_: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(1, len(content_) // 3)
    return content_[:at] + b"\0\0" + content_[at:]


def mangled(number: int) -> tuple[str, bytes]:
    """Return the kind that is claimed, and a file that is not quite one."""
    chance = random.Random(number)  # noqa: S311 - rubbish, no secrets
    kind, head, rows, needed = KINDS[number % len(KINDS)]
    if number % 10 == 8:
        whole = chance.choice([records(), add_on_lines()])
        return "hcpcs" if whole.startswith(b"CPT") else "add-on", no_text(whole, chance)
    if number % 10 == 9:
        return kind, half_of_it(sheet(head, rows), chance)
    words = [list(row) for row in rows]
    changed = BY_ROWS[number // 5 % len(BY_ROWS)](words, needed, chance)
    if number % 10 == 7:
        other = KINDS[(number + 1) % len(KINDS)]
        return kind, FORMS[number % 3](other[1], other[2])
    return kind, FORMS[chance.randrange(len(FORMS))](head, changed)


def test_two_hundred_mangled_files_are_each_refused_with_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    imported = "import", "--data-dir", str(data), "--from", "2026-01-01"
    for kind, head, rows, _needed in KINDS:
        assert main([*imported, "--kind", kind, str(put(tmp_path, "good.txt", tabbed(head, rows)))]) == 0
    capsys.readouterr()
    before = content(data)
    for number in range(200):
        kind, bytes_ = mangled(number)
        status = main([*imported, "--kind", kind, str(put(tmp_path, "bad", bytes_))])
        said = capsys.readouterr()
        assert (status, said.out) == (2, ""), (number, kind, said)
        (line,) = said.err.splitlines()
        assert line.startswith("chairtime: bad"), (number, line)
        assert line.endswith(". Nothing was changed."), (number, line)
        assert content(data) == before, number
