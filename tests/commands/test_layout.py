"""``layout`` and ``export --layout``: a layout of the practice's own is made, checked, shown and used."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from desktop_app import paths
from desktop_app.cli import main
from tests.commands.clinic import Clinic
from tests.commands.program import chairtime, content, play
from tests.commands.touches import VISIT, VISIT_LINES

READY = ("compact", "complete", "hospital")


def layout(clinic: Clinic, *arguments: object) -> tuple[int, str, str]:
    """Run ``chairtime layout`` in a data folder and return its status and what it said."""
    status = main(["layout", *map(str, arguments), "--data-dir", str(clinic.data)])
    said = clinic.capsys.readouterr()
    return status, said.out, said.err


def own(clinic: Clinic, name: str, old: str = "", new: str = "") -> Path:
    """Make a layout of the practice's own and change it; return its file."""
    path = clinic.data / "layouts" / f"{name}.toml"
    if not path.exists():
        assert layout(clinic, "new", name, "--from", "compact")[0] == 0
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def export(clinic: Clinic, folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Run ``chairtime export``."""
    status = main(["export", "--data-dir", str(clinic.data), "--to", str(folder), *arguments])
    said = clinic.capsys.readouterr()
    return status, said.out, said.err


@pytest.mark.parametrize("source", READY)
def test_a_new_layout_is_a_copy_that_can_be_used_at_once(clinic: Clinic, source: str) -> None:
    status, out, err = layout(clinic, "new", "ours-1", "--from", source)
    path = clinic.data / "layouts" / "ours-1.toml"
    assert (status, err) == (0, "")
    assert out == f"{path} is a copy of {source}: change it to what your system imports.\n"
    original = paths.resource("layouts", f"{source}.toml").read_text(encoding="utf-8").splitlines()
    copied = path.read_text(encoding="utf-8").splitlines()
    assert [new for old, new in zip(original, copied, strict=True) if old != new] == [
        'name = "ours-1"',
        f'title = "ours-1 (after {source})"',
    ]
    status, out, err = layout(clinic, "check", path)
    assert (status, err) == (0, "")
    assert out.startswith(f"{path}: OK. It is the layout ours-1, “ours-1 (after {source})”, with ")
    assert "ours-1" in layout(clinic, "list")[1]


def test_the_list_has_every_layout_and_whose_it_is(clinic: Clinic) -> None:
    layout(clinic, "new", "ours")
    out = layout(clinic, "list")[1]
    rows = [line.split() for line in out.splitlines()]
    assert [row[0] for row in rows[1:]] == [*READY, "ours"]
    assert [row[-2:] for row in rows[1:]] == [*[["the", "program's"]] * 3, ["your", "own"]]


def test_what_is_shown_of_a_layout_is_its_form_its_columns_and_what_is_mostly_a_mistake(
    clinic: Clinic,
) -> None:
    own(clinic, "ours", '{ take = "line", as = "Charge ID" }', '{ text = "01", as = "Site" }')
    status, out, err = layout(clinic, "show", "ours")
    assert (status, err) == (0, "")
    assert "dates: us" in out
    assert "always “01”" in out
    assert "Date of birth" in out
    assert "Warning: It leaves out the line id" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("new", "compact"), "There is a layout compact already; choose another name."),
        (("new", "Our System"), "Our System cannot be a layout's name; it should be a name of at most 40"),
        (("new", "ours", "--from", "theirs"), "There is no layout theirs, only compact, complete, hospital."),
        (("show", "theirs"), "There is no layout theirs, only compact, complete, hospital."),
        (("check", "nothing.toml"), "nothing.toml, line 1: the file should be readable"),
        (
            ("check", str(paths.resource("layouts", "compact.toml"))),
            "The program has a layout compact already",
        ),
    ],
)
def test_what_cannot_be_is_one_sentence_and_writes_nothing(
    clinic: Clinic, arguments: tuple[str, ...], said: str
) -> None:
    clinic.data.mkdir()
    status, out, err = layout(clinic, *arguments)
    assert (status, out) == (2, "")
    assert err.startswith(f"chairtime: {said}")
    assert err.count("\n") == 1
    assert content(clinic.data) == {}


def test_a_layout_with_a_fault_is_left_out_and_told_and_the_others_can_be_used(
    clinic: Clinic, tmp_path: Path
) -> None:
    path = own(clinic, "ours", '"us"', '"german"')
    own(clinic, "theirs")
    said = f"chairtime: {path}, line 5: dates should be one of iso, us, digits.\n"
    status, out, err = layout(clinic, "list")
    assert (status, err) == (1, said)
    assert "theirs" in out
    assert layout(clinic, "show", "ours")[2] == said
    assert play(clinic.data, *VISIT).status == 0
    assert export(clinic, tmp_path / "out", "--layout", "ours") == (2, "", said)
    assert not (tmp_path / "out").exists()
    assert export(clinic, tmp_path / "out", "--layout", "theirs")[0] == 0


def test_a_name_of_the_program_s_and_what_is_no_toml_are_told(clinic: Clinic) -> None:
    path = own(clinic, "ours")
    path.rename(path.with_name("compact.toml"))
    path.with_name("notes.txt").write_text("", encoding="utf-8")
    status, _, err = layout(clinic, "list")
    assert status == 1
    assert "compact.toml, line 1: the name should be another than compact: the program has a layout" in err
    assert "notes.txt, line 1: the name should be one that ends with .toml" in err


def test_an_export_goes_out_in_the_layout_and_the_manifest_names_it(clinic: Clinic, tmp_path: Path) -> None:
    assert play(clinic.data, *VISIT).status == 0
    own(clinic, "ours", '"Procedure"', '"CPT"')
    formats = ("--format", "csv", "--format", "xlsx")
    status, out, err = export(clinic, tmp_path / "out", "--layout", "ours", *formats)
    assert (status, err) == (0, "")
    (batch,) = (tmp_path / "out").iterdir()
    assert out == f"{batch}: 1 session, 2 lines.\n"
    rows = list(csv.DictReader((batch / "lines.csv").read_text(encoding="utf-8").splitlines()))
    assert [(row["CPT"], int(row["Units"])) for row in rows] == VISIT_LINES
    assert {row["Service date"] for row in rows} == {"03/02/2026"}
    head, *cells = openpyxl.load_workbook(batch / "lines.xlsx")["Lines"].iter_rows(values_only=True)
    assert [(row[head.index("CPT")], row[head.index("Units")]) for row in cells] == VISIT_LINES
    assert json.loads((batch / "manifest.json").read_text(encoding="utf-8"))["layout"] == "ours"


def test_an_export_warns_of_a_layout_that_is_mostly_a_mistake_and_does_it(
    clinic: Clinic, tmp_path: Path
) -> None:
    assert play(clinic.data, *VISIT).status == 0
    own(clinic, "ours", 'times = "local"', 'times = "local"\nguard = false')
    status, _, err = export(clinic, tmp_path / "out", "--layout", "ours")
    assert status == 0
    assert err.startswith("chairtime: Texts that begin like a formula are written as they are: a spreadsheet")
    assert err.count("\n") == 1


def test_a_layout_without_a_table_is_refused(clinic: Clinic, tmp_path: Path) -> None:
    assert play(clinic.data, *VISIT).status == 0
    status, _, err = export(clinic, tmp_path / "out", "--layout", "compact", "--format", "x12")
    assert status == 2
    assert "lays out tables, and none was asked for; nothing was sent." in err
    assert not (tmp_path / "out").exists()


def test_the_program_says_which_commands_a_layout_has() -> None:
    done = chairtime("layout")
    assert done.status == 2
    assert done.sentence.startswith("The following arguments are required: ACTION")


def test_the_layout_on_the_page_of_the_export_can_be_used_as_it_stands(
    clinic: Clinic, tmp_path: Path
) -> None:
    page = (paths.resources().parent / "docs" / "export.md").read_text(encoding="utf-8")
    path = tmp_path / "ours.toml"
    path.write_text(page.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    status, out, _ = layout(clinic, "check", path)
    assert status == 0
    assert "“Our system”, with 4 columns" in out
