"""Superbills and the day's summary from the command line: no display is needed, and nobody is left out."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from desktop_app.cli import main
from desktop_app.commands.drawing import are_drawn
from tests.commands.program import Json, chairtime, command, play, sessions
from tests.commands.touches import DAY, END, SEAT, SIGN, START, STOP, VISIT
from tests.exchange.pdf_files import bare, read


def at_chair(chair: str, *touches: Json) -> list[Json]:
    """Return touches at another chair, by another patient."""
    return [
        {**one, "chair": chair, **({"mrn": f"00{chair}"} if one["do"] == "seat" else {})} for one in touches
    ]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A day with a session in every standing but sent."""
    hold = {"at": f"{DAY}T11:40", "do": "hold", "reason": "waits for an authorisation"}
    done = play(
        tmp_path / "data",
        *VISIT,
        *at_chair("5", SEAT, START, STOP, END, hold),
        *at_chair("6", SEAT, START, END),
        *at_chair("7", SEAT, START, STOP, END),
        *at_chair("8", SEAT, START),
    )
    assert done.status == 0, done.out
    return tmp_path / "data"


def text_of(folder: Path, name: str) -> str:
    (path,) = folder.glob(f"*/{name}")
    return bare(read(path))


def test_both_are_written_where_there_is_no_display(data: Path, tmp_path: Path) -> None:

    out = tmp_path / "out"
    line = command("export", "--data-dir", data, "--to", out, "--format", "superbill", "--format", "day")
    bare_environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    root = Path(__file__).parents[2]
    done = subprocess.run(line, capture_output=True, text=True, cwd=root, env=bare_environment, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(path.name.split("-")[0] for path in out.glob("*/*")) == [
        "day",
        "manifest.json",
        "superbill",
    ]


def test_a_superbill_says_what_the_record_says(data: Path, tmp_path: Path) -> None:
    chairtime("settings", "--data-dir", data, "practice-name", "Example Infusion")
    chairtime("export", "--data-dir", data, "--to", tmp_path / "out", "--format", "superbill")
    text = text_of(tmp_path / "out", "superbill-*.pdf")
    signed = next(session for session in sessions(data) if session["signed"])
    assert text.startswith("ExampleInfusionSuperbill")
    assert "MRN0004821" in text
    for place, line in enumerate(signed["signed"][0]["lines"], start=1):
        minutes = line["minutes"] or ""
        assert bare(f"{place}{line['code']}{line['units']}{minutes}{line['why']}") in text
    assert bare("Vancomycin infusion, site 1 09:00:00 11:20:00 140 from a script") in text
    assert signed["signed"][0]["head"] in text
    assert "shortticks:whereunitschanged" in text


def test_the_days_summary_leaves_no_session_of_the_day_out(data: Path, tmp_path: Path) -> None:
    chairtime("export", "--data-dir", data, "--to", tmp_path / "out", "--format", "day")
    text = text_of(tmp_path / "out", "day-summary.pdf")
    assert bare("All5Sent1Ready0Held1Blocked1Not signed1In the chair1") in text
    assert "waitsforanauthorisation" in text
    assert bare("No stop: vancomycin") in text
    assert bare("TimeInfused7:00Billable6 h") in text
    assert bare("In this batchLines2Units2") in text


def test_what_was_sent_before_and_what_is_ready_is_told_by_a_later_summary(
    data: Path, tmp_path: Path
) -> None:
    chairtime("export", "--data-dir", data, "--to", tmp_path / "first")
    seventh = next(session["session"] for session in sessions(data) if session["chair"] == "7")
    sign = {**SIGN, "chair": "7", "session": seventh}
    assert play(data, sign).status == 0
    chairtime("export", "--data-dir", data, "--to", tmp_path / "out", "--format", "day")
    text = text_of(tmp_path / "out", "day-summary.pdf")
    assert bare("All5Sent2Ready0Held1Blocked1Not signed0In the chair1") in text
    assert bare("TimeInfused7:00Billable6 h") in text
    assert bare("In this batchLines2Units2") in text


def test_a_seat_before_midnight_belongs_to_the_day_on_which_something_was_given(tmp_path: Path) -> None:
    late = [{**one, "at": one["at"].replace(f"{DAY}T08:50", "2026-03-01T23:58")} for one in VISIT]
    assert play(tmp_path / "data", *late).status == 0
    chairtime("export", "--data-dir", tmp_path / "data", "--to", tmp_path / "out", "--format", "day")
    (path,) = (tmp_path / "out").glob("*/day-summary.pdf")
    assert len(PdfReader(path).pages) == 1
    assert bare("Day summary Mon 2 Mar 2026") in bare(read(path))
    assert "All1Sent1" in bare(read(path))


def test_which_formats_need_something_to_draw_with() -> None:
    assert are_drawn(("csv", "superbill"))
    assert are_drawn(("day",))
    assert not are_drawn(("csv", "xlsx", "x12", "hl7", "paper"))


@pytest.mark.usefixtures("qapp")
def test_where_an_application_is_there_no_other_is_made(data: Path, tmp_path: Path) -> None:
    words = ["export", "--data-dir", str(data), "--to", str(tmp_path / "out"), "--format", "superbill"]
    assert main(words) == 0
    assert text_of(tmp_path / "out", "superbill-*.pdf")
