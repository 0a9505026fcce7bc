"""``log`` and ``sessions``: what is on record, told to another program and to a person."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.commands.program import chairtime, codes, content, log, play, sessions, start
from tests.commands.touches import SEAT, START, VISIT, VISIT_LINES, touch
from tests.store.examples import raw_database


def test_the_log_holds_every_event_with_its_clocks_its_actor_and_its_hash(tmp_path: Path) -> None:
    play(tmp_path, *VISIT)
    events = log(tmp_path)
    assert [event["kind"] for event in events] == [
        "patient-seated",
        "service-started",
        "service-stopped",
        "session-ended",
        "session-signed",
    ]
    assert [event["origin_seq"] for event in events] == [1, 2, 3, 4, 5]
    assert events[1]["at"] == "2026-03-02T14:00:00.000000Z"
    assert events[1]["how"] == "scripted"
    assert events[1]["actor"]
    assert set(events[1]["clock"]) >= {"wall_us", "counting_us", "boot", "zone"}
    assert [event["prev_hash"] for event in events[1:]] == [event["hash"] for event in events[:-1]]
    assert {len(bytes.fromhex(event["hash"])) for event in events} == {hashlib.sha256().digest_size}


def test_a_session_tells_its_case_and_its_coding(tmp_path: Path) -> None:
    play(tmp_path, *VISIT)
    (session,) = sessions(tmp_path)
    assert (session["chair"], session["state"], session["mrn"]) == ("4", "signed", "0004821")
    assert session["case"]["timezone"] == "America/New_York"
    assert session["case"]["services"][0]["stop"] == "2026-03-02T11:20"
    assert codes(session["coding"]["lines"]) == VISIT_LINES
    assert codes(session["signed"][0]["lines"]) == VISIT_LINES


def test_both_can_be_read_while_the_script_is_still_played(tmp_path: Path) -> None:
    with start("play", "--data-dir", tmp_path, "-") as player:
        assert player.stdin
        assert player.stdout
        for said in (SEAT, START):
            player.stdin.write(json.dumps(said) + "\n")
            player.stdin.flush()
            assert json.loads(player.stdout.readline())["ok"]
        assert [event["kind"] for event in log(tmp_path)] == ["patient-seated", "service-started"]
        assert [session["state"] for session in sessions(tmp_path)] == ["running"]
        player.stdin.write(json.dumps(touch("stop", "11:20")) + "\n")
        player.stdin.flush()
        assert json.loads(player.stdout.readline())["ok"]
        player.stdin.close()
        assert player.wait() == 0
    assert [session["state"] for session in sessions(tmp_path)] == ["seated"]


def test_a_person_gets_a_table(tmp_path: Path) -> None:
    play(tmp_path, *VISIT)
    table = chairtime("log", "--data-dir", tmp_path).out
    assert "2026-03-02 14:00:00.000  service-started  scripted" in table
    table = chairtime("sessions", "--data-dir", tmp_path).out
    assert "R.M." in table
    assert "96365 ×1, 96366 ×1" in table


def test_what_a_person_typed_cannot_dress_up_the_table(tmp_path: Path) -> None:
    play(tmp_path, SEAT | {"initials": "[red]R[/red]:bee:"})
    assert "[red]R[/red]:bee:" in chairtime("sessions", "--data-dir", tmp_path).out


@pytest.mark.parametrize("what", ["log", "sessions", "verify"])
def test_a_folder_without_a_journal_is_refused_and_left_as_it_was(tmp_path: Path, what: str) -> None:
    for folder in (tmp_path / "missing", tmp_path):
        done = chairtime(what, "--data-dir", folder)
        assert (done.status, done.out) == (2, "")
        assert done.sentence == f"There is no journal in the folder {folder}."
    assert content(tmp_path) == {}
    assert not (tmp_path / "missing").exists()


def test_the_folder_may_be_named_before_the_command(tmp_path: Path) -> None:
    play(tmp_path / "data", *VISIT)
    before = chairtime("--data-dir", tmp_path / "data", "log", "--json", home=tmp_path)
    assert before.answers == log(tmp_path / "data")


def test_a_log_that_breaks_off_says_so_after_its_first_part(tmp_path: Path) -> None:
    marks = tuple({"do": "mark", "mark": f"m{number}"} for number in range(205))
    play(tmp_path, *VISIT, *marks)
    database = raw_database(tmp_path)
    database.execute("DROP TRIGGER event_is_never_changed")
    database.execute("UPDATE event SET body = '?' WHERE origin_seq = 3")
    database.close()
    done = chairtime("log", "--data-dir", tmp_path, "--json")
    assert (done.status, len(done.answers)) == (1, 2)
    assert done.sentence.endswith("What was printed before is all that can be read.")
    assert chairtime("verify", "--data-dir", tmp_path).status == 1
