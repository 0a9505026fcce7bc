"""What was begun lately: newest first, without what was undone or struck out."""

from __future__ import annotations

from desktop_app.core.care import start_service
from desktop_app.core.corrections import void_service
from desktop_app.core.lately import Lately
from tests.core.chairside import infusion, seated


def test_what_was_begun_is_told_newest_first_whoever_it_was_for() -> None:
    side = seated("08:00")
    side.start("08:10", "a", infusion("iron sucrose"))
    side.seat("08:20", chair="2", session="t")
    side.give("08:30", session="t")
    assert [order.drug for order in Lately(side.journal).orders()] == ["ondansetron", "iron sucrose"]


def test_what_was_undone_or_struck_out_is_left_out_and_what_came_after_is_not() -> None:
    side = seated("08:00")
    side.start("08:10", "a", infusion("iron sucrose"))
    side.start("08:20", "b", infusion("rituximab"))
    side.undo("08:21")
    side.do("08:22", void_service, service="a", reason="wrong chair")
    side.do("08:30", start_service, service="b", order=infusion("infliximab"))
    assert [order.drug for order in Lately(side.journal).orders()] == ["infliximab"]


def test_it_is_read_once() -> None:
    side = seated("08:00")
    lately = Lately(side.journal)
    assert lately.orders() == ()
    side.start("08:10")
    assert lately.orders() == ()
