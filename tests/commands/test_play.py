"""``play``: an answer a line after the touch is on disk, whatever ends the run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.program import (
    ROOT,
    Done,
    Json,
    chairtime,
    codes,
    command,
    content,
    log,
    play,
    sessions,
    start,
)
from tests.commands.touches import END, SEAT, SIGN, START, STOP, VISIT, VISIT_LINES, touch


def test_every_touch_is_answered_with_its_events_and_its_session(tmp_path: Path) -> None:
    done = play(tmp_path, *VISIT)
    assert (done.status, done.err) == (0, "")
    (name,) = {answer["session"] for answer in done.answers}
    assert done.answers[1] == {"line": 2, "ok": True, "events": ["service-started"], "session": name}
    assert [event["stream"] for event in log(tmp_path)] == [f"session/{name}"] * len(VISIT)


def test_what_was_begun_in_one_run_is_ended_in_another(tmp_path: Path) -> None:
    play(tmp_path, SEAT, START)
    assert sessions(tmp_path)[0]["state"] == "running"
    assert play(tmp_path, STOP, END, SIGN).status == 0
    assert codes(sessions(tmp_path)[0]["coding"]["lines"]) == VISIT_LINES


def test_a_touch_without_a_time_is_this_moment(tmp_path: Path) -> None:
    seat, start_now = ({k: v for k, v in said.items() if k != "at"} for said in (SEAT, START))
    play(tmp_path, seat, start_now)
    for event in log(tmp_path):
        assert event["how"] == "pressed"
        assert 0 <= event["recorded_us"] - event["at_us"] < 60_000_000


def _stops_of(count: int) -> Iterator[Json]:
    """Yield touches that never end a visit: pauses and resumes, a minute each."""
    for minute in range(count):
        at = f"{9 + minute // 60:02}:{minute % 60:02}:30"
        yield touch("resume" if minute % 2 else "pause", at, service="a")


@pytest.mark.parametrize("answered", [1, 2, 7, 30, 61])
def test_a_killed_run_has_lost_no_answered_touch(tmp_path: Path, answered: int) -> None:
    touches = [SEAT, START, *_stops_of(200)]
    heard = _play_and_kill(tmp_path, touches, answered)
    events = log(tmp_path)
    assert len(events) >= len(heard) >= answered
    assert [event["kind"] for event in events[: len(heard)]] == [a["events"][0] for a in heard]
    assert chairtime("verify", "--data-dir", tmp_path).status == 0
    _require_same_time_after_restart(tmp_path, len(events))


def _play_and_kill(folder: Path, touches: list[Json], answered: int) -> list[Json]:
    """Play, kill the program once so many touches are answered, and return all answers that came."""
    with start("play", "--data-dir", folder, "-") as player:
        assert player.stdin
        assert player.stdout
        player.stdin.write("".join(json.dumps(said) + "\n" for said in touches))
        player.stdin.flush()
        heard = [json.loads(player.stdout.readline()) for _ in range(answered)]
        player.kill()
        heard += [json.loads(line) for line in player.stdout if line.endswith("\n")]
        assert player.wait() != 0
    assert all(answer["ok"] for answer in heard)
    return heard


def _require_same_time_after_restart(folder: Path, events: int) -> None:
    """Stop what still runs after the restart; its minutes are those of the touches on record."""
    if events < 2:
        return
    assert sessions(folder)[0]["state"] in {"running", "paused"}
    (answer,) = play(folder, STOP).answers
    assert answer["events"] == ["service-stopped"]
    (service,) = sessions(folder)[0]["case"]["services"]
    assert service["start"] == "2026-03-02T09:00"
    assert len(service.get("pauses", [])) == (events - 1) // 2


def test_a_run_that_is_interrupted_ends_without_a_word_and_keeps_what_it_answered(tmp_path: Path) -> None:
    with start("play", "--data-dir", tmp_path, "-") as player:
        assert player.stdin
        assert player.stdout
        assert player.stderr
        player.stdin.write(json.dumps(SEAT) + "\n")
        player.stdin.flush()
        assert json.loads(player.stdout.readline())["ok"]
        player.send_signal(2)
        assert player.wait() == 130
        assert player.stderr.read() == ""
    assert len(log(tmp_path)) == 1


MANY_NOTES = "".join(
    json.dumps(said) + "\n"
    for said in (SEAT, *(touch("note", "09:00", text="x" * 4_000) for _ in range(200)))
)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot bound the size of a file")
def test_a_full_disk_refuses_touches_and_loses_none(tmp_path: Path) -> None:
    play(tmp_path, SEAT | {"chair": "1", "mrn": "first"})
    done = _with_files_up_to(300_000, "play", "--data-dir", tmp_path, "-", given=MANY_NOTES)
    kept = [answer for answer in done.answers if answer["ok"]]
    refused = [answer for answer in done.answers if not answer["ok"]]
    assert done.status == 1
    assert kept
    assert {answer["error"][:26] for answer in refused} == {"The database took nothing:"}
    assert len(log(tmp_path)) == 1 + len(kept)
    assert chairtime("verify", "--data-dir", tmp_path).status == 0
    assert play(tmp_path, touch("note", "10:00", text="there is room again")).status == 0


def test_a_key_file_that_was_lost_meanwhile_is_told_and_is_there_again(tmp_path: Path) -> None:
    play(tmp_path, SEAT)
    with start("play", "--data-dir", tmp_path, "-") as player:
        assert player.stdin
        assert player.stdout
        assert player.stderr
        player.stdin.write(json.dumps(START) + "\n")
        player.stdin.flush()
        assert json.loads(player.stdout.readline())["ok"]
        keys = json.loads((tmp_path / "keys.json").read_text(encoding="utf-8"))
        (tmp_path / "keys.json").unlink()
        player.stdin.close()
        assert player.wait() == 1
        told = player.stderr.read()
        assert "keys.json is missing. Chairtime has written it anew, with the key it holds." in told
    again = json.loads((tmp_path / "keys.json").read_text(encoding="utf-8"))
    assert (again["database"], again["key"]) == (keys["database"], keys["key"])
    assert [event["kind"] for event in log(tmp_path)] == ["patient-seated", "service-started"]


def _with_files_up_to(most: int, *arguments: object, given: str) -> Done:
    """Run the program where no file may grow past so many bytes."""
    line = [sys.executable, "-c", _BOUND_FILES, str(most), *command(*arguments)]
    done = subprocess.run(
        line, input=given.encode(), capture_output=True, cwd=ROOT, env=os.environ, check=False
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


_BOUND_FILES = """
import os, resource, sys
most = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
os.execv(sys.argv[2], sys.argv[2:])
"""


def test_a_folder_that_finds_no_room_at_the_start_is_refused(tmp_path: Path) -> None:
    done = _with_files_up_to(0, "play", "--data-dir", tmp_path / "data", "-", given=json.dumps(SEAT))
    assert (done.status, done.out) == (2, "")
    assert "cannot be written" in done.sentence
    assert not any(content(tmp_path).values())
    assert play(tmp_path / "data", *VISIT).status == 0
