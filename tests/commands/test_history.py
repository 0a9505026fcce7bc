"""``chairtime history``: sessions found, every event told, and a file that anybody can check."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from desktop_app.cli import main
from desktop_app.core.record.stored import COLUMNS
from desktop_app.exchange.history_file import HOW_TO_CHECK
from tests.commands.program import chairtime, content, log, play
from tests.commands.touches import DAY, SEAT, VISIT, touch
from tests.exchange.pdf_files import bare, read
from tests.store.examples import raw_database

ROOT = Path(__file__).resolve().parents[2]
SESSION = "visit"
TOUCHES = (VISIT[0] | {"session": SESSION}, *VISIT[1:])


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A suite with one visit that was signed, and a mark that is nobody's."""
    data = tmp_path_factory.mktemp("suite") / "data"
    play(data, *TOUCHES, {"do": "mark", "mark": "m1"})
    return data


class Told(NamedTuple):
    """What a command said, run in this process: there are many of them here."""

    status: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        (line,) = self.err.splitlines()
        return line.removeprefix("chairtime: ")


Run = Callable[..., Told]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command and return what it said."""

    def told(*words: object) -> Told:
        capsys.readouterr()
        status = main([str(word) for word in words])
        return Told(status, *capsys.readouterr())

    return told


@pytest.fixture
def history(suite: Path, tmp_path: Path, run: Run) -> dict[str, Any]:
    """The history of the visit as it was written into ``history.json``."""
    done = run("history", "--data-dir", suite, SESSION, "--to", tmp_path / "history.json")
    assert done.status == 0, done
    found: dict[str, Any] = json.loads((tmp_path / "history.json").read_text(encoding="utf-8"))
    return found


def rewritten(history: dict[str, Any], into: Path) -> Path:
    into.write_text(json.dumps(history), encoding="utf-8")
    return into


def test_sessions_are_found_by_words(suite: Path, run: Run) -> None:
    found = run("history", "--data-dir", suite, "--find", "0004821", "96365")
    assert SESSION in found.out
    assert "1 session found." in found.out
    assert "0 sessions found." in run("history", "--data-dir", suite, "--find", "corrected").out


def test_every_event_of_a_session_is_told(suite: Path, run: Run) -> None:
    told = run("history", "--data-dir", suite, SESSION).out
    for what in ("Seated in chair 4", "started", "stopped", "Session ended", "Signed, version 1: 2 lines"):
        assert what in told
    assert "Mon 2 Mar 2026 09:00:00 EST" in told


def test_a_file_has_every_event_with_what_its_hash_covers(suite: Path, history: dict[str, Any]) -> None:
    (session,) = history["sessions"]
    events = [event for event in log(suite) if event["stream"] == f"session/{SESSION}"]
    assert [event["hash"] for event in session["events"]] == [event["hash"] for event in events]
    assert [event["previous_hash"] for event in session["events"]] == [e["prev_hash"] for e in events]
    assert history["columns"] == list(COLUMNS)
    assert history["how_to_check"] == HOW_TO_CHECK
    assert history["head"]["hash"] == log(suite)[-1]["hash"]
    assert (session["mrn"], session["day"]) == ("0004821", "2026-03-02")
    assert session["events"][0]["told"]["what"] == "Seated in chair 4"


def test_all_sessions_of_a_patient_are_in_one_file(suite: Path, run: Run) -> None:
    done = run("history", "--data-dir", suite, "--mrn", "0004821", "--json")
    assert [one["session"] for one in json.loads(done.out)["sessions"]] == [SESSION]
    nobody = run("history", "--data-dir", suite, "--mrn", "4821")
    assert (nobody.status, nobody.sentence) == (2, "No session of MRN 4821 is on record.")


def test_paper_has_the_hashes_and_says_how_to_check_them(suite: Path, tmp_path: Path, run: Run) -> None:
    pdf = tmp_path / "history.pdf"
    assert run("history", "--data-dir", suite, SESSION, "--to", pdf).status == 0
    words = bare(read(pdf))
    events = [event for event in log(suite) if event["stream"] == f"session/{SESSION}"]
    for event in events:
        assert event["hash"] in words
        assert event["prev_hash"] in words
    assert "MRN0004821" in words
    assert "chairtimeverify" in words


@pytest.mark.usefixtures("history")
def test_a_history_holds_against_its_journal(suite: Path, tmp_path: Path, run: Run) -> None:
    file = tmp_path / "history.json"
    done = run("verify", "--data-dir", suite, "--history", file, "--head", file)
    assert done.status == 0
    assert f"{file} holds: 5 events" in done.out
    assert f"The signed head in {file} is that of event 6." in done.out


def _first(history: dict[str, Any]) -> dict[str, Any]:
    """Return the one session."""
    session: dict[str, Any] = history["sessions"][0]
    return session


def _other_actor(history: dict[str, Any]) -> None:
    _first(history)["events"][2]["row"][COLUMNS.index("actor")] = "ZZ"


def _left_out(history: dict[str, Any]) -> None:
    del _first(history)["events"][2]


def _other_head(history: dict[str, Any]) -> None:
    history["head"]["hash"] = "0" * 64


def _other_signature(history: dict[str, Any]) -> None:
    history["signed_head"]["signature"] = "0" * 128


def _other_part(name: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda history: history.update({name: value})


def _other_patient(name: str, value: str) -> Callable[[dict[str, Any]], None]:
    return lambda history: _first(history).update({name: value})


def _other_words(name: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda history: _first(history)["events"][2]["told"].update({name: value})


def _twice(history: dict[str, Any]) -> None:
    history["sessions"] *= 2


def _events_twice(history: dict[str, Any]) -> None:
    _first(history)["events"] *= 2


def _no_signed_head(history: dict[str, Any]) -> None:
    del history["signed_head"]


def _reversed(history: dict[str, Any]) -> None:
    _first(history)["events"].reverse()


def _other_session(history: dict[str, Any]) -> None:
    _first(history)["session"] = "other"


def _more_beside(history: dict[str, Any]) -> None:
    _first(history)["events"][2]["remark"] = "seen by all"


_EVENT = r"event \d \([0-9a-f-]+\) of session visit"
_DIFFERS = "is not what the journal gives"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (_other_actor, r"event 3 \(.+\) is not what its hash says"),
        (_left_out, r"event 3 \(.+\) of session visit is left out"),
        (_other_head, "the journal's event 6 is not the head it names"),
        (_other_signature, "the head of event 6 that was noted has a signature that does not hold"),
        (_other_words("what", "Nothing given"), f"what of {_EVENT} {_DIFFERS}"),
        (_other_words("by", "ZZ"), f"by of {_EVENT} {_DIFFERS}"),
        (_other_words("happened", "2020-01-01"), f"happened of {_EVENT} {_DIFFERS}"),
        (_other_words("undone", "taken back by AK"), f"undone of {_EVENT} {_DIFFERS}"),
        (_other_words("note", "a word more"), f"there is a part of {_EVENT} that no history has"),
        (_more_beside, f"there is a part of {_EVENT} that no history has"),
        (_other_patient("mrn", "0000001"), f"mrn of session visit {_DIFFERS}"),
        (_other_patient("initials", "XX"), f"initials of session visit {_DIFFERS}"),
        (_other_patient("day", "2020-01-01"), f"day of session visit {_DIFFERS}"),
        (_other_session, "the 1. session in it is none of the journal up to the head it names"),
        (_other_part("fingerprint", "0000"), f"fingerprint {_DIFFERS}"),
        (_other_part("how_to_check", "Not at all."), f"how_to_check {_DIFFERS}"),
        (_other_part("columns", list(reversed(COLUMNS))), f"columns {_DIFFERS}"),
        (_other_part("sessions", []), "there is no session in it"),
        (_other_part("every_session_of_mrn", "9"), "session visit is none of MRN 9"),
        (_twice, "session visit stands in it more than once"),
        (_events_twice, f"{_EVENT} stands in it more than once"),
        (_no_signed_head, f"signed_head {_DIFFERS}"),
        (_reversed, "the events of session visit are not in their order"),
    ],
)
def test_what_was_changed_in_a_history_is_named(
    suite: Path,
    tmp_path: Path,
    run: Run,
    history: dict[str, Any],
    change: Callable[[dict[str, Any]], None],
    why: str,
) -> None:
    change(history)
    file = rewritten(history, tmp_path / "changed.json")
    done = run("verify", "--data-dir", suite, "--history", file)
    assert done.status == 1
    assert re.fullmatch(rf"{file} does not hold: {why}\.", done.out.splitlines()[-1])


def test_a_history_of_another_version_says_that_its_words_may_differ(
    suite: Path, tmp_path: Path, run: Run, history: dict[str, Any]
) -> None:
    history["program"] = "0.0.1"
    _other_words("what", "Begun")(history)
    done = run("verify", "--data-dir", suite, "--history", rewritten(history, tmp_path / "older.json"))
    assert done.status == 1
    assert "(another version of Chairtime made the file, and may word or order it otherwise)." in done.out


def test_a_history_holds_after_more_was_recorded_and_one_touch_was_taken_back(
    tmp_path: Path, run: Run
) -> None:
    play(data := tmp_path / "data", *TOUCHES[:2])
    file = tmp_path / "history.json"
    assert run("history", "--data-dir", data, SESSION, "--to", file).status == 0
    play(data, touch("undo", "10:00"), {"do": "mark", "mark": "m1"})
    assert "taken back" in run("history", "--data-dir", data, SESSION).out
    done = run("verify", "--data-dir", data, "--history", file)
    assert (done.status, f"{file} holds: 2 events of 1 session" in done.out) == (0, True), done


def test_a_name_that_stands_twice_in_a_history_is_refused(
    suite: Path, tmp_path: Path, run: Run, history: dict[str, Any]
) -> None:
    text = json.dumps(history).replace('"mrn": ', '"mrn": "0000001", "mrn": ', 1)
    (file := tmp_path / "twice.json").write_text(text, encoding="utf-8")
    done = run("verify", "--data-dir", suite, "--history", file)
    assert (done.status, done.sentence) == (2, f"{file} is no history that Chairtime has written.")


def test_an_event_changed_in_the_journal_is_told_where_it_stands(tmp_path: Path, run: Run) -> None:
    play(data := tmp_path / "data", *TOUCHES, *({"do": "mark", "mark": f"m{at}"} for at in range(205)))
    database = raw_database(data)
    database.execute("DROP TRIGGER event_is_never_changed")
    database.execute("UPDATE event SET actor = 'ZZ' WHERE origin_seq = 2")
    database.close()
    pdf = tmp_path / "h.pdf"
    assert run("history", "--data-dir", data, SESSION, "--to", pdf).status == 0
    assert bare("is not what its hash says") in bare(read(pdf))


def test_what_is_no_history_is_refused_in_one_sentence(suite: Path, tmp_path: Path, run: Run) -> None:
    for text in ("", "[]", "{}", '{"format": "chairtime-history"}'):
        (file := tmp_path / "other.json").write_text(text, encoding="utf-8")
        done = run("verify", "--data-dir", suite, "--history", file)
        assert (done.status, done.sentence) == (2, f"{file} is no history that Chairtime has written.")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nobody",), "There is no session nobody."),
        ((), "Name a session, or its patient with --mrn, or look for some with --find."),
        ((SESSION, "--to", "history.txt"), "history.txt should end in .pdf or .json."),
        (
            (SESSION, "--to", "/nowhere/h.json"),
            "/nowhere/h.json cannot be written: no such file or directory.",
        ),
    ],
)
def test_what_cannot_be_told_is_said_in_one_sentence(
    suite: Path, run: Run, words: tuple[str, ...], sentence: str
) -> None:
    done = run("history", "--data-dir", suite, *words)
    assert (done.status, done.sentence) == (2, sentence)


def test_reading_changes_nothing(suite: Path) -> None:
    before = content(suite)
    chairtime("history", "--data-dir", suite, "--find", "vanc")
    assert content(suite) == before


def test_a_corrected_time_is_told_with_what_it_was(tmp_path: Path, run: Run) -> None:
    new = {"service": "a", "what": "stop", "to": "2026-03-02T11:18", "how": "pump", "reason": "pump log"}
    correct = touch("correct", "11:24", **new)
    play(tmp_path, *TOUCHES[:3], correct)
    told = run("history", "--data-dir", tmp_path, SESSION).out
    assert "11:20:00 EST, from a script → 11:18:00 EST, as on the pump" in " ".join(told.split())


class TestTheExampleForAuditors:
    """The lines of ``docs/for-auditors.md``, run as they stand there, without this program."""

    @pytest.fixture
    def example(self, tmp_path: Path) -> Path:
        page = (ROOT / "docs" / "for-auditors.md").read_text(encoding="utf-8")
        (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
        assert len([line for line in code.splitlines() if line]) == 17
        (file := tmp_path / "check.py").write_text(code, encoding="utf-8")
        return file

    def checked(self, example: Path, file: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", str(example), str(file)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def test_it_checks_a_history(self, tmp_path: Path, example: Path, history: dict[str, Any]) -> None:
        done = self.checked(example, tmp_path / "history.json")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == f"5 events hold; the head is {history['head']['hash']}\n"

    def test_it_names_an_event_that_was_changed(
        self, tmp_path: Path, example: Path, history: dict[str, Any]
    ) -> None:
        history["sessions"][0]["events"][1]["row"][9] += 1
        done = self.checked(example, rewritten(history, tmp_path / "changed.json"))
        assert done.returncode == 1
        assert done.stderr.startswith("event 2 (")

    @pytest.mark.parametrize("change", [_other_part("sessions", []), _twice, _events_twice])
    def test_it_takes_no_empty_history_and_none_that_tells_twice(
        self,
        tmp_path: Path,
        example: Path,
        history: dict[str, Any],
        change: Callable[[dict[str, Any]], None],
    ) -> None:
        change(history)
        done = self.checked(example, rewritten(history, tmp_path / "changed.json"))
        assert (done.returncode, done.stderr) == (1, "there is no event in it, or one twice\n")


def test_a_session_that_is_taken_out_of_a_patients_history_is_noticed(tmp_path: Path, run: Run) -> None:
    play(data := tmp_path / "data", *TOUCHES, SEAT | {"session": "second", "at": f"{DAY}T13:00"})
    file = tmp_path / "history.json"
    assert run("history", "--data-dir", data, "--mrn", "0004821", "--to", file).status == 0
    assert run("verify", "--data-dir", data, "--history", file).status == 0
    history = json.loads(file.read_text(encoding="utf-8"))
    assert history["every_session_of_mrn"] == "0004821"
    history["sessions"].pop(0)
    done = run("verify", "--data-dir", data, "--history", rewritten(history, file))
    assert done.status == 1
    assert done.out.splitlines()[-1] == f"{file} does not hold: session visit of MRN 0004821 is left out."
    del history["every_session_of_mrn"]
    done = run("verify", "--data-dir", data, "--history", rewritten(history, file))
    assert done.out.splitlines()[-1] == (
        "It has chosen sessions: 1 more session of the same MRN on record up to there, and not in it."
    )


def test_a_patients_history_holds_after_another_session_was_begun(tmp_path: Path, run: Run) -> None:
    play(data := tmp_path / "data", *TOUCHES)
    file = tmp_path / "history.json"
    assert run("history", "--data-dir", data, "--mrn", "0004821", "--to", file).status == 0
    play(data, SEAT | {"session": "second", "at": f"{DAY}T13:00"})
    done = run("verify", "--data-dir", data, "--history", file)
    assert (done.status, done.err) == (0, "")
