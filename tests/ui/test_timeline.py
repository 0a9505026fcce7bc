"""The timeline is to scale: ticks where the rulebook's minutes are reached, points where they were given."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import pairwise

import pytest
from PySide6.QtGui import QImage

from desktop_app.app import session_coder
from desktop_app.core.care import pause_service, resume_service
from desktop_app.core.corrections import not_witnessed
from desktop_app.core.moments import MINUTE_US
from desktop_app.core.orders import Order
from desktop_app.core.session import Session
from desktop_app.ui.panel.timeline import TimelinePicture
from desktop_app.ui.panel.timeline_model import Piece, Timeline, timeline
from desktop_app.ui.theme import Scheme, Theme
from tests.fakes import at
from tests.ui.conftest import DIPHENHYDRAMINE, SALINE, VANCOMYCIN, Ward

NINE = at("2026-03-02T09:00")
CODER = session_coder()
DAY_MINUTES = 24 * 60


def minutes_of(session: Session, order: Order) -> tuple[int, ...]:
    return CODER.unit_minutes(session, order, DAY_MINUTES)


def drawn(ward: Ward, session: Session, *, ahead: bool = True) -> Timeline:
    return timeline(session, ward.clock.now().wall_us, partial(minutes_of, session), ahead=ahead)


def ticks(shown: Timeline) -> list[tuple[int, int, int]]:
    """Return lane, minutes of running, and minutes after nine of each tick."""
    return [(t.lane, t.minutes, (t.at_us - NINE) // MINUTE_US) for t in shown.thresholds]


def paused(ward: Ward, session: Session, after: int, minutes: int) -> Session:
    ward.clock.advance(after)
    session = ward.do(session, partial(pause_service, service="1"))
    ward.clock.advance(minutes)
    return ward.do(session, partial(resume_service, service="1"))


def test_ticks_stand_where_so_many_minutes_had_run_a_pause_not_counted(ward: Ward) -> None:
    session = ward.start(ward.seat("1"), replace(VANCOMYCIN, planned_minutes=160))
    session = paused(ward, session, after=10, minutes=20)
    ward.clock.advance(30)
    assert ticks(drawn(ward, session)) == [(0, 16, 36), (0, 91, 111), (0, 151, 171)]


def test_a_fluid_has_its_own_first_minute_and_a_push_has_none(ward: Ward) -> None:
    session = ward.start(ward.start(ward.seat("1"), DIPHENHYDRAMINE), SALINE)
    ward.clock.advance(5)
    assert ticks(drawn(ward, session)) == [(1, 31, 31)]


def test_no_tick_is_ahead_of_now_where_such_facts_are_hidden(ward: Ward) -> None:
    session = ward.start(ward.seat("1"), replace(VANCOMYCIN, planned_minutes=160))
    ward.clock.advance(16)
    assert ticks(drawn(ward, session, ahead=False)) == [(0, 16, 16)]
    assert len(ticks(drawn(ward, session))) == 3


def test_no_tick_is_past_a_stop_nor_where_nobody_saw_one(ward: Ward) -> None:
    session = ward.start(ward.seat("1"), replace(VANCOMYCIN, planned_minutes=160))
    ward.clock.advance(16)
    assert ticks(drawn(ward, ward.stop(session))) == []
    session = ward.start(ward.seat("2"))
    ward.clock.advance(40)
    session = ward.do(session, partial(not_witnessed, service="1"))
    assert ticks(drawn(ward, session)) == []


def test_points_given_close_together_stand_on_lanes_of_their_own_and_never_move(ward: Ward) -> None:
    session = ward.seat("1")
    for minutes in (0, 1, 1, 60):
        ward.clock.advance(minutes)
        session = ward.start(session, DIPHENHYDRAMINE)
    points = [bar for bar in drawn(ward, session).bars if bar.piece is Piece.MOMENT]
    assert [(bar.lane, (bar.from_us - NINE) // MINUTE_US) for bar in points] == [
        (0, 0),
        (1, 1),
        (2, 2),
        (0, 62),
    ]


def test_sites_are_named_only_where_there_are_several(ward: Ward) -> None:
    session = ward.start(ward.seat("1"), replace(VANCOMYCIN, site="L arm"))
    assert drawn(ward, session).sites == ()
    session = ward.start(session, replace(SALINE, site="2"))
    session = ward.start(session, replace(VANCOMYCIN, site="L arm"))
    shown = drawn(ward, session)
    assert shown.sites == ((0, "L arm"), (2, "site 2"))
    assert shown.lanes == 3


def test_the_timeline_is_told_in_words(ward: Ward) -> None:
    session = paused(ward, ward.start(ward.seat("1")), after=10, minutes=5)
    session = ward.stop(ward.start(session, DIPHENHYDRAMINE))
    session = ward.start(session, SALINE)
    assert drawn(ward, session).spoken == (
        "Timeline: Vancomycin from 09:00 to 09:15, paused 1 time, Diphenhydramine at 09:15, "
        "Normal saline from 09:15 and no stop yet"
    )


def picture(ward: Ward, session: Session, theme: Theme, width: int) -> QImage:
    made = TimelinePicture(theme)
    made.show_timeline(drawn(ward, session))
    made.resize(width, made.sizeHint().height())
    image = made.grab().toImage()
    made.deleteLater()
    return image


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_one_and_twelve_services_are_drawn_each_on_its_own_pixels(ward: Ward, scheme: Scheme) -> None:
    theme = Theme(scheme=scheme)
    session = ward.start(ward.seat("1"))
    ward.clock.advance(20)
    one = picture(ward, session, theme, 340)
    sites = ("L arm", "R hand", "port")
    for number in range(11):
        session = ward.start(session, replace(VANCOMYCIN, site=sites[number % 3]))
        ward.clock.advance(7)
    twelve = drawn(ward, session)
    assert len({bar.lane for bar in twelve.bars}) == 12
    image = picture(ward, session, theme, 340)
    assert image.height() > one.height()
    run = theme.color("run").rgb()
    before_now = int((ward.clock.now().wall_us - MINUTE_US * 2 - twelve.from_us) * 340 / _length(twelve))
    column = [image.pixel(before_now, y) == run for y in range(image.height())]
    bars = sum(here and not above for above, here in pairwise([False, *column]))
    assert bars == 12, "every bar has its own place under the one before"


def _length(shown: Timeline) -> int:
    return shown.to_us - shown.from_us
