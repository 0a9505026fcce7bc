"""Cases and scripts that are wrong: one sentence that names the place, and the run goes on where it may."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_app.commands.streams import LARGEST, LONGEST_LINE
from tests.commands.program import chairtime, codes, content, log, sessions
from tests.commands.touches import SEAT, START, STOP, VISIT_LINES, touch

SERVICE: dict[str, object] = {
    "drug": "vancomycin",
    "category": "therapeutic",
    "route": "iv-infusion",
    "start": "2026-03-02T09:00",
    "stop": "2026-03-02T11:20",
}
CASE: dict[str, object] = {
    "id": "vancomycin",
    "setting": "facility",
    "date": "2026-03-02",
    "services": [SERVICE],
}


def case_with(**service: object) -> bytes:
    """Return the case, a key a line, with its service changed."""
    return json.dumps(CASE | {"services": [SERVICE | service]}, indent=1).encode()


BAD_CASES = {
    "a stop before its start": (case_with(stop="2026-03-02T08:00"), "services[0].stop is before the start."),
    "an unknown key": (case_with(dosis=5), "services[0].dosis is not a known key."),
    "a dose that is no number": (case_with(dose="much"), "services[0].dose must be a number."),
    "a dose that is no number in JSON": (
        case_with(dose=5).replace(b"5,", b"NaN,").replace(b"5\n", b"NaN\n"),
        "line 12: services[0].dose holds NaN, which is not a number.",
    ),
    "a missing key": (json.dumps({"id": "x"}).encode(), "setting is missing."),
    "a key twice": (b'{"id": "x", "id": "y"}', "id stands twice."),
    "broken JSON": (case_with()[:-20], "the text is not JSON"),
    "no object": (b"7", "must be an object in braces."),
    "nothing at all": (b"", "the text is not JSON"),
    "no UTF-8": (b'{"id": "caf\xe9"}', "the text is not UTF-8."),
    "a bottomless list": (b"[" * 100_000, "nested too deeply"),
    "a number beyond any use": (case_with(dose=10**4_000), "services[0].dose must be over 0"),
}


@pytest.mark.parametrize(("text", "said"), BAD_CASES.values(), ids=list(BAD_CASES))
def test_a_file_that_is_no_case_is_answered_with_one_sentence(tmp_path: Path, text: bytes, said: str) -> None:
    file = tmp_path / "case.json"
    file.write_bytes(text)
    for done in (chairtime("code", "--json", file), chairtime("code", "--json", "-", given=text)):
        assert (done.status, done.out) == (2, "")
        assert said in done.sentence
        assert ", line " in done.sentence


def test_the_line_of_the_fault_is_named(tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_bytes(case_with(dose="much"))
    (line,) = [n for n, text in enumerate(file.read_text("utf-8").splitlines(), 1) if "much" in text]
    assert chairtime("code", file).sentence == f"{file}, line {line}: services[0].dose must be a number."


def test_a_bad_case_among_good_ones_is_answered_and_the_run_goes_on() -> None:
    good = json.dumps(CASE).encode()
    bad = json.dumps(CASE | {"id": "late", "date": "2026-13-02"}).encode()
    done = chairtime("code", "--jsonl", "-", given=b"\n".join([good, bad, b"{", b"\xff", b"", good]))
    assert (done.status, done.err) == (1, "")
    first, second, third, fourth, last = done.answers
    assert codes(first["lines"]) == codes(last["lines"]) == VISIT_LINES
    assert second == {"id": "late", "error": "Line 2: date is no date of the calendar."}
    assert third["error"].startswith("Line 3: the text is not JSON")
    assert fourth == {"id": None, "error": "Line 4: the text is not UTF-8."}


@pytest.mark.parametrize("name", ["play", "code"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    options = {"play": ("--data-dir", tmp_path / "data"), "code": ("--json",)}[name]
    for file, why in ((tmp_path / "none", "no such file or directory"), (tmp_path, "is a directory")):
        done = chairtime(name, *options, file)
        assert (done.status, done.out) == (2, "")
        assert done.sentence == f"{file} cannot be read: {why}."
    assert content(tmp_path) == {}


BAD_LINES = {
    b'{"chair": "4", "do": "sto': "the line is not JSON: ",
    b'{"chair": "4", "do": "note", "text": "caf\xe9"}': "the line is not UTF-8 text",
    b'"stop"': "the line is not an object in braces",
    json.dumps(STOP | {"chiar": "4"}).encode(): "chiar is not a known key",
    json.dumps(touch("stopp", "10:00")).encode(): "do must be one of seat, ",
    json.dumps(touch("dose", "10:00", dose="much")).encode(): "dose must be a number",
    b'{"do": "stop"}': "chair is missing",
    json.dumps(STOP | {"at": "2026-02-30T10:00"}).encode(): "is no date and time of the calendar",
    json.dumps(STOP | {"at": "2026-03-08T02:30"}).encode(): "does not exist in America/New_York",
    b"[" * 100_000: "the line is nested too deeply",
}
REFUSED = {
    json.dumps(SEAT).encode(): "chair 4 is taken",
    json.dumps(touch("resume", "10:00", service="a")).encode(): "vancomycin",
    json.dumps({"chair": "9", "do": "stop"}).encode(): "nobody sits in chair 9",
    json.dumps(STOP | {"at": "2026-03-02T08:00"}).encode(): "the stop would be before the start",
    json.dumps({"do": "export", "to": "nowhere/at/all"}).encode(): "nowhere/at/all is not there",
}


def test_bad_lines_of_a_script_store_nothing_and_the_others_are_played(tmp_path: Path) -> None:
    good = [json.dumps(said).encode() for said in (SEAT, START, STOP)]
    lines = [*good[:2], *BAD_LINES, b"  ", *REFUSED, good[2]]
    done = chairtime("play", "--data-dir", tmp_path, "-", given=b"\r\n".join(lines))
    assert (done.status, done.err) == (1, "")
    wrong = {answer["line"]: answer for answer in done.answers if not answer["ok"]}
    for number, said in enumerate(BAD_LINES.values(), 3):
        assert said in wrong.pop(number)["error"]
    for number, said in enumerate(REFUSED.values(), 3 + len(BAD_LINES) + 1):
        assert said in wrong.pop(number)["refused"]
    assert wrong == {}
    assert [event["kind"] for event in log(tmp_path)] == [
        "patient-seated",
        "service-started",
        "service-stopped",
    ]
    assert codes(sessions(tmp_path)[0]["coding"]["lines"]) == VISIT_LINES


COMMAND_LINES = {
    ("frobnicate",): "invalid choice: 'frobnicate'",
    ("play",): "The following arguments are required: SCRIPT",
    ("code", "--json", "--jsonl", "-"): "not allowed with argument --json",
    ("log", "--jason"): "Unrecognized arguments: --jason",
}


@pytest.mark.parametrize(("line", "said"), COMMAND_LINES.items(), ids=map(" ".join, COMMAND_LINES))
def test_a_wrong_command_line_is_answered_with_one_sentence(line: tuple[str, ...], said: str) -> None:
    done = chairtime(*line)
    assert (done.status, done.out) == (2, "")
    assert said in done.sentence


@pytest.mark.parametrize("number", ["NaN", "1e99999999999999999999"])
def test_a_number_that_is_none_is_named_by_its_line_and_key(number: str) -> None:
    good = json.dumps(CASE)
    bad = json.dumps(CASE | {"services": [SERVICE | {"dose": 5}]}).replace('"dose": 5', f'"dose": {number}')
    done = chairtime("code", "--jsonl", "-", given=f"{good}\n{bad}\n".encode())
    assert done.answers[1]["error"].startswith("Line 2: services[0].dose holds ")


def test_a_file_beyond_every_size_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    file = tmp_path / "cases.json"
    with file.open("wb") as stream:
        stream.truncate(LARGEST + 1)
    for done in (chairtime("code", file), chairtime("register", "--data-dir", tmp_path / "data", file)):
        assert (done.status, done.out) == (2, "")
        assert done.sentence == f"{file} is larger than 64 MB, the most that is read of it."
    assert not (tmp_path / "data").exists()


def test_a_line_without_an_end_ends_the_run_and_what_came_before_it_is_answered(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    with file.open("wb") as stream:
        stream.write(json.dumps(CASE).encode() + b"\n")
        stream.truncate(2 * LONGEST_LINE)
    done = chairtime("code", "--jsonl", file)
    assert done.status == 1
    assert [codes(answer["lines"]) for answer in done.answers] == [VISIT_LINES]
    assert done.sentence == (
        f"{file} has a line longer than 16 MB; what stands before it was done, and nothing of it or after it."
    )
