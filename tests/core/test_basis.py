"""What the minutes of a service stand on."""

from __future__ import annotations

from desktop_app.core.basis import Basis, basis_of, readings_of
from desktop_app.core.care import pause_service, resume_service, start_service, stop_service
from desktop_app.core.clocks import telling_true_time
from desktop_app.core.moments import HOUR_US, HowKnown
from desktop_app.core.orders import Setting
from tests.core.chairside import DAY, Chairside, infusion, kinds, running, us
from tests.fakes import NEW_YORK

SETTING = Setting.FACILITY


def basis(side: Chairside) -> Basis:
    return basis_of(side.service(), readings_of(side.desk.history("s")))


def test_within_one_start_of_the_computer_it_is_the_clock_that_counts() -> None:
    side = running()
    side.go_to("09:30")
    side.clock.set_wall(f"{DAY}T06:00")
    side.do_now(pause_service, service="a")
    side.do_now(resume_service, service="a")
    assert basis(side) is Basis.OPEN
    side.do_now(stop_service)
    assert basis(side) is Basis.COUNTED


def test_over_another_start_it_is_the_wall() -> None:
    side = running()
    side.clock.advance(10)
    side.clock.reboot("boot-2")
    side.restart()
    side.do("10:00", stop_service)
    assert basis(side) is Basis.WALL


def test_where_boots_have_no_name_a_start_of_the_program_is_none_of_the_computer() -> None:
    side = running()
    side.clock.name_boot("start-2")
    side.clock.advance(10)
    side.restart()
    side.do("10:00", stop_service)
    assert basis(side) is Basis.COUNTED


def test_over_another_start_it_is_the_true_time_where_that_was_told_in_both() -> None:
    side = Chairside()
    _tell(side)
    kinds(side.desk.seat(side.desk.now(), chair="4", session="s", mrn="1", zone=NEW_YORK, setting=SETTING))
    side.do_now(start_service, service="a", order=infusion())
    assert side.session().seated.at_us == us("09:00")
    side.clock.advance(10)
    side.clock.reboot("boot-2")
    side.restart()
    _tell(side)
    side.clock.advance(50)
    side.do_now(stop_service)
    assert basis(side) is Basis.REFERENCE
    assert side.service().elapsed_us(0) == HOUR_US


def _tell(side: Chairside) -> None:
    reading, when = side.clock.now(), side.desk.now()
    plan = telling_true_time(when, reading, reading.wall_us + HOUR_US, known="radio clock", by="AK")
    kinds(side.desk.take(plan))


def test_behind_the_record_it_is_the_earliest() -> None:
    side = running()
    side.clock.set_wall("2019-01-01T00:00")
    side.clock.reboot("boot-2")
    side.restart()
    side.do_now(stop_service)
    assert basis(side) is Basis.EARLIEST


def test_a_time_told_afterwards_stands_on_whoever_told_it() -> None:
    side = running()
    side.do("10:00", stop_service, back_to="09:50", known=HowKnown.PUMP)
    assert basis(side) is Basis.TOLD
    assert side.service().elapsed_us(us("11:00")) == us("09:50") - us("09:00")


def test_a_pause_that_was_told_afterwards_stands_on_a_person_too() -> None:
    side = running()
    side.do("09:30", pause_service, service="a", back_to="09:20")
    side.do("09:40", resume_service, service="a")
    side.do("10:00", stop_service)
    assert basis(side) is Basis.TOLD
