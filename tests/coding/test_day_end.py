"""What the end of a day is told of a session is what was sealed, and of an unsigned one what is coded."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from desktop_app.app import session_coder
from desktop_app.coding.day_end import sealed_hours
from desktop_app.core.day import Told
from tests.core.chairside import infusion, running
from tests.exchange.month import SESSIONS, signed_month
from tests.script.house import House, do, seat, start, visit

CODER = session_coder()


def test_sealed_lines_bill_the_hours_they_were_coded_with() -> None:
    """Over a month of visits of every kind: the codes alone tell which units are hours."""
    sessions = signed_month().sessions
    assert len(sessions) == SESSIONS
    for session in sessions:
        coding, told = CODER.as_recorded(session), CODER.told(session)
        assert session.signature is not None
        assert told == Told(len(coding.lines), coding.billable_hours, coding.infused_minutes), session.id
        assert told.lines == len(session.signature.lines)


def test_a_sealed_line_counts_as_it_was_sealed_whatever_the_rules_make_of_it_now() -> None:
    session = signed_month(1).sessions[0]
    assert session.signature is not None
    doubled = tuple(replace(line, units=2 * line.units) for line in session.signature.lines)
    sealed = replace(session, signatures=(replace(session.signature, lines=doubled),))
    assert CODER.told(sealed).billable_hours == 2 * CODER.told(session).billable_hours > 0
    other = tuple(replace(line, code="J1745") for line in session.signature.lines)
    assert sealed_hours(other, CODER.rulebook) == 0


def test_what_is_in_the_way_of_a_signature_is_told_with_what_is_coded_so_far() -> None:
    house = House()
    house.play(*visit("4", "s4"), seat("5"), start("5"), do("end", "12:00:00", "5"))
    assert CODER.told(house.session("s4")) == Told(2, 2, 130)
    assert CODER.told(house.session("s5")).blocker.startswith("Infliximab has no stop")


def test_what_runs_is_in_no_number_also_where_volume_and_rate_tell_its_stop() -> None:
    side = running("09:00", infusion("vancomycin"))
    side.stop("10:00")
    is_over = CODER.told(side.session())
    saline = infusion("saline", volume_ml=Decimal(1500), rate_ml_h=Decimal(500))
    side.start("10:00", "b", saline)
    assert CODER.as_recorded(side.session()).infused_minutes == 240
    assert CODER.told(side.session()) == is_over
    assert (is_over.billable_hours, is_over.infused_minutes) == (1, 60)
    side.end("11:00")
    assert CODER.told(side.session()).infused_minutes == 240
