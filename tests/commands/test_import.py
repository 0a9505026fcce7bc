"""``chairtime import`` as a person meets it: what it says, what it keeps, and what it leaves alone."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from desktop_app.cli import main
from desktop_app.coding.refusals import RulebookError
from desktop_app.coding.tables import EMPTY_TABLES, TableKind
from desktop_app.imported_tables import load_index, load_tables
from desktop_app.store.table_files import table_folder
from tests.cms.files import (
    ADD_ON,
    CROSSWALK,
    CROSSWALK_HEAD,
    MUE,
    MUE_HEAD,
    PTP,
    PTP_HEAD,
    add_on_lines,
    comma,
    packed,
    put,
    records,
    tabbed,
)
from tests.commands.clinic import LIMITS, PAIRS, Clinic
from tests.commands.program import ROOT, chairtime, chairtime_without_rights, content, play, sessions


def test_an_import_says_what_changes(clinic: Clinic) -> None:
    assert clinic.taken("x.txt", PAIRS, "--kind", "ptp-hospital") == (
        "ptp-hospital from 2026-01-01: 5 rows read, 3 kept; 3 added, 0 changed, 0 ended, 0 unchanged.\n"
    )
    changed = [
        *PTP[:1],
        ["96365", "96374", "", "20200101", "20251231", "1", "made up"],
        *PTP[3:],
        [*PTP[2][:5], "1", ""],
    ]
    assert clinic.taken("x.txt", tabbed(PTP_HEAD, changed), "--kind", "ptp-hospital") == (
        "ptp-hospital from 2026-01-01: 5 rows read, 3 kept; 0 added, 1 changed, 1 ended, 1 unchanged.\n"
    )


def test_every_kind_can_be_imported_and_is_listed_with_its_file(clinic: Clinic) -> None:
    files = {
        "pairs.zip": packed(ccioph__txt=PAIRS),
        "MUE_Eff_01-01-2026.csv": LIMITS,
        "crosswalk.csv": comma(CROSSWALK_HEAD, CROSSWALK),
        "aoc.txt": add_on_lines(),
        "hcpcs.txt": records(),
    }
    for name, what in files.items():
        clinic.taken(name, what, *(["--kind", "ptp-practitioner"] if name == "pairs.zip" else []))
    status, out, _ = clinic.run("--list")
    assert status == 0
    told = out.replace("\n", "").replace(" ", "")
    for name, what in files.items():
        assert name in out
        assert hashlib.sha256(what).hexdigest()[:10] in told
    index = load_index(clinic.data)
    assert set(index.tables) == set(TableKind) - {
        TableKind.PTP_HOSPITAL,
        TableKind.MUE_HOSPITAL,
        TableKind.CHARGES,
    }
    assert {source.since for entry in index.tables.values() for source in entry.sources} == {"2026-01-01"}


def test_a_folder_without_tables_says_so(clinic: Clinic) -> None:
    assert load_tables(clinic.data) is EMPTY_TABLES
    clinic.data.mkdir()
    assert clinic.run("--list") == (0, "No tables were imported.\n", "")
    assert content(clinic.data) == {}
    (clinic.data / "tables").mkdir()
    assert clinic.run("--list") == (0, "No tables were imported.\n", "")


def test_a_dry_run_says_the_same_and_changes_nothing(clinic: Clinic) -> None:
    file = clinic.file("x.csv", LIMITS)
    status, out, _ = clinic.run(file, "--from", "2026-01-01", "--dry-run")
    assert status == 0
    assert out.splitlines()[-1] == "Nothing was changed: this was a dry run."
    assert "2 added" in out
    assert not clinic.data.exists()
    assert out.splitlines()[0] + "\n" == clinic.taken("x.csv", LIMITS, "--from", "2026-01-01")


def test_several_files_are_taken_together_or_not_at_all(clinic: Clinic) -> None:
    good, bad = (
        clinic.file("a.txt", add_on_lines()),
        clinic.file("b.csv", comma(MUE_HEAD, MUE, [["9636", "x", "1"]])),
    )
    sentence = clinic.refused(good, bad, "--from", "2026-01-01")
    assert sentence.startswith(
        "b.csv, line 7: HCPCS/CPT Code should be a code of five letters and digits, and is “9636”."
    )
    assert sentence.endswith(" Nothing was changed.")
    assert not load_index(clinic.data).tables
    status, out, _ = clinic.run(good, clinic.file("b.csv", LIMITS), "--from", "2026-01-01")
    assert status == 0
    assert len(out.splitlines()) == 2


def test_parts_of_the_pairs_come_one_by_one_or_together(clinic: Clinic) -> None:
    first, second = tabbed(PTP_HEAD, PTP[:2]), tabbed(PTP_HEAD, PTP[2:])
    clinic.taken("f1.txt", first, "--kind", "ptp-hospital")
    out = clinic.taken("f2.txt", second, "--kind", "ptp-hospital")
    assert "3 kept; 2 added, 0 changed, 0 ended, 1 unchanged" in out
    assert [source.file for source in load_index(clinic.data).tables[TableKind.PTP_HOSPITAL].sources] == [
        "f1.txt",
        "f2.txt",
    ]
    one_by_one = load_tables(clinic.data).by_kind
    clinic.run(clinic.folder / "f1.txt", clinic.folder / "f2.txt", "--kind", "ptp-hospital")
    assert load_tables(clinic.data).by_kind == one_by_one
    assert len(load_index(clinic.data).tables[TableKind.PTP_HOSPITAL].sources) == 2


def test_devices_and_what_else_is_in_an_archive_are_told(clinic: Clinic) -> None:
    out = clinic.taken("x.zip", packed(a__csv=comma(CROSSWALK_HEAD, CROSSWALK), read__txt=b"Read me.\n"))
    assert "1 rows have the number of a device and no NDC; they are left out." in out
    assert out.splitlines()[-1].startswith("Not used: x.zip (read.txt) is no table that can be imported")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Name the files to import, or --list"),
        (["missing.zip"], "missing.zip cannot be read: no such file or directory."),
        (["nul\0.zip"], "cannot be read: that is no file name."),
        (["x.csv", "--from", "soon"], "soon is no date such as 2026-01-01."),
        (["x.csv", "--kind", "poison"], "Argument --kind: invalid choice"),
        (["--remember-ndc", "1234567890"], "is no NDC of ten digits with its hyphens"),
        (["--remember-ndc", "12345-6789-0", "x.csv"], "--remember-ndc imports no file, so it stands alone"),
        (["--remember-ndc", "12345-6789-0", "--dry-run"], "--remember-ndc imports no file, so it stands"),
        (["--list", "x.csv"], "--list imports no file, so it stands alone; import the files in a run of its"),
        (["--forget", "hcpcs", "x.csv"], "--forget imports no file, so it stands alone"),
        (["--forget", "hcpcs", "--list"], "Argument --list: not allowed with argument --forget"),
        (["--forget", "poison"], "Argument --forget: invalid choice"),
        (["--forget", "hcpcs"], "There is no table hcpcs here, nor any other."),
    ],
)
def test_what_cannot_be_done_is_one_sentence(clinic: Clinic, arguments: list[str], said: str) -> None:
    assert said in clinic.refused(*arguments)


def test_a_data_folder_that_is_a_file_is_said(clinic: Clinic) -> None:
    put(clinic.folder, "data", b"")
    status, _out, err = clinic.run(clinic.file("x.txt", add_on_lines()))
    assert status == 2
    assert err.startswith(f"chairtime: The folder {clinic.data / 'tables'} cannot be made: ")


def test_code_refuses_a_data_folder_that_is_not_there(clinic: Clinic) -> None:
    assert main(["code", "--data-dir", str(clinic.data), "-"]) == 2
    assert clinic.capsys.readouterr().err == f"chairtime: There is no folder {clinic.data}.\n"


def test_a_folder_is_no_file(clinic: Clinic) -> None:
    assert "cannot be read" in clinic.refused(clinic.folder)


def test_an_older_quarter_is_refused(clinic: Clinic) -> None:
    clinic.taken("x.csv", LIMITS, "--from", "2026-04-01")
    sentence = clinic.refused(clinic.folder / "x.csv", "--from", "2026-01-01")
    assert (
        sentence
        == "x.csv holds from 2026-01-01, and the table here is from 2026-04-01 already. Nothing was changed."
    )


def test_a_choice_for_ten_digits_is_remembered(clinic: Clinic) -> None:
    assert (
        clinic.run("--remember-ndc", "12345-6789-0")[1]
        == "1234567890 stands for NDC 12345-6789-00 from now on.\n"
    )
    assert clinic.run("--remember-ndc", "1234-5678-90")[1] == (
        "1234567890 stands for NDC 01234-5678-90 from now on, and no longer for 12345-6789-00.\n"
    )
    assert load_tables(clinic.data).chosen_ndcs == {"1234567890": "01234567890"}
    clinic.taken("x.csv", LIMITS, "--from", "2026-01-01")
    assert load_tables(clinic.data).chosen_ndcs == {"1234567890": "01234567890"}
    assert clinic.run("--list")[1].splitlines()[-1] == "1234567890 stands for NDC 01234-5678-90."


def test_of_the_imports_own_files_only_those_of_the_index_stay_and_all_others_do(clinic: Clinic) -> None:
    clinic.taken("x.csv", LIMITS, "--from", "2026-01-01")
    tables = clinic.data / "tables"
    for left in ("mue-hospital-0123456789ab.csv.new", "mue-hospital-0123456789ab.csv", "index.json.new"):
        put(tables, left, b"half")
    for own in ("mue.csv", "mue-hospital-0123456789ab.csv.zip", "mue-hospital-2026.csv", "notes.new"):
        put(tables, own, b"mine")
    download = put(tables, "july.csv", comma(MUE_HEAD, MUE[:2]))
    assert clinic.run(download, "--from", "2026-01-01")[0] == 0
    (entry,) = load_index(clinic.data).tables.values()
    assert {path.name for path in tables.iterdir()} == {
        *("index.json", "import.lock", entry.file, "july.csv"),
        *("mue.csv", "mue-hospital-0123456789ab.csv.zip", "mue-hospital-2026.csv", "notes.new"),
    }


def test_a_second_import_at_once_is_refused(clinic: Clinic) -> None:
    with table_folder(clinic.data / "tables"):
        assert "Another import already works in the folder" in clinic.refused(
            clinic.file("x.txt", add_on_lines())
        )


def touched(file: Path) -> str:
    """Return the sentence on a table of limits that was changed."""
    helps = "import it again, or take it back with `chairtime import --forget mue-practitioner`"
    return f"{file}, line 1: the file should be as it was imported; {helps}."


def test_a_table_that_was_touched_is_named_and_can_be_imported_again(clinic: Clinic) -> None:
    clinic.taken("x.csv", LIMITS, "--from", "2026-01-01")
    (entry,) = load_index(clinic.data).tables.values()
    file = clinic.data / "tables" / entry.file
    file.write_text(file.read_text(encoding="utf-8").replace("40", "4"), encoding="utf-8")
    done = chairtime("code", "--data-dir", clinic.data, "-", given='{"id": "x"}')
    assert done.status == 2
    assert done.sentence == touched(file)


def test_a_touched_table_is_made_anew_by_an_import_that_says_so(clinic: Clinic) -> None:
    clinic.taken("x.csv", LIMITS, "--from", "2026-01-01")
    (entry,) = load_index(clinic.data).tables.values()
    put(clinic.data / "tables", entry.file, b"")
    out = clinic.taken("x.csv", LIMITS, "--from", "2026-01-01")
    assert out.startswith("mue-practitioner: the table that was here is damaged; it is made anew")
    assert "2 added" in out
    assert not load_tables(clinic.data).empty


def test_a_touched_table_stops_no_folder_from_being_given_back(clinic: Clinic) -> None:
    clinic.taken("x.csv", LIMITS, "--from", "2026-01-01")
    (entry,) = load_index(clinic.data).tables.values()
    put(clinic.data / "tables", entry.file, b"")
    said = [play(clinic.data, {"do": "mark"}).sentence for _twice in range(2)]
    assert said == [touched(clinic.data / "tables" / entry.file)] * 2


def test_a_missing_table_and_a_damaged_index_are_named(clinic: Clinic) -> None:
    clinic.taken("x.csv", LIMITS, "--from", "2026-01-01")
    (entry,) = load_index(clinic.data).tables.values()
    (clinic.data / "tables" / entry.file).unlink()
    with pytest.raises(
        RulebookError, match=f"tables/{entry.file}, line 1: the file should be readable, but: No"
    ):
        load_tables(clinic.data)
    put(clinic.data / "tables", "index.json", b"\xff")
    for words in (["--list"], ["--forget", "mue-practitioner"], [clinic.folder / "x.csv"]):
        assert clinic.refused(*words) == (
            f"{clinic.data / 'tables' / 'index.json'}, line 1: the file should be as it was written; "
            "move its folder away and import the tables again."
        )
    (clinic.data / "tables").rename(clinic.data / "away")
    assert "2 added" in clinic.taken("x.csv", LIMITS, "--from", "2026-01-01")


def test_a_folder_that_cannot_be_written_is_said(open_to_all: Path) -> None:
    (open_to_all / "tables").mkdir()
    (open_to_all / "tables").chmod(0o555)
    file = put(open_to_all, "x.txt", add_on_lines())
    done = chairtime_without_rights("import", "--data-dir", open_to_all, file)
    (open_to_all / "tables").chmod(0o755)
    assert done.status == 2
    assert done.sentence.startswith(f"The data folder {open_to_all / 'tables'} cannot be written: ")
    assert content(open_to_all) == {"x.txt": add_on_lines()}


def test_a_write_that_fails_leaves_the_old_tables(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    clinic.taken("x.csv", LIMITS, "--from", "2026-01-01")
    file = clinic.file("y.csv", comma(MUE_HEAD, MUE[:2]))
    syncs = []

    def full(handle: int) -> None:
        syncs.append(handle)
        if len(syncs) == 3:  # the table, its folder, then the index
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    before = content(clinic.data)
    status, out, err = clinic.run(file, "--from", "2026-01-01")
    assert (status, out) == (2, ""), "what was not done is not counted"
    assert err.endswith("cannot be written: no space left on device; nothing was changed.\n")
    assert content(clinic.data) == before


CASE = {
    "id": "x",
    "setting": "facility",
    "date": "2026-03-02",
    "services": [
        {
            "id": "a",
            "drug": "drug",
            "route": "drug-only",
            "start": "2026-03-02T09:00",
            "dose": 20,
            "unit": "mg",
        }
        | {"ndc": "1234567890", "containers": [{"size": 20, "count": 1, "single_dose": True}]}
    ],
}


def test_code_uses_tables_only_where_their_folder_is_named(clinic: Clinic) -> None:
    clinic.run("--remember-ndc", "12345-6789-0")
    rows = [["J0001", "", "", "12345-6789-00", "", "", "", "", "", "10"]]
    clinic.taken("x.csv", comma(CROSSWALK_HEAD, rows))
    clinic.taken("y.txt", records())
    given = json.dumps(CASE)
    (plain,) = chairtime("code", "--jsonl", "-", given=given).answers
    (known,) = chairtime("code", "--jsonl", "--data-dir", clinic.data, "-", given=given).answers
    assert [finding["name"] for finding in plain["findings"]] == ["ndc-ambiguous", "drug-code-missing"]
    assert [(line["code"], line["units"], line["ndc"]) for line in known["lines"]] == [
        ("J0001", 2, "12345678900")
    ]


def test_a_session_is_coded_by_its_folders_tables_and_its_case_alike(clinic: Clinic) -> None:
    clinic.run("--remember-ndc", "12345-6789-0")
    clinic.taken(
        "x.csv", comma(CROSSWALK_HEAD, [["J0001", "", "", "12345-6789-00", "", "", "", "", "", "10"]])
    )
    clinic.taken(
        "y.txt",
        tabbed(PTP_HEAD, [["96365", "J0001", "", "20200101", "*", "0", ""]]),
        "--kind",
        "ptp-hospital",
    )
    clinic.taken("z.txt", records())
    seat = {"at": "2026-03-02T08:00", "chair": "1", "do": "seat", "mrn": "1", "initials": "A.B."}
    start = {"do": "start", "service": "a", "drug": "drug", "category": "therapeutic", "route": "iv-infusion"}
    touches: list[Mapping[str, object]] = [
        seat,
        {"at": "2026-03-02T08:10", "chair": "1", **start},
        {"at": "2026-03-02T09:10", "chair": "1", "do": "stop", "service": "a"},
        {"at": "2026-03-02T09:11", "chair": "1", "do": "dose", "service": "a", "dose": 300, "unit": "mg"}
        | {"ndc": "1234567890", "ndc_quantity": 3, "ndc_unit": "UN"},
        {"at": "2026-03-02T09:20", "chair": "1", "do": "end"},
        {"at": "2026-03-02T09:21", "chair": "1", "do": "sign"},
    ]
    done = play(clinic.data, *touches)
    assert done.status == 0, done.out
    (session,) = sessions(clinic.data)
    lines = [
        (line["code"], line["units"], line.get("ndc"), line.get("ndc_quantity"))
        for line in session["coding"]["lines"]
    ]
    assert lines == [("96365", 1, None, None), ("J0001", 30, "12345678900", "3")]
    assert [f["name"] for f in session["coding"]["findings"]] == ["pair-not-paid-together"]
    (again,) = chairtime("code", "--jsonl", "-", given=json.dumps(session["case"])).answers
    assert [
        (line["code"], line["units"], line.get("ndc"), line.get("ndc_quantity")) for line in again["lines"]
    ] == lines
    out = clinic.folder / "out"
    assert chairtime("export", "--data-dir", clinic.data, "--to", out).status == 0
    (table,) = out.glob("*/lines.csv")
    assert ",12345678900,3,UN," in table.read_text(encoding="utf-8")


def test_the_tables_need_no_key_and_hold_no_words(clinic: Clinic) -> None:
    clinic.taken("x.csv", LIMITS, "--from", "2026-01-01")
    clinic.taken("y.txt", add_on_lines(ADD_ON))
    texts = [path.read_text(encoding="utf-8") for path in (clinic.data / "tables").glob("*.csv")]
    assert len(texts) == 2
    assert not any("made" in text or "Edit" in text for text in texts)


def test_the_codes_of_a_practices_own_map_are_kept(clinic: Clinic) -> None:
    rules = clinic.data / "rules"
    rules.mkdir(parents=True)
    codes = (ROOT / "resources" / "codes.toml").read_text(encoding="utf-8")
    put(rules, "codes.toml", codes.replace('"96365"', '"11111"').replace('"2026.1"', '"ours"').encode())
    clinic.taken("x.csv", LIMITS, "--from", "2026-01-01")
    assert set(load_tables(clinic.data).by_kind[TableKind.MUE_PRACTITIONER]) == {("11111",), ("J0001",)}
