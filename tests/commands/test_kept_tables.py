"""Tables that must not be lost, not locked and not passed over: by a bad file, a bad day or a bad folder."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.coding.tables import EMPTY_TABLES, TableKind
from desktop_app.imported_tables import load_index, load_tables
from tests.cms.files import MUE_HEAD, Rows, comma, packed, put, records
from tests.commands.clinic import LIMITS, Clinic
from tests.commands.program import chairtime, content

CASE = json.dumps({"id": "x", "setting": "facility", "date": "2026-03-02", "services": []})
JANUARY, APRIL = ("--from", "2026-01-01"), ("--from", "2026-04-01")


def limits(count: int) -> bytes:
    rows: Rows = [[f"J{number:04}", "1", "3 Date of Service Edit: Clinical", ""] for number in range(count)]
    return comma(MUE_HEAD, rows)


def test_a_file_that_ends_much_of_a_table_is_refused_until_somebody_says_yes(clinic: Clinic) -> None:
    clinic.taken("x.csv", limits(100), *JANUARY)
    cut = clinic.file("x.csv", limits(74))
    for words in ((), ("--dry-run",)):
        assert clinic.refused(cut, *APRIL, *words) == (
            "mue-practitioner: 26 of the 100 rows that hold now would end, for the new file does not have "
            "them; see whether it is whole, and add --shrink if it is. Nothing was changed."
        )
    assert "26 ended" in clinic.run(cut, *APRIL, "--shrink", "--dry-run")[1]
    assert "26 ended" in clinic.taken("x.csv", limits(74), *APRIL, "--shrink")


def test_a_quarter_of_a_table_or_a_few_rows_may_end_without_a_word(clinic: Clinic) -> None:
    clinic.taken("x.csv", limits(100), *JANUARY)
    assert "25 ended" in clinic.taken("x.csv", limits(75), *APRIL)
    clinic.run("--forget", "mue-practitioner")
    clinic.taken("x.csv", limits(19), *JANUARY)
    assert "18 ended" in clinic.taken("x.csv", limits(1), *APRIL)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2062-01-01", "x.csv holds from 2062-01-01, which is more than a year ahead; name the right day"),
        (
            "2026-02-01",
            "x.csv is of a quarter, and 2026-02-01 is not the first day of one, such as 2026-01-01.",
        ),
        ("2026-01-02", "x.csv is of a quarter, and 2026-01-02 is not the first day of one"),
    ],
)
def test_a_day_on_which_no_quarter_begins_or_far_ahead_is_refused(
    clinic: Clinic, day: str, said: str
) -> None:
    assert clinic.refused(clinic.file("x.csv", LIMITS), "--from", day).startswith(said)


def test_a_file_that_names_a_day_far_ahead_itself_is_refused_too(clinic: Clinic) -> None:
    name = "MUE_Eff_01-01-2062.csv"
    assert clinic.refused(clinic.file(name, LIMITS)).startswith(
        f"{name} holds from 2062-01-01, which is more"
    )
    assert "2 added" in clinic.taken(name, LIMITS, *JANUARY)


def test_a_table_with_dates_may_be_dated_on_any_day(clinic: Clinic) -> None:
    assert clinic.taken("x.txt", records(), "--from", "2026-02-15").startswith("hcpcs from 2026-02-15: ")


def test_one_table_can_be_taken_back(clinic: Clinic) -> None:
    clinic.taken("x.csv", LIMITS, *APRIL)
    clinic.taken("y.txt", records(), *JANUARY)
    clinic.run("--remember-ndc", "12345-6789-0")
    said = "its 2 rows are gone, imported from x.csv (from 2026-04-01)."
    assert clinic.run("--forget", "mue-practitioner") == (
        0,
        f"mue-practitioner is not used any more: {said}\n",
        "",
    )
    index = load_index(clinic.data)
    assert (set(index.tables), index.ndcs) == ({TableKind.HCPCS}, {"1234567890": "12345678900"})
    assert len(list((clinic.data / "tables").glob("*.csv"))) == 1
    assert (
        clinic.refused("--forget", "mue-practitioner")
        == "There is no table mue-practitioner here, only hcpcs."
    )
    assert "2 added" in clinic.taken("x.csv", LIMITS, *JANUARY)


def test_a_touched_table_can_be_taken_back_alone(clinic: Clinic) -> None:
    clinic.taken("x.csv", LIMITS, *JANUARY)
    (entry,) = load_index(clinic.data).tables.values()
    put(clinic.data / "tables", entry.file, b"")
    assert clinic.run("--forget", "mue-practitioner")[0] == 0
    assert load_tables(clinic.data) is EMPTY_TABLES


def test_taking_a_table_back_is_whole_or_not_at_all(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    clinic.taken("x.csv", LIMITS, *JANUARY)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert clinic.refused("--forget", "mue-practitioner").endswith("nothing was changed.")


def _a_file(tables: Path) -> str:
    put(tables.parent, "tables", b"")
    return f"{tables}, line 1: this should be a folder, and it is a file."


def _a_dangling_link(tables: Path) -> str:
    tables.symlink_to(tables.parent / "nowhere")
    return f"{tables}, line 1: the folder should be readable, but: No such file or directory."


def _no_index(tables: Path) -> str:
    tables.mkdir()
    put(tables, "hcpcs-0123456789ab.csv", b"hcpcs,unit_amount,unit,since,until\n")
    return (
        f"{tables / 'index.json'}, line 1: the file should be there, as tables lie beside it; "
        "move its folder away and import the tables again."
    )


def _a_pipe_for_an_index(tables: Path) -> str:
    tables.mkdir()
    os.mkfifo(tables / "index.json")
    return f"{tables / 'index.json'}, line 1: this should be a file, and it is a pipe or a device."


def _a_pipe_for_a_table(tables: Path) -> str:
    file = _one_table(tables)
    file.unlink()
    os.mkfifo(file)
    return f"{file}, line 1: this should be a file, and it is a pipe or a device."


def _a_way_out(tables: Path) -> str:
    _one_table(tables)
    index = tables / "index.json"
    text = index.read_text(encoding="utf-8")
    index.write_text(text.replace("mue-practitioner-", "../../mue-practitioner-"), encoding="utf-8")
    return f"{index}, line 1: the file should be as it was written; move its folder away"


def _one_table(tables: Path) -> Path:
    done = chairtime("import", "--data-dir", tables.parent, *JANUARY, put(tables.parent, "x.csv", LIMITS))
    assert done.status == 0
    (file,) = tables.glob("mue-*.csv")
    return file


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links and pipes")
@pytest.mark.parametrize(
    "spoil",
    [_a_file, _a_dangling_link, _no_index, _a_pipe_for_an_index, _a_pipe_for_a_table, _a_way_out],
    ids=lambda spoil: spoil.__name__,
)
def test_tables_that_cannot_be_read_are_not_taken_for_none(
    tmp_path: Path, spoil: Callable[[Path], str]
) -> None:
    said = spoil(tmp_path / "tables")
    for words in (("code", "-"), ()):
        done = chairtime(*words, "--data-dir", tmp_path, given=CASE)
        assert (done.status, done.out) == (2, "")
        assert done.sentence.startswith(said)


def test_a_folder_that_is_not_there_has_no_list(clinic: Clinic) -> None:
    assert clinic.refused("--list") == f"There is no folder {clinic.data}."


def test_an_archive_with_no_file_in_it_is_said(clinic: Clinic) -> None:
    sentence = clinic.refused(clinic.file("x.zip", packed()))
    assert sentence == "x.zip is an archive that holds no file. Nothing was changed."


def test_a_full_folder_for_temporary_files_is_named_and_not_the_archive(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(clinic.folder / "gone"))
    monkeypatch.setattr("desktop_app.cms.parts._IN_MEMORY", 64)
    sentence = clinic.refused(clinic.file("x.zip", packed(a__csv=LIMITS)), *JANUARY)
    assert sentence == (
        f"The folder {clinic.folder / 'gone'} cannot hold x.zip (a.csv) unpacked: "
        "no such file or directory. Nothing was changed."
    )


def test_a_first_import_that_is_not_written_leaves_no_table(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    syncs = []

    def full(handle: int) -> None:
        syncs.append(handle)
        if len(syncs) == 5:  # an empty index, its folder, the table, its folder, the index
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert clinic.refused(clinic.file("x.csv", LIMITS), *JANUARY).endswith("nothing was changed.")
    assert content(clinic.data) == {"tables/import.lock": b""}
