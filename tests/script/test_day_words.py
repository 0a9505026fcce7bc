"""The words of the end of a day: hold and release after the signature, lock-day and unlock-day."""

from __future__ import annotations

from datetime import timedelta

from tests.script.house import DAY, House, do, seat, visit

LOCKED = f"{DAY} is locked by LT: unlock the day with its reason first"


def signed(*chairs: str) -> House:
    house = House()
    for chair in chairs:
        assert all(answer["ok"] for answer in house.play(*visit(chair, f"s{chair}")))
        assert house.one(**do("sign", "11:20:00", chair))["ok"]
    return house


def restarted(house: House) -> House:
    """Return the same suite as another run of the program finds it, some days later."""
    again = House(house.journal)
    again.clock.advance(5 * 24 * 60)
    return again


def test_a_chair_means_who_was_signed_there_where_nobody_is_left_to_sign() -> None:
    house = signed("4")
    assert house.one(**do("hold", "11:30:00", reason="no authorisation"))["session"] == "s4"
    assert house.session("s4").hold_reason == "no authorisation"
    assert house.play(seat("4", "11:40:00", session="new"))[0]["ok"]
    assert house.one(**do("release", "11:50:00"))["session"] == "s4"
    assert house.one(**do("hold", "11:55:00", reason="an order is missing"))["session"] == "new"


def test_who_was_signed_on_an_earlier_day_and_is_not_sent_is_found_by_chair_and_by_mrn() -> None:
    house = restarted(signed("4"))
    assert house.desk.suite.sessions == {}
    assert house.one(**do("hold", "11:30:00", reason="no authorisation"))["session"] == "s4"
    house = restarted(house)
    assert house.one(do="release", mrn="0004")["session"] == "s4"
    house = restarted(house)
    assert house.one(**do("sign", "11:30:00"))["refused"] == "the session in chair 4 is signed already"
    assert house.one(**do("reopen", "11:31:00", reason="pump log"))["session"] == "s4"


def test_an_earlier_session_is_not_reached_over_the_head_of_who_left_today() -> None:
    house = restarted(signed("4"))
    later = [touch | {"at": touch["at"].replace(DAY, "2026-03-07")} for touch in visit("4", "today")]
    assert all(answer["ok"] for answer in house.play(*later))
    assert house.one(chair="4", do="hold", reason="no authorisation")["session"] == "today"


def test_an_export_without_a_day_holds_what_waited_in_the_journal() -> None:
    house = restarted(signed("4", "5"))
    house.play(*[touch | {"at": touch["at"].replace(DAY, "2026-03-07")} for touch in visit("6", "s6")])
    house.one(**do("sign", "11:20:00", "6"))
    assert house.one(do="export", to="out")["ok"]
    assert house.ledger.asked[-1][0] == ("s4", "s5", "s6")


def test_a_day_is_locked_by_whoever_says_so_and_unlocked_with_a_reason() -> None:
    house = signed("4")
    assert house.one(at=f"{DAY}T17:00", do="lock-day", by="LT")["events"] == ["day-locked"]
    assert house.one(**do("reopen", "17:01:00", reason="pump log"))["refused"] == LOCKED
    assert (
        house.one(at=f"{DAY}T17:02", do="unlock-day", by="MB")["refused"]
        == "unlocking a day needs its reason"
    )
    unlocked = house.one(at=f"{DAY}T17:02", do="unlock-day", by="MB", reason="a stop was wrong")
    assert unlocked["events"] == ["day-unlocked"]
    assert house.one(**do("reopen", "17:03:00", reason="pump log"))["ok"]


def test_another_day_is_locked_by_its_name_and_what_is_left_over_is_confirmed() -> None:
    house = House()
    house.play(*visit("4", "s4"))
    lock = {"at": "2026-03-03T08:00", "do": "lock-day", "day": DAY, "by": "LT"}
    (refused,) = house.play(lock)
    assert refused["refused"] == (
        "something of that day is left over (1 not signed): settle it, or confirm the lock"
    )
    (locked,) = house.play(lock | {"confirm": True})
    assert locked["events"] == ["day-locked"]
    assert house.play(seat("5", "17:00:00"))[0]["refused"] == LOCKED


def test_what_was_sent_is_not_left_over_though_it_is_held() -> None:
    house = signed("4")
    house.one(do="export", to="out")
    house.one(**do("hold", "12:00:00", reason="to be looked at"))
    assert house.one(at=f"{DAY}T17:00", do="lock-day", by="LT")["ok"]


def test_days_are_moved_as_every_written_time_is() -> None:
    house = House()
    lock = {"at": "2026-02-28T17:00", "do": "lock-day", "day": "2026-02-28", "by": "LT"}
    (locked,) = house.play(lock, shift=timedelta(days=1))
    assert locked["ok"]
    assert house.journal.load("day/2026-03-01")
