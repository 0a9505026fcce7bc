"""A code map and profiles of the practice's own, in the data folder: used everywhere, or refused in place."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app import paths
from desktop_app.app import open_parts
from desktop_app.store.faults import SettingRefused
from tests.commands.program import (
    ROOT,
    Json,
    chairtime,
    chairtime_without_rights,
    codes,
    content,
    play,
    sessions,
    surroundings,
)
from tests.commands.touches import SEAT, VISIT

CASE: Json = {
    "id": "visit",
    "setting": "physician",
    "date": "2026-03-02",
    "services": [
        {
            "drug": "infliximab",
            "category": "chemo",
            "route": "iv-infusion",
            "start": "2026-03-02T09:00",
            "stop": "2026-03-02T11:00",
            "hcpcs": "J1745",
            "units": 40,
        }
    ],
}


def own_codes(folder: Path, old: str = "", new: str = "") -> Path:
    text = paths.resource("codes.toml").read_text(encoding="utf-8").replace('"2026.1"', '"ours-1"')
    file = folder / "rules" / "codes.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text.replace(old, new) if old else text, encoding="utf-8")
    return file


def own_profile(folder: Path, name: str = "aetna", old: str = "", new: str = "") -> Path:
    text = paths.resource("profiles", "commercial.toml").read_text(encoding="utf-8")
    file = folder / "rules" / "profiles" / f"{name}.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    text = text.replace('"commercial"', f'"{name}"')
    file.write_text(text.replace(old, new) if old else text, encoding="utf-8")
    return file


def coded(*arguments: object, **changes: object) -> Json:
    answer: Json = json.loads(
        chairtime("code", "--json", *arguments, "-", given=json.dumps(CASE | changes)).out
    )
    return answer


def test_code_takes_the_payer_it_is_told(tmp_path: Path) -> None:
    own_profile(tmp_path, old='"J1745"\ncategory = "therapeutic"', new='"J1745"\ncategory = "other"')
    assert codes(coded()["lines"])[0] == ("96413", 1)
    assert codes(coded("--profile", "commercial")["lines"])[0] == ("96365", 1)
    assert codes(coded("--profile", "aetna", "--data-dir", tmp_path)["lines"]) == [("J1745", 40)]
    line = json.dumps(CASE)
    done = chairtime("code", "--jsonl", "--profile", "commercial", "-", given=f"{line}\n{line}\n")
    assert [codes(answer["lines"])[0] for answer in done.answers] == [("96365", 1)] * 2


def test_code_reads_a_data_folder_only_when_it_is_named(tmp_path: Path) -> None:
    own_codes(tmp_path, '"96413"', '"96999"')
    named = coded("--data-dir", tmp_path)
    assert (named["rulebook"], named["lines"][0]["code"]) == ("2026.1+ours-1", "96999")
    before = chairtime("--data-dir", tmp_path, "code", "--json", "-", given=json.dumps(CASE))
    assert json.loads(before.out) == named
    home = tmp_path / "share" / "chairtime"
    home.mkdir(parents=True)
    (tmp_path / "rules").rename(home / "rules")
    unnamed = chairtime("code", "--json", "-", given=json.dumps(CASE), home=tmp_path)
    assert json.loads(unnamed.out)["rulebook"] == "2026.1"


def test_a_payer_there_is_none_of_is_refused_with_those_there_are(tmp_path: Path) -> None:
    own_profile(tmp_path)
    done = chairtime("code", "--profile", "x", "--data-dir", tmp_path, "-", given=json.dumps(CASE))
    assert (done.status, done.out) == (2, "")
    known = "aetna, commercial, custom, medicare-facility, medicare-physician"
    assert done.sentence == f"There is no payer profile x, only {known}."


def test_a_data_folder_that_is_not_there_is_not_taken_for_one_without_rules(tmp_path: Path) -> None:
    done = chairtime("code", "--data-dir", tmp_path / "dta", "-", given=json.dumps(CASE))
    assert (done.status, done.out) == (2, "")
    assert done.sentence == f"There is no folder {tmp_path / 'dta'}."


def test_a_payer_of_the_other_setting_is_refused_at_the_setting() -> None:
    done = chairtime("code", "--profile", "custom", "-", given=json.dumps(CASE))
    assert (done.status, done.out) == (2, "")
    assert "setting does not fit: the payer profile “custom” is not for a physician." in done.sentence
    lines = "".join(json.dumps(CASE | {"setting": setting}) + "\n" for setting in ("facility", "physician"))
    done = chairtime("code", "--jsonl", "--profile", "custom", "-", given=lines)
    assert done.status == 1
    assert ["error" in answer for answer in done.answers] == [False, True]


def test_the_suite_works_by_its_own_rules(tmp_path: Path) -> None:
    own_codes(tmp_path, '"96365"', '"96998"')
    own_profile(tmp_path)
    assert chairtime("settings", "--data-dir", tmp_path, "profile", "aetna").status == 0
    done = play(tmp_path, *VISIT)
    assert done.status == 0, done.out
    (session,) = sessions(tmp_path)
    assert session["signed"][0]["profile"] == "aetna"
    assert session["signed"][0]["rulebook"] == "2026.1+ours-1"
    assert "96998" in {line["code"] for line in session["signed"][0]["lines"]}
    again = chairtime("code", "--json", "--data-dir", tmp_path, "-", given=json.dumps(session["case"]))
    assert json.loads(again.out) == session["coding"]
    exported = chairtime("export", "--data-dir", tmp_path, "--to", tmp_path / "out")
    assert exported.status == 0
    (sheet,) = (tmp_path / "out").rglob("lines.csv")
    assert "96998" in sheet.read_text(encoding="utf-8")


def test_a_session_whose_payer_is_gone_is_still_there_and_cannot_be_signed(tmp_path: Path) -> None:
    file = own_profile(tmp_path)
    *before, sign = VISIT
    assert sign["do"] == "sign"
    assert play(tmp_path, before[0] | {"profile": "aetna"}, *before[1:]).status == 0
    text = file.read_bytes()
    file.unlink()
    (session,) = sessions(tmp_path)
    first = session["coding"]["findings"][0]
    assert (first["level"], first["name"]) == ("blocker", "payer-unknown")
    assert "there is no payer profile “aetna”" in first["text"]
    (refused,) = play(tmp_path, sign).answers
    assert "there is no payer profile “aetna”" in refused["refused"]
    file.write_bytes(text)
    assert play(tmp_path, sign).status == 0
    assert sessions(tmp_path)[0]["signed"][0]["profile"] == "aetna"


def test_a_payer_is_chosen_only_for_who_bills(tmp_path: Path) -> None:
    def setting(key: str, value: str) -> str:
        done = chairtime("settings", "--data-dir", tmp_path, key, value)
        assert done.status == (2 if done.err else 0)
        return done.sentence if done.err else ""

    assert setting("profile", "medicare-physician") == (
        "The payer profile “medicare-physician” is not for a facility."
    )
    assert setting("profile", "medicare-facility") == ""
    assert setting("setting", "physician") == "The payer profile “medicare-facility” is not for a physician."
    assert setting("profile", "") == ""
    assert setting("setting", "physician") == ""
    own_profile(tmp_path, "gone")
    assert setting("profile", "gone") == ""
    (tmp_path / "rules" / "profiles" / "gone.toml").unlink()
    assert setting("setting", "facility") == ""
    assert setting("profile", "aetna").startswith("There is no payer profile aetna, only commercial, custom,")


def test_a_seat_for_a_payer_of_the_other_setting_is_refused(tmp_path: Path) -> None:
    (answer,) = play(tmp_path, SEAT | {"setting": "physician", "profile": "custom"}).answers
    assert answer["refused"] == "the payer profile “custom” is not for a physician"


Fault = Callable[[Path], tuple[Path, str]]
"""Spoils the rules of a data folder; returns the file and what the sentence says of it."""


def _profile_option(folder: Path) -> tuple[Path, str]:
    file = own_profile(folder, old="jw_jz = false", new="speed = 5")
    return file, "line 9: [[options]] set.speed should be gone: the rulebook has no option of this name."


def _profile_name(folder: Path) -> tuple[Path, str]:
    file = own_profile(folder, old='"aetna"', new='"cigna"')
    return file, 'line 4: name should be "aetna", as the file is called.'


def _name_taken(folder: Path) -> tuple[Path, str]:
    file = own_profile(folder, "commercial")
    return file, "line 1: the name should be another than commercial: the program has a profile of that name."


def _code_shape(folder: Path) -> tuple[Path, str]:
    file = own_codes(folder, '"96413"', '"9641"')
    return file, "line 62: [chemo-infusion-first] code should be a code of five digits or capital letters,"


def _same_version(folder: Path) -> tuple[Path, str]:
    file = own_codes(folder, '"ours-1"', '"2026.1"')
    return file, "line 10: version should be another than 2026.1, which names the code map of the program."


def _not_toml(folder: Path) -> tuple[Path, str]:
    file = own_profile(folder, old="[[options]]", new="[[options]")
    return file, "line 7: the text should be TOML, but there is: "


def _not_utf8(folder: Path) -> tuple[Path, str]:
    file = own_codes(folder)
    file.write_bytes(b"# caf\xe9\n" + file.read_bytes())
    return file, "line 1: the text should be UTF-8."


def _empty(folder: Path) -> tuple[Path, str]:
    file = own_codes(folder)
    file.write_bytes(b"")
    return file, "line 1: the file should be filled: there is nothing in it."


def _huge(folder: Path) -> tuple[Path, str]:
    file = own_profile(folder)
    file.write_bytes(b"#" * 1_000_001)
    return file, "line 1: the file should be at most 1000000 bytes."


def _folder_for_a_file(folder: Path) -> tuple[Path, str]:
    file = own_profile(folder)
    file.unlink()
    file.mkdir()
    return file, "line 1: this should be a file, and it is a folder."


def _file_for_a_folder(folder: Path) -> tuple[Path, str]:
    (folder / "rules").mkdir(parents=True)
    (folder / "rules" / "profiles").write_text("x", encoding="utf-8")
    return folder / "rules" / "profiles", "line 1: this should be a folder, and it is a file."


def _wrong_name(folder: Path) -> tuple[Path, str]:
    file = own_codes(folder)
    moved = file.rename(file.with_name("code.toml"))
    return moved, "line 1: the name should be codes.toml, or the file should lie in the folder profiles."


def _capital_ending(folder: Path) -> tuple[Path, str]:
    moved = own_profile(folder).rename(folder / "rules" / "profiles" / "X.TOML")
    return moved, "line 1: the name should be x.toml."


def _capital_codes(folder: Path) -> tuple[Path, str]:
    moved = own_codes(folder).rename(folder / "rules" / "CODES.TOML")
    return moved, "line 1: the name should be codes.toml, or the file should lie in the folder profiles."


def _other_folder(folder: Path) -> tuple[Path, str]:
    file = own_profile(folder)
    other = file.parent.rename(folder / "rules" / "profile")
    return other, "line 1: the folder should be profiles, or lie elsewhere: no other is read here."


def _folder_in_profiles(folder: Path) -> tuple[Path, str]:
    other = own_profile(folder).parent / "old"
    other.mkdir()
    return other, "line 1: the folder should be elsewhere: only files are read here."


def _pipe(folder: Path) -> tuple[Path, str]:
    file = own_profile(folder)
    file.unlink()
    os.mkfifo(file)
    return file, "line 1: this should be a file, and it is a pipe or a device."


def _dangling_link(folder: Path) -> tuple[Path, str]:
    rules = folder / "rules"
    rules.symlink_to(folder / "nowhere")
    return rules, "line 1: the folder should be readable, but: No such file or directory."


FAULTS: tuple[Fault, ...] = (
    _capital_ending,
    _capital_codes,
    _other_folder,
    _folder_in_profiles,
    *((_pipe, _dangling_link) if sys.platform != "win32" else ()),
    _profile_option,
    _profile_name,
    _name_taken,
    _code_shape,
    _same_version,
    _not_toml,
    _not_utf8,
    _empty,
    _huge,
    _folder_for_a_file,
    _file_for_a_folder,
    _wrong_name,
)


@pytest.mark.parametrize("spoil", FAULTS, ids=lambda spoil: spoil.__name__)
def test_bad_rules_in_the_folder_are_refused_with_file_line_key_and_what_was_expected(
    tmp_path: Path, spoil: Fault
) -> None:
    file, said = spoil(tmp_path)
    done = chairtime("code", "--data-dir", tmp_path, "-", given=json.dumps(CASE))
    assert (done.status, done.out) == (2, "")
    assert done.sentence.startswith(f"{file}, {said}")


def test_what_is_not_toml_beside_the_rules_is_nobodys_fault(tmp_path: Path) -> None:
    rules = own_profile(tmp_path).parent.parent
    (rules / ".git").mkdir()
    (rules / "read me.txt").write_text("ours", encoding="utf-8")
    (rules / "profiles" / "aetna.toml.old").write_text("ours", encoding="utf-8")
    assert "aetna" in chairtime("profile", "list", "--data-dir", tmp_path).out


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file modes")
@pytest.mark.parametrize(("what", "said"), [("profiles", "the folder"), ("profiles/aetna.toml", "the file")])
def test_rules_that_cannot_be_read_are_not_taken_for_none(open_to_all: Path, what: str, said: str) -> None:
    own_profile(open_to_all)
    closed = open_to_all / "rules" / what
    closed.chmod(0)
    done = chairtime_without_rights("profile", "list", "--data-dir", open_to_all)
    closed.chmod(0o700)
    assert (done.status, done.out) == (2, "")
    assert done.sentence == f"{closed}, line 1: {said} should be readable, but: Permission denied."


COMMANDS = {
    "window": (),
    "play": ("play", "-"),
    "sessions": ("sessions", "--json"),
    "settings": ("settings", "profile", "commercial"),
    "list": ("profile", "list"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_bad_rules_are_refused_at_the_start_and_nothing_is_lost(tmp_path: Path, command: str) -> None:
    assert play(tmp_path, *VISIT).status == 0
    good = sessions(tmp_path)
    file, said = _profile_option(tmp_path)
    done = chairtime(*COMMANDS[command], "--data-dir", tmp_path, given=json.dumps(SEAT))
    assert (done.status, done.out) == (2, "")
    assert done.sentence.startswith(f"{file}, {said}")
    file.unlink()
    assert sessions(tmp_path) == good
    assert set(content(tmp_path)) >= {"chairtime.db", "keys.json"}


SAID_ALOUD = """
import sys
from desktop_app import cli
from desktop_app.ui.application import Application
Application.tell = lambda application, sentence: print(sentence)
sys.exit(cli.main(sys.argv[1:]))
"""
"""Opens the window where a message box would be seen, and prints what would stand in it."""


def test_the_window_tells_in_a_box_why_it_does_not_open(tmp_path: Path) -> None:
    file, said = _profile_option(tmp_path)
    line = [sys.executable, "-c", SAID_ALOUD, "--data-dir", str(tmp_path)]
    done = subprocess.run(
        line, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, env=surroundings(), check=False
    )
    assert done.returncode == 2
    assert done.stdout.startswith(f"{file}, {said}")
    assert done.stderr == f"chairtime: {done.stdout}"


def test_the_settings_of_an_open_suite_take_no_payer_that_does_not_fit(tmp_path: Path) -> None:
    own_profile(tmp_path)
    with open_parts(tmp_path) as parts:
        settings = parts.folder.settings
        settings.set("profile", "aetna")
        for key, value in (("profile", "cigna"), ("profile", "medicare-physician")):
            with pytest.raises(SettingRefused, match="payer profile"):
                settings.set(key, value)
        assert settings.get("profile") == "aetna"
        settings.set("profile", "custom")
        with pytest.raises(SettingRefused, match="“custom” is not for a physician"):
            settings.set("setting", "physician")
        assert settings.get("setting") == "facility"


def test_what_needs_no_rules_works_beside_bad_ones(tmp_path: Path) -> None:
    assert play(tmp_path, *VISIT).status == 0
    _profile_option(tmp_path)
    for words in (("log",), ("verify",), ("settings",), ("settings", "chairs", "20")):
        assert chairtime(*words, "--data-dir", tmp_path).status == 0
