"""Every word of the touch script, as every role and as nobody, against the page of security."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from desktop_app.core.access import Right, Role
from desktop_app.script.words import WORDS
from tests.core.rights_page import needs_told, rights_told
from tests.core.staffed import EVERYBODY, NAMES, name_person
from tests.script.house import House, do, seat, start, visit

ALL = "ALL"
"""Whoever prepares what a word is about: of every role."""
_SERVICE = {"service": "a", "drug": "infliximab", "category": "chemo", "route": "iv-infusion"}
_SEATED = [seat()]
_RUNNING = [*_SEATED, start()]
_PAUSED = [*_RUNNING, do("pause", "09:00", service="a")]
_STOPPED = [*_RUNNING, do("stop", "10:00", service="a")]
_ENDED = visit()
_SIGNED = [*_ENDED, do("sign", "11:12")]
_MARKED = [*_RUNNING, {"at": "2026-03-02T09:00", "do": "mark", "mark": "m", "chair": "4"}]
_LOCKED = [*_SIGNED, {"at": "2026-03-02T12:00", "do": "lock-day", "confirm": True}]
_TWICE = [*_STOPPED, do("stop", "10:10", service="a")]
_DRUG = {"drug": "ondansetron", "category": "therapeutic"}

LINES: dict[str, tuple[list[dict[str, Any]], dict[str, Any]]] = {
    "seat": ([], seat()),
    "plan": (_SEATED, do("plan", "08:30", **_SERVICE)),
    "start": (_SEATED, start()),
    "give": (_SEATED, do("give", "08:30", **_DRUG, route="iv-push")),
    "push": (_SEATED, do("push", "08:30", **_DRUG)),
    "im": (_SEATED, do("im", "08:30", **_DRUG)),
    "sc": (_SEATED, do("sc", "08:30", **_DRUG)),
    "oral": (_SEATED, do("oral", "08:30", **_DRUG)),
    "flush": (_SEATED, do("flush", "08:30")),
    "declot": (_SEATED, do("declot", "08:30")),
    "refill": (_SEATED, do("refill", "08:30", **_DRUG)),
    "change": (_RUNNING, do("change", "09:00", service="a", planned_minutes=90)),
    "reorder": (
        [*_SEATED, *(do("plan", "08:30", **{**_SERVICE, "service": name}) for name in ("a", "b"))],
        do("reorder", "08:31", services=["b", "a"]),
    ),
    "pause": (_RUNNING, do("pause", "09:00", service="a")),
    "resume": (_PAUSED, do("resume", "09:10", service="a")),
    "stop": (_RUNNING, do("stop", "10:00", service="a")),
    "not-witnessed": (_RUNNING, do("not-witnessed", "10:00", service="a", reason="pump off")),
    "unstop": (_STOPPED, do("unstop", "10:05", service="a", reason="it runs")),
    "correct": (
        _STOPPED,
        do("correct", "10:05", service="a", what="stop", to="2026-03-02T09:58", reason="pump log"),
    ),
    "settle": (_TWICE, do("settle", "10:20", service="a", reason="pressed twice")),
    "dose": (_RUNNING, do("dose", "09:00", service="a", dose=400, unit="mg")),
    "rate": (_RUNNING, do("rate", "09:00", service="a", rate_ml_h=60)),
    "bag": (_RUNNING, do("bag", "09:00", service="a", lot="X1")),
    "site": (_RUNNING, do("site", "09:00", site="2", reason="infiltrated")),
    "note": (_RUNNING, do("note", "09:00", text="itching")),
    "acknowledge": (
        [*_SEATED, start(planned_minutes=30)],
        do("acknowledge", "09:30", service="a", reminder="plan-end", due="2026-03-02T09:24:07"),
    ),
    "show": (_RUNNING, do("show", "09:00")),
    "void": (_STOPPED, do("void", "10:05", service="a", reason="wrong chair")),
    "end": (_STOPPED, do("end", "10:05")),
    "hold": (_ENDED, do("hold", "11:12", reason="order missing")),
    "release": ([*_ENDED, do("hold", "11:12", reason="x")], do("release", "11:13")),
    "register": (_ENDED, do("register", "11:12", patient={"family": "Muster"})),
    "terms": (_ENDED, do("terms", "11:12", place_of_service="22")),
    "sign": (_ENDED, do("sign", "11:12")),
    "reopen": (_SIGNED, do("reopen", "11:20", reason="a stop was missed")),
    "move": (_RUNNING, do("move", "09:00", to="5")),
    "undo": (_RUNNING, do("undo", "09:00")),
    "mark": (_RUNNING, {"at": "2026-03-02T09:00", "do": "mark", "mark": "m", "chair": "4"}),
    "assign": (_MARKED, do("assign", "09:05", mark="m", what="note", text="itching")),
    "drop": (_MARKED, {"at": "2026-03-02T09:05", "do": "drop", "mark": "m", "reason": "nothing"}),
    "lock-day": (_SIGNED, {"at": "2026-03-02T12:00", "do": "lock-day", "confirm": True}),
    "unlock-day": (_LOCKED, {"at": "2026-03-02T12:05", "do": "unlock-day", "reason": "a stop was missed"}),
    "view": (_RUNNING, do("view", "09:00")),
    "add-person": ([], {"do": "add-person", "person": "ZZ", "name": "Z. Z.", "roles": ["nurse"]}),
    "change-person": ([], {"do": "change-person", "person": "CN", "name": "Charge N."}),
    "remove-person": ([], {"do": "remove-person", "person": "CN"}),
    "sign-in": ([], {"do": "sign-in", "person": "CN"}),
    "sign-out": ([], {"do": "sign-out"}),
    "emergency": ([], {"do": "emergency", "person": "Kim", "reason": "fire"}),
}
"""For each word what has to have happened, and a line that the suite takes then."""
ELSEWHERE = {"export"}
"""Asked for its right where batches are made: ``tests/exchange/test_who_sends.py``."""
SEALED = {"reopen": {Right.REOPEN}, "undo": {Right.CARE}}
"""What two lines need above that is not told by the kind of their event alone."""


def test_every_word_is_tried() -> None:
    assert LINES.keys() | ELSEWHERE == WORDS.keys()


def house_before(word: str) -> House:
    """Return a suite with people, in which everything has happened that a word needs."""
    house = House()
    house.desk.actor = ALL
    name_person(house.desk, ALL, *Role)
    for role in Role:
        name_person(house.desk, NAMES[role], role)
    before, _ = LINES[word]
    assert all(answer["ok"] for answer in house.play(*before)), word
    return house


def kinds_of(word: str) -> set[str]:
    """Return the kinds of events a line comes to where whoever makes it may do everything."""
    house = house_before(word)
    answer = house.one(**LINES[word][1])
    assert answer["ok"], (word, answer)
    return set(answer["events"])


@pytest.mark.parametrize("word", LINES)
def test_a_word_is_taken_of_those_alone_whose_roles_the_page_names(word: str) -> None:
    kinds = kinds_of(word)
    rights = SEALED.get(word) or {needs_told()[kind] for kind in kinds}
    for who in EVERYBODY:
        if word == "sign-out" and who is None:
            continue
        house = house_before(word)
        house.desk.actor = NAMES[who]
        stored = len(list(house.journal.since(0)))
        answer = house.one(**LINES[word][1])
        assert answer["ok"] is (rights <= rights_told()[who]), (word, who, answer)
        assert (len(list(house.journal.since(0))) > stored) is answer["ok"]
        assert answer["ok"] or answer["refused"].endswith(_who_may(rights, answer["refused"]))


def _who_may(rights: set[Right], said: str) -> str:
    """Return how a refusal ends: with all roles that have the first right lacking."""
    ends = [
        " or ".join(
            f"{'an' if role is Role.ADMINISTRATOR else 'a'} {role.words}"
            for role in Role
            if right in rights_told()[role]
        )
        for right in rights
    ]
    return next((end for end in (*ends, *(f"{end} first" for end in ends)) if said.endswith(end)), "never")


def test_who_makes_a_line_is_asked_and_not_who_is_on() -> None:
    house = house_before("hold")
    house.desk.actor = NAMES[Role.BILLER]
    line: Mapping[str, object] = LINES["hold"][1]
    assert "a nurse holds" in house.one(**line, by="NU")["refused"]
    assert house.one(**line)["ok"]


def test_whoever_signs_in_makes_the_lines_that_follow() -> None:
    house = house_before("seat")
    answers = house.play(
        {"do": "sign-in", "person": "nu"},
        json.dumps(seat()),
        {"do": "sign-in", "person": "BI"},
        start(),
        {"do": "sign-out"},
        start(),
        {"do": "emergency", "person": "Kim", "reason": "the nurse fell ill"},
        start(),
    )
    assert [answer["ok"] for answer in answers] == [True, True, True, False, True, False, True, True]
    actors = [recorded.stamp.actor for recorded in house.journal.load("session/s4")]
    assert actors == ["NU", "emergency 1"]


def test_a_look_is_stored_once() -> None:
    house = house_before("view")
    first, second = house.play(do("view", "09:00"), do("view", "09:05"))
    assert (first["events"], second["events"]) == (["record-viewed"], [])
