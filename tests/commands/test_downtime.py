"""``downtime``: the outage is stamped from a terminal too, and its list comes as text, as PDF and as CSV."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from desktop_app.app import open_parts
from desktop_app.core.moments import time_words
from tests.commands.program import Done, chairtime, log, play, start
from tests.commands.touches import END, SEAT, START, STOP, touch
from tests.exchange.pdf_files import bare, read

RATE = touch("rate", "09:40", service="a", rate_ml_h=125)
PAUSE = touch("pause", "10:00", service="a", reason="vein")
RESUME = touch("resume", "10:10", service="a")
DAY = (SEAT, START, RATE, PAUSE, RESUME, STOP, END)
FROM, TO = "2026-03-02T09:30", "2026-03-02T10:05"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A visit of 09:00 to 11:25, in New York."""
    data = tmp_path / "data"
    assert play(data, *DAY).status == 0
    assert chairtime("settings", "--data-dir", data, "zone", "America/New_York").status == 0
    return data


def downtime(data: Path, *words: object) -> Done:
    return chairtime("downtime", "--data-dir", data, *words)


def test_it_is_stamped_when_it_begins_and_when_it_is_over(tmp_path: Path) -> None:
    begins, over = downtime(tmp_path / "data", "--open", "EHR"), downtime(tmp_path / "data", "--end")
    assert (begins.status, over.status) == (0, 0)
    assert begins.out.startswith("Downtime begins at ")
    assert over.out.startswith("Downtime is over at ")
    stored = log(tmp_path / "data")
    assert [event["kind"] for event in stored] == ["downtime-begun", "downtime-over"]
    assert stored[0]["body"]["system"] == "EHR"
    assert all(event["how"] == "pressed" and event["stream"] == "suite" for event in stored)
    assert begins.out.split()[-1].rstrip(".") in _local(tmp_path / "data", stored[0]["at_us"])


def _local(data: Path, at_us: int) -> str:
    with open_parts(data) as parts:
        return time_words(at_us, parts.folder.settings.get("zone"))


def test_what_was_down_need_not_be_said(tmp_path: Path) -> None:
    assert downtime(tmp_path / "data", "--open").status == 0
    assert log(tmp_path / "data")[0]["body"]["system"] == ""


@pytest.mark.parametrize(
    ("before", "asked", "said"),
    [
        ((), ("--end",), "No downtime has begun."),
        (("--open",), ("--open",), "A downtime has begun already, at "),
        ((), (), "No downtime was stamped; give --from and --to, or begin one with --open."),
        ((), ("--from", "yesterday"), "yesterday is no time such as 2026-03-02T10:05."),
        ((), ("--to", TO), "A list needs a --from, and a --to after it."),
        ((), ("--from", TO, "--to", FROM), "A list needs a --from, and a --to after it."),
        ((), ("--open", "x" * 2000), "The name of the system can have at most 1000 characters."),
    ],
)
def test_what_cannot_be_is_one_sentence_and_changes_nothing(
    data: Path, before: tuple[str, ...], asked: tuple[str, ...], said: str
) -> None:
    if before:
        downtime(data, *before)
    events = len(log(data))
    done = downtime(data, *asked)
    assert (done.status, done.out) == (2, "")
    assert done.sentence.startswith(said)
    assert len(log(data)) == events


def test_the_last_downtime_is_listed_until_now_while_it_lasts(data: Path) -> None:
    downtime(data, "--open", "EHR")
    seat = {
        "do": "seat",
        "at": log(data)[-1]["at"].replace("Z", "+00:00"),
        "chair": "5",
        "mrn": "77",
        "initials": "T.T.",
    }
    assert play(data, seat).status == 0
    done = downtime(data)
    assert done.status == 0
    assert "T.T. · MRN 77 · chair 5" in done.out
    assert "seated" in done.out
    assert "0004821" not in done.out


def test_a_list_between_two_times_is_told_on_the_terminal(data: Path) -> None:
    lines = [line.split() for line in downtime(data, "--from", FROM, "--to", TO).out.splitlines()]
    assert lines[0] == ["R.M.", "·", "MRN", "0004821", "·", "chair", "4"]
    told, who = [" ".join(words) for words in lines[2:]], _actor(data)
    assert told == [
        f"09:00:00 started before Vancomycin from a script, {who}",
        f"09:40:00 rate Vancomycin 125 mL/h from a script, {who}",
        f"10:00:00 pause Vancomycin vein from a script, {who}",
        "still running Vancomycin",
    ]


def _actor(data: Path) -> str:
    with open_parts(data) as parts:
        return parts.folder.settings.get("actor")


def test_an_offset_in_a_time_is_taken_at_its_word(data: Path) -> None:
    assert downtime(data, "--from", "2026-03-02T14:30+00:00", "--to", "2026-03-02T15:05+00:00").out == (
        downtime(data, "--from", FROM, "--to", TO).out
    )


def test_it_is_written_as_paper_and_as_a_table(data: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    done = downtime(data, "--from", FROM, "--to", TO, "--into", tmp_path / "out")
    path = tmp_path / "out" / "downtime-2026-03-02-0930.pdf"
    assert done.out == f"{path} and .csv: 1 patient, 4 entries.\n"
    text = bare(read(path))
    assert bare("Began Mon 2 Mar 2026 09:30:00 Over Mon 2 Mar 2026 10:05:00 Lasted 0:35:00") in text
    assert bare("10:00:00 pause Vancomycin infusion, site 1 vein from a script") in text
    rows = list(csv.DictReader(path.with_suffix(".csv").read_text(encoding="utf-8").splitlines()))
    assert [(row["action"], row["at"]) for row in rows] == [
        ("started before", "2026-03-02T09:00:00-05:00"),
        ("rate", "2026-03-02T09:40:00-05:00"),
        ("pause", "2026-03-02T10:00:00-05:00"),
        ("still running", ""),
    ]
    assert {row["downtime_over"] for row in rows} == {"2026-03-02T10:05:00-05:00"}


def test_a_folder_that_is_not_there_is_said(data: Path, tmp_path: Path) -> None:
    gone = tmp_path / "not there"
    done = downtime(data, "--from", FROM, "--to", TO, "--into", gone)
    assert done.status == 2
    assert done.sentence == f"The list cannot be written into {gone}: no such file or directory."
    assert not gone.exists()


def test_a_time_without_patients_is_a_list_of_nothing(data: Path) -> None:
    done = downtime(data, "--from", "2026-03-05T09:00", "--to", "2026-03-05T10:00")
    assert (done.status, done.out) == (0, "Nothing was done to any patient in this time.\n")


def test_it_lists_the_downtimes_there_were(data: Path) -> None:
    assert downtime(data, "--list").out.split() == ["Began", "Over", "What"]
    downtime(data, "--open", "EHR")
    (line,) = downtime(data, "--list").out.splitlines()[1:]
    assert line.rstrip().endswith("not yet  EHR")
    downtime(data, "--end")
    assert "not yet" not in downtime(data, "--list").out


def test_it_is_listed_beside_a_program_that_works_and_stamped_only_by_one(data: Path) -> None:
    with start("play", "--data-dir", data, "-") as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write('{"do": "mark", "at": "2026-03-02T12:00", "chair": "4"}\n')
        program.stdin.flush()
        assert '"ok":true' in program.stdout.readline().replace(" ", "")
        listed, stamped = downtime(data, "--from", FROM, "--to", TO), downtime(data, "--open")
        program.stdin.close()
        program.wait()
    assert listed.status == 0
    assert stamped.status == 2
    assert "in use" in stamped.sentence or "open" in stamped.sentence
