"""A session's case, given to ``code``, is answered as the session itself was coded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.program import Json, chairtime, codes, play, sessions
from tests.commands.touches import END, SEAT, SIGN, START, STOP, touch

INFLIXIMAB = touch(
    "start",
    "09:00:07",
    service="b",
    drug="infliximab",
    category="chemo",
    route="iv-infusion",
    site="2",
    hcpcs="J1745",
    dose=371.5,
    unit="mg",
    containers=[{"size": 100, "count": 4, "single_dose": True}],
)
PUSH = touch("push", "08:55:30", service="p", drug="diphenhydramine", category="therapeutic")
A_LONG_VISIT = (
    SEAT,
    PUSH,
    touch("site", "08:58", site="2", reason="the drugs do not mix"),
    START,
    INFLIXIMAB,
    touch("pause", "09:40", service="b", reason="itching"),
    touch("resume", "09:52:30", service="b"),
    STOP,
    touch("correct", "11:21", service="a", what="stop", to="2026-03-02T11:02:00", how="pump", reason="log"),
    touch("stop", "11:22:59", service="b"),
)


OPTIONS = {"overlap": "deduct", "minute_basis": "charted"}
NOT_SEEN = touch("not-witnessed", "11:00", service="a", reason="shift change")

SESSIONS: dict[str, tuple[Json, ...]] = {
    "seated": (SEAT,),
    "running": (SEAT, START),
    "paused": (SEAT, START, touch("pause", "09:30", service="a")),
    "not-witnessed": (SEAT, START, NOT_SEEN),
    "signed": (SEAT, START, STOP, END, SIGN),
    "long": A_LONG_VISIT,
    "office": (SEAT | {"setting": "physician"}, *A_LONG_VISIT[1:], END, SIGN),
    "options": (SEAT | {"options": OPTIONS}, *A_LONG_VISIT[1:]),
    "payer": (SEAT | {"profile": "commercial"}, *A_LONG_VISIT[1:]),
    "payer-office": (SEAT | {"profile": "commercial", "setting": "physician"}, *A_LONG_VISIT[1:]),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Json]:
    """Plays each session at a chair of its own, and returns what ``sessions`` tells of them."""
    folder = tmp_path_factory.mktemp("suite") / "data"
    done = play(folder, *(line for place, name in enumerate(SESSIONS, 1) for line in _at(str(place), name)))
    assert done.status == 0, done.out
    return {session["session"]: session for session in sessions(folder)}


@pytest.fixture(scope="module")
def answered(told: dict[str, Json]) -> dict[str, Json]:
    """Gives every session's case to ``code`` and returns the answers."""
    lines = "".join(json.dumps(session["case"]) + "\n" for session in told.values())
    return {answer["id"]: answer for answer in chairtime("code", "--jsonl", "-", given=lines).answers}


def _at(chair: str, name: str) -> list[Json]:
    first, *others = SESSIONS[name]
    seat = first | {"chair": chair, "session": name, "mrn": f"mrn-{name}"}
    return [seat, *(other | {"chair": chair} for other in others)]


@pytest.mark.parametrize("name", SESSIONS)
def test_the_case_of_a_session_is_coded_as_the_session(
    name: str, told: dict[str, Json], answered: dict[str, Json]
) -> None:
    assert answered[name] == told[name]["coding"]


def test_one_case_in_a_file_is_answered_the_same(told: dict[str, Json], tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps(told["payer"]["case"]), encoding="utf-8")
    assert json.loads(chairtime("code", "--json", file).out) == told["payer"]["coding"]


def test_another_payer_makes_other_lines(told: dict[str, Json]) -> None:
    usual, other = (codes(told[name]["coding"]["lines"]) for name in ("long", "payer"))
    assert ("96413", 1) in usual
    assert ("96413", 1) not in other
