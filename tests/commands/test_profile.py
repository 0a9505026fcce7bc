"""``profile``: a profile of the practice's own is made, checked and shown, and none is written over."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from desktop_app import paths
from desktop_app.cli import main
from desktop_app.coding.options import OPTION_NAMES
from tests.commands.program import Done, chairtime, chairtime_without_rights, content

SHIPPED = ("commercial", "custom", "medicare-facility", "medicare-physician")


def profile(*arguments: object, folder: Path) -> Done:
    return chairtime("profile", *arguments, "--data-dir", folder)


def file_of(folder: Path, name: str) -> Path:
    return folder / "rules" / "profiles" / f"{name}.toml"


def without_comments(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("source", SHIPPED)
def test_a_new_profile_is_a_copy_with_its_own_name_and_can_be_used_at_once(
    tmp_path: Path, source: str
) -> None:
    done = profile("new", "aetna-ppo", "--from", source, folder=tmp_path / "data")
    file = file_of(tmp_path / "data", "aetna-ppo")
    assert (done.status, done.err) == (0, "")
    assert done.out == f"{file} is a copy of {source}: change it to what your contract says.\n"
    copied = without_comments(file.read_text(encoding="utf-8"))
    original = without_comments(paths.resource("profiles", f"{source}.toml").read_text(encoding="utf-8"))
    assert copied[:2] == ['name = "aetna-ppo"', f'title = "aetna-ppo (after {source})"']
    assert copied[2:] == original[2:]
    checked = profile("check", file, folder=tmp_path)
    assert (checked.status, checked.err) == (0, "")
    assert checked.out.startswith(f"{file}: OK. It is the profile aetna-ppo, ")


def test_without_a_source_it_is_the_template_and_a_copy_may_be_copied(tmp_path: Path) -> None:
    profile("new", "one", folder=tmp_path)
    file_of(tmp_path, "one").write_text(
        file_of(tmp_path, "one").read_text(encoding="utf-8").replace('"longest"', '"first"'), encoding="utf-8"
    )
    assert profile("new", "two", "--from", "one", folder=tmp_path).status == 0
    assert 'equal_rank = "first"' in file_of(tmp_path, "two").read_text(encoding="utf-8")


def test_a_profile_may_come_from_an_editor_that_ends_and_begins_a_text_in_its_own_way(tmp_path: Path) -> None:
    profile("new", "one", "--from", "commercial", folder=tmp_path)
    file = file_of(tmp_path, "one")
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert profile("check", file, folder=tmp_path).status == 0
    assert profile("new", "two", "--from", "one", folder=tmp_path).status == 0
    assert file_of(tmp_path, "two").read_bytes().startswith(b"# An example")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_folders_it_makes_are_their_owners_alone(tmp_path: Path) -> None:
    profile("new", "one", folder=tmp_path / "data")
    for folder in ("data", "data/rules", "data/rules/profiles"):
        assert (tmp_path / folder).stat().st_mode & 0o777 == 0o700


REFUSALS = {
    ("new", "one"): "There is a payer profile one already; choose another name.",
    ("new", "commercial"): "There is a payer profile commercial already; choose another name.",
    (
        "new",
        "My Payer",
    ): "My Payer cannot be a profile's name; it should be a name of at most 40 small letters,",
    ("new", "../one"): "../one cannot be a profile's name",
    ("new", "two", "--from", "three"): "There is no payer profile three, only commercial, custom, medicare-",
    ("show", "three"): "There is no payer profile three, only commercial, custom, medicare-facility,",
    ("show", "custom", "--setting", "physician"): "The payer profile “custom” is not for a physician.",
    ("show", "custom", "--date", "Tuesday"): "Tuesday is no date such as 2026-03-02.",
    ("show", "custom", "--date", "0001-01-01"): (
        "There are no rules on 0001-01-01; the first hold from 2009-01-01 on."
    ),
    ("check", "tests"): "tests, line 1: this should be a file, and it is a folder.",
    ("show", "custom", "--setting", "home"): "Argument --setting: invalid choice: 'home'",
    ("check", "nowhere.toml"): "nowhere.toml, line 1: the file should be readable, but: No such file",
    (): "The following arguments are required: ACTION;",
}


@pytest.mark.parametrize(("words", "said"), REFUSALS.items(), ids=map(" ".join, REFUSALS))
def test_what_cannot_be_is_refused_and_changes_nothing(
    tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    profile("new", "one", folder=tmp_path)
    before = content(tmp_path)
    done = chairtime("profile", *words, *(["--data-dir", tmp_path] if words else []))
    assert (done.status, done.out) == (2, "")
    assert done.sentence.startswith(said)
    assert content(tmp_path) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file modes")
def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(open_to_all: Path) -> None:
    rules = open_to_all / "rules"
    rules.mkdir()
    rules.chmod(0o555)
    done = chairtime_without_rights("profile", "new", "one", "--data-dir", open_to_all)
    assert (done.status, done.out) == (2, "")
    assert done.sentence == f"{rules / 'profiles'} cannot be used: permission denied."
    assert list(rules.iterdir()) == []


def test_a_full_disk_is_told_with_the_file_and_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    status = main(["profile", "new", "one", "--data-dir", str(tmp_path)])
    said = capsys.readouterr()
    assert (status, said.out) == (2, "")
    file = file_of(tmp_path, "one")
    assert said.err == (
        f"chairtime: {file} cannot be written: no space left on device; nothing was written.\n"
    )
    assert content(tmp_path) == {}


@pytest.mark.parametrize("words", [("list",), ("show", "custom")])
def test_a_data_folder_that_is_not_there_is_not_taken_for_one_without_profiles(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    done = profile(*words, folder=tmp_path / "nope")
    assert (done.status, done.out) == (2, "")
    assert done.sentence == f"There is no folder {tmp_path / 'nope'}."


def test_a_file_that_is_no_profile_is_refused_with_its_place(tmp_path: Path) -> None:
    profile("new", "one", "--from", "commercial", folder=tmp_path)
    file = file_of(tmp_path, "one")
    file.write_text(file.read_text(encoding="utf-8").replace("jw_jz = false", "jw_jz = 5"), encoding="utf-8")
    done = profile("check", file, folder=tmp_path)
    assert (done.status, done.out) == (2, "")
    assert done.sentence == f"{file}, line 9: [[options]] set.jw_jz should be one of true, false."


def test_a_file_with_the_name_of_a_profile_of_the_programs_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "custom.toml"
    file.write_bytes(paths.resource("profiles", "custom.toml").read_bytes())
    done = profile("check", file, folder=tmp_path)
    assert (done.status, done.out) == (2, "")
    assert done.sentence == "The program has a profile custom already; the file needs another name."


def test_the_list_has_every_profile_with_whom_it_is_for(tmp_path: Path) -> None:
    profile("new", "aetna", "--from", "commercial", folder=tmp_path)
    lines = profile("list", folder=tmp_path).out.splitlines()
    assert [line.split()[0] for line in lines] == ["Profile", "aetna", *SHIPPED]
    assert "both settings" in lines[1]
    assert lines[1].rstrip().endswith("your own")
    assert all(line.rstrip().endswith("the program's") for line in lines[2:])


def test_it_shows_what_every_option_comes_to_and_who_says_so(tmp_path: Path) -> None:
    out = profile("show", "commercial", "--date", "2026-03-02", "--setting", "physician", folder=tmp_path).out
    head, *rows = out.splitlines()
    assert head == (
        "commercial: Commercial payer (example). Setting physician, date of service 2026-03-02, "
        "rulebook 2026.1."
    )
    told = {row.split()[0]: row for row in rows if row.split() and row.split()[0] in OPTION_NAMES}
    assert list(told) == list(OPTION_NAMES)
    assert told["jw_jz"].split()[1:4] == ["false", "profile,", "2009-01-01"]
    assert told["stopped_early"].split()[1:4] == ["modifier-53", "default,", "2009-01-01"]
    assert "MedLearn 2022: by time" in told["stopped_early"]
    assert [row.split()[0] for row in rows[-3:]] == ["J1745", "J2350", "J3380"]


def test_drugs_that_do_not_hold_on_the_date_are_not_shown(tmp_path: Path) -> None:
    earlier = profile("show", "commercial", "--date", "2023-12-31", folder=tmp_path).out
    assert "facility" in earlier.splitlines()[0]
    assert "J1745" not in earlier
    assert "Drug" not in profile("show", "medicare-physician", folder=tmp_path).out
