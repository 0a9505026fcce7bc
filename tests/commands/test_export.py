"""``export``: signed lines into a batch folder, each once; what cannot be sent leaves nothing behind."""

from __future__ import annotations

import csv
import json
import os
import stat
import sys
from pathlib import Path

import pytest

from desktop_app.exchange.formats import FORMATS
from tests.commands.program import chairtime, codes, content, log, play, sessions
from tests.commands.touches import DAY, END, SEAT, SIGN, START, VISIT, VISIT_LINES, touch


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Makes a data folder with one signed session."""
    play(tmp_path / "data", *VISIT)
    return tmp_path / "data"


def rows_in(folder: Path) -> list[dict[str, str]]:
    """Return the rows of every batch in a folder, oldest batch first."""
    sheets = (sheet.read_text(encoding="utf-8") for sheet in sorted(folder.glob("*/lines.csv")))
    return [row for sheet in sheets for row in csv.DictReader(sheet.splitlines())]


def test_a_batch_holds_the_signed_lines_with_their_times_and_reasons(data: Path, tmp_path: Path) -> None:
    done = chairtime("export", "--data-dir", data, "--to", tmp_path / "out")
    assert (done.status, done.err) == (0, "")
    (batch,) = (tmp_path / "out").iterdir()
    assert done.out == f"{batch}: 1 session, 2 lines.\n"
    (session,) = sessions(data)
    rows = rows_in(tmp_path / "out")
    assert [(row["code"], int(row["units"])) for row in rows] == VISIT_LINES
    assert [row["line"] for row in rows] == [line["id"] for line in session["signed"][0]["lines"]]
    assert {row["start"] for row in rows} == {"2026-03-02T09:00:00-05:00"}
    assert {row["stop"] for row in rows} == {"2026-03-02T11:20:00-05:00"}
    assert all(row["why"] for row in rows)
    manifest = json.loads((batch / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["counts"]["lines"] == 2
    assert session["state"] == "sent"


@pytest.mark.skipif(os.name == "nt", reason="rights of files are those of Unix")
def test_a_batch_is_its_owners_alone_in_every_format(data: Path, tmp_path: Path) -> None:
    forms = [word for name in ("csv", "xlsx", "superbill", "day") for word in ("--format", name)]
    assert chairtime("export", "--data-dir", data, "--to", tmp_path / "out", *forms).status == 0
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out").rglob("*")}
    assert len(modes) > len(forms) // 2
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700


def test_what_was_sent_is_sent_again_only_when_asked(data: Path, tmp_path: Path) -> None:
    chairtime("export", "--data-dir", data, "--to", tmp_path / "out")
    before = content(tmp_path / "out")
    done = chairtime("export", "--data-dir", data, "--to", tmp_path / "out")
    assert (done.status, done.out) == (2, "")
    assert done.sentence == "There is nothing to send: no signed line is unsent."
    assert content(tmp_path / "out") == before
    name = sessions(data)[0]["session"]
    again = chairtime("export", "--data-dir", data, "--to", tmp_path / "out", "--again", "--session", name)
    assert again.status == 0
    assert [row["sent_before"] for row in rows_in(tmp_path / "out")] == ["", "", "yes", "yes"]


def test_a_correction_after_the_export_goes_out_as_one(data: Path, tmp_path: Path) -> None:
    chairtime("export", "--data-dir", data, "--to", tmp_path / "out")
    name = sessions(data)[0]["session"]
    fix = {"what": "stop", "to": f"{DAY}T10:20", "how": "pump", "reason": "the pump log says less"}
    done = play(
        data,
        touch("reopen", "11:50", session=name, reason="the pump log says less"),
        touch("correct", "11:55", session=name, service="a", **fix),
        touch("sign", "12:06", session=name),
    )
    assert done.status == 0, done.out
    assert chairtime("export", "--data-dir", data, "--to", tmp_path / "out").status == 0
    *first, corrected = rows_in(tmp_path / "out")
    assert (corrected["code"], corrected["version"], corrected["action"]) == ("96365", "2", "replace")
    assert corrected["stop"] == "2026-03-02T10:20:00-05:00"
    assert corrected["replaces"].split() == [row["line"] for row in first]


def test_a_day_and_a_name_choose_the_sessions(data: Path, tmp_path: Path) -> None:
    def exported(*which: str) -> int:
        return chairtime("export", "--data-dir", data, "--to", tmp_path / "out", *which).status

    assert exported("--date", "2026-03-01") == 2
    assert content(tmp_path / "out") == {}
    assert exported("--date", DAY) == 0


REFUSALS = {
    ("--date", "2 March"): "2 March is no date such as 2026-03-02.",
    ("--session", "nobody"): "There is no session nobody.",
    ("--format", "paper"): f"There is no format “paper”, only {', '.join(FORMATS)}.",
    ("--again",): "What was sent goes out again by its day or its name: add --date or --session.",
    ("--date", "2020-01-01"): "There is nothing to send: no signed line is unsent.",
}


@pytest.mark.parametrize(("which", "said"), REFUSALS.items(), ids=map(" ".join, REFUSALS))
def test_what_cannot_be_sent_leaves_nothing_behind(
    data: Path, tmp_path: Path, which: tuple[str, ...], said: str
) -> None:
    events = log(data)
    done = chairtime("export", "--data-dir", data, "--to", tmp_path / "out", *which)
    assert (done.status, done.out) == (2, "")
    assert done.sentence == said
    assert not (tmp_path / "out").exists()
    assert log(data) == events


def test_a_place_that_is_not_there_is_named(data: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for folder in (tmp_path / "no" / "drive", tmp_path / "file", tmp_path / "file" / "out"):
        done = chairtime("export", "--data-dir", data, "--to", folder)
        assert (done.status, done.out) == (2, "")
        told = f"The file {folder} is no folder" if folder.exists() else f"The folder {folder} is not there"
        assert done.sentence.startswith(f"{told}; nothing was sent: ")
        assert done.sentence.endswith("choose a folder." if folder.exists() else "choose another folder.")
    assert sessions(data)[0]["state"] == "signed"


def test_nothing_unsigned_is_sent(tmp_path: Path) -> None:
    play(tmp_path / "data", SEAT, START, touch("end", "10:00"))
    assert chairtime("export", "--data-dir", tmp_path / "data", "--to", tmp_path / "out").status == 2
    done = play(tmp_path / "data", touch("stop", "11:20", service="a"), END, SIGN)
    assert codes(sessions(tmp_path / "data")[0]["coding"]["lines"]) == VISIT_LINES, done.out


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("x" * 300, "cannot be made: file name too long; nothing was sent"),
        ("x" * 300 + "/out", "cannot be made: file name too long; nothing was sent"),
        ("out\0", "to holds a character of no text (NUL)"),
    ],
    ids=["long", "long parent", "NUL"],
)
def test_a_name_no_folder_can_have_is_answered_and_the_script_goes_on(
    tmp_path: Path, name: str, said: str
) -> None:
    folder = f"{tmp_path}/{name}"
    done = play(tmp_path / "data", *VISIT, {"do": "export", "to": folder}, touch("mark", "12:00"))
    *_, export, mark = done.answers
    assert (done.status, done.err) == (1, "")
    assert not export["ok"]
    assert said in (export.get("refused") or export["error"])
    assert mark["ok"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows passes text, and every text is one there")
def test_a_session_named_by_no_text_is_one_sentence(data: Path, tmp_path: Path) -> None:
    done = chairtime("export", "--data-dir", data, "--to", tmp_path / "out", "--session", "\udcff")
    assert (done.status, done.out) == (2, "")
    assert done.sentence == "There is no session �."


def test_a_session_that_has_nothing_to_send_is_told_why(data: Path, tmp_path: Path) -> None:
    name = sessions(data)[0]["session"]
    export = ("export", "--data-dir", data, "--to", tmp_path / "out", "--session", name)
    assert chairtime(*export).status == 0
    assert chairtime(*export).sentence == (
        f"Session {name} was sent already; nothing was sent: to send it once more add --again."
    )
    play(tmp_path / "other", SEAT, START)
    unsigned = sessions(tmp_path / "other")[0]["session"]
    done = chairtime(
        "export", "--data-dir", tmp_path / "other", "--to", tmp_path / "o", "--session", unsigned
    )
    assert (done.status, done.sentence) == (2, f"Session {unsigned} is not signed; nothing was sent.")


def test_a_folder_without_a_name_is_none(data: Path) -> None:
    done = chairtime("export", "--data-dir", data, "--to", "")
    assert (done.status, done.out) == (2, "")
    assert done.sentence == "--to names no folder; a point stands for the one you are in."


def test_a_format_that_gets_no_session_is_told_and_is_no_success(data: Path, tmp_path: Path) -> None:
    asked = ("--format", "csv", "--format", "x12")
    done = chairtime("export", "--data-dir", data, "--to", tmp_path / "out", *asked)
    assert done.status == 1
    (batch,) = (tmp_path / "out").iterdir()
    assert done.out == f"{batch}: 1 session, 2 lines.\n"
    assert done.err == (
        "chairtime: There is no x12 in it: R.M. in chair 4 has no payer, so there is no claim to send.\n"
    )
    assert sorted(path.name for path in batch.iterdir()) == ["lines.csv", "manifest.json"]
