"""Who may do what: every kind of event and every way to the desk, as every role and as nobody."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, cast, get_origin, get_type_hints

import pytest

from desktop_app.core import events as e
from desktop_app.core.access import NEEDS, NOBODY, RIGHTS, Right, Role
from desktop_app.core.care import add_note, start_service, stop_service
from desktop_app.core.day_lock import lock_day
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.desk import Desk, Outcome
from desktop_app.core.guard import LACKING
from desktop_app.core.orders import Setting
from desktop_app.core.plans import Decided
from desktop_app.core.ports import Write
from desktop_app.core.session import Session
from desktop_app.core.staffing import add_person, of_people
from desktop_app.core.stay import hold_session
from desktop_app.core.waiting import NotYet
from tests.core.chairside import Chairside, ended, infusion, kinds, running, sign
from tests.core.rights_page import needs_told, rights_told
from tests.core.staffed import EVERYBODY, NAMES, name_all, name_person
from tests.core.test_desk import FullDisk
from tests.fakes import NEW_YORK, InMemoryJournal, at


class Reached(Exception):
    """A touch came as far as the journal."""


class Doorstep(InMemoryJournal):
    """A journal that only tells that a touch has reached it."""

    is_shut = False

    def append(self, writes: Sequence[Write], stamp: e.Stamp) -> tuple[e.Recorded, ...]:
        if self.is_shut:
            raise Reached
        return super().append(writes, stamp)


def example(hint: Any) -> Any:  # noqa: ANN401 - a type hint in, a value of it out
    """Return some value of a type that an event can hold."""
    plain: dict[Any, Any] = {
        str: "x",
        int: 1,
        bool: False,
        Decimal: Decimal(1),
        date: date(2026, 3, 2),
        NoneType: None,
    }
    if hint in plain:
        return plain[hint]
    if get_origin(hint) is UnionType:
        return None
    if get_origin(hint) is tuple:
        return ()
    if issubclass(hint, Enum):
        return next(iter(hint))
    assert is_dataclass(hint)
    made = cast("Callable[..., object]", hint)
    hints = get_type_hints(hint)
    return made(**{field.name: example(hints[field.name]) for field in fields(hint)})


def test_every_kind_of_event_has_its_right() -> None:
    assert NEEDS.keys() == e.KINDS.keys()


def test_the_page_of_security_tells_every_right_of_every_role_and_what_every_event_needs() -> None:
    told = rights_told()
    assert {role: set(RIGHTS[role]) for role in Role} == {role: told[role] for role in Role}
    assert told[None] == {Right.TELL}
    assert needs_told() == NEEDS
    assert set(LACKING) == set(Right)


@pytest.fixture(scope="module")
def doorstep() -> Desk:
    side = Chairside(journal := Doorstep())
    name_all(side.desk)
    journal.is_shut = True
    return side.desk


@pytest.mark.parametrize("who", EVERYBODY, ids=str)
@pytest.mark.parametrize("kind", e.KINDS)
def test_an_event_reaches_the_journal_of_those_alone_whose_role_has_its_right(
    doorstep: Desk, kind: str, who: Role | None
) -> None:
    doorstep.actor = NAMES[who]
    write = Write("a-stream", 0, (cast("e.Event", example(e.KINDS[kind])),))
    if needs_told()[kind] in rights_told()[who]:
        with pytest.raises(Reached):
            doorstep.take(lambda _: Decided((write,)))
    else:
        assert isinstance(doorstep.take(lambda _: Decided((write,))), Refusal)


def test_where_nobody_is_named_every_event_reaches_the_journal() -> None:
    side = Chairside(journal := Doorstep())
    journal.is_shut = True
    for kind in e.KINDS.values():
        write = Write("a-stream", 0, (cast("e.Event", example(kind)),))
        with pytest.raises(Reached):
            side.desk.take(lambda _, write=write: Decided((write,)))  # type: ignore[misc]


def _note(session: Session, when: When) -> Decision:
    return add_note(session, when, text="x")


WAYS: dict[str, Callable[[Desk], Outcome]] = {
    "seat": lambda desk: desk.seat(desk.now(), chair="2", mrn="1", zone=NEW_YORK, setting=Setting.FACILITY),
    "touch": lambda desk: desk.touch("s", _note),
    "move": lambda desk: desk.move("s", "3"),
    "reopen": lambda desk: desk.reopen("ended", "a stop was missed"),
    "undo": lambda desk: desk.undo("s"),
    "drop": lambda desk: desk.drop("m", "nothing"),
    "assign": lambda desk: desk.assign("m", "s", "note", _note),
    "take": lambda desk: desk.take(
        of_people(lambda people: add_person(people, desk.now(), name="ZZ", full_name="Z", roles=[Role.NURSE]))
    ),
    "touch_day": lambda desk: desk.touch_day(
        date(2026, 3, 1),
        lambda suite, when: lock_day(
            suite, when, day=date(2026, 3, 1), zone=NEW_YORK, by="X", is_confirmed=True
        ),
    ),
}
"""Every way to record something at a desk, each with something that only some may record."""
GUARDED_OTHERWISE = {"mark", "save_oldest"}
"""An instant may be stamped by anybody; what waits was asked when it was made, see below."""


def test_every_way_to_record_is_tried_here() -> None:
    found = {
        name
        for name, way in inspect.getmembers(Desk, inspect.isfunction)
        if not name.startswith("_") and "Outcome" in str(way.__annotations__.get("return", ""))
    }
    assert found == {*WAYS, *GUARDED_OTHERWISE}


@pytest.mark.parametrize("way", WAYS)
def test_nobody_records_anything_at_a_desk_but_an_instant(way: str) -> None:
    side = ended()
    side.desk.seat(
        side.when("10:31"), chair="1", session="t", mrn="2", zone=NEW_YORK, setting=Setting.FACILITY
    )
    side.desk.mark(side.when("10:32"), mark="m")
    name_all(side.desk)
    side.desk.actor = NOBODY
    side.said_no(lambda: WAYS[way](side.desk))
    assert kinds(side.desk.mark()) == ["mark-made"]


def named(side: Chairside) -> Chairside:
    name_all(side.desk)
    return side


def as_who(side: Chairside, who: Role | None) -> Chairside:
    side.desk.actor = NAMES[who]
    return side


def test_a_refusal_says_in_one_sentence_who_may() -> None:
    side = as_who(named(running()), Role.BILLER)
    no = side.refused("10:00", stop_service, service="a")
    assert no == (
        "a biller starts, stops and charts nothing at the chair: switch to a nurse or a charge nurse"
    )
    as_who(side, None)
    no = side.refused("10:00", stop_service, service="a")
    assert no == "nobody is signed in: sign in as a nurse or a charge nurse first"
    side.desk.actor = "ZZ"
    assert side.refused("10:00", stop_service, service="a").startswith("“ZZ” is none of the people here")
    as_who(side, Role.NURSE)
    assert side.refused("10:30", hold_session, reason="x").startswith("a nurse holds and releases nothing")


def test_somebody_of_several_roles_may_do_what_any_of_them_may() -> None:
    side = running()
    name_person(side.desk, "AK", *Role)
    side.stop("10:00")
    side.end("10:05")
    assert side.do("10:06", hold_session, reason="order missing") == ["session-held"]


def test_an_undo_needs_what_it_takes_back() -> None:
    side = as_who(named(ended()), Role.BILLER)
    side.do("10:31", hold_session, reason="x")
    as_who(side, Role.NURSE)
    assert side.said_no(lambda: side.undo("10:32")).startswith("a nurse holds and releases nothing")
    as_who(side, Role.BILLER)
    assert kinds(side.undo("10:33")) == ["touch-undone"]
    assert side.said_no(lambda: side.undo("10:34")).startswith("a biller starts, stops")
    assert kinds(as_who(side, Role.NURSE).undo("10:35")) == ["touch-undone"]


def test_what_is_sealed_is_opened_by_a_charge_nurse_and_what_only_ended_by_any_nurse() -> None:
    side = as_who(named(ended()), Role.NURSE)
    assert kinds(side.desk.reopen("s", "a stop was missed")) == ["session-reopened"]
    side.end("11:00")
    side.do("11:01", sign)
    no = side.said_no(lambda: side.desk.reopen("s", "a stop was missed"))
    assert no.startswith("a nurse opens no signed session again")
    as_who(side, Role.CHARGE_NURSE)
    assert kinds(side.desk.reopen("s", "a stop was missed")) == ["session-reopened"]


def test_a_touch_that_waits_is_that_of_who_made_it_and_stays_so_whoever_is_on_when_it_is_stored() -> None:
    side = Chairside(journal := FullDisk())
    name_all(side.desk)
    as_who(side, Role.NURSE).seat()
    journal.full = True
    with pytest.raises(NotYet) as waits:
        side.touch("09:00", start_service, service="a", order=infusion())
    side.desk.keep(waits.value.kept)
    as_who(side, Role.BILLER)
    assert isinstance(side.touch("09:01", stop_service, service="a"), Refusal)
    journal.full = False
    assert kinds(side.desk.save_oldest()) == ["service-started"]
    assert side.service().start is not None
    assert journal.load("session/s")[-1].stamp.actor == "NU"


def test_the_people_are_there_after_a_restart() -> None:
    side = named(running())
    side.restart()
    side.desk.actor = "BI"
    assert side.refused("10:00", stop_service, service="a").startswith("a biller")
    assert at("2026-03-02T09:00") == side.session().services[0].start.at_us  # type: ignore[union-attr]
