"""A program that runs for weeks holds the sessions of a day, and those that still wait for something."""

from __future__ import annotations

from desktop_app.core.ports import JournalError
from desktop_app.core.session import Session, Stage
from desktop_app.core.stay import end_session
from desktop_app.ui.window import MainWindow
from tests.core.chairside import sign
from tests.ui.conftest import Ward

DAY = 24 * 60


def done(ward: Ward, chair: str) -> Session:
    """Return a session that is signed with no line, so that nothing is to be sent."""
    return ward.do(ward.do(ward.seat(chair), end_session), sign)


def test_who_is_settled_leaves_with_the_next_day(ward: Ward, window: MainWindow) -> None:
    for chair in ("1", "2", "3"):
        done(ward, chair)
    here = ward.seat("4")
    window.refresh()
    assert len(ward.desk.suite.sessions) == 4
    ward.clock.advance(DAY)
    window.refresh()
    assert set(ward.desk.suite.sessions) == {here.id}


def test_todays_are_shown_all_day(ward: Ward, window: MainWindow) -> None:
    session = done(ward, "1")
    ward.clock.advance(14 * 60)
    window.show_page("review")
    assert [one.id for one in window.review.rows.sessions] == [session.id]


def test_their_codings_are_forgotten_with_them(ward: Ward, window: MainWindow) -> None:
    session = done(ward, "1")
    window.station.codings.now(session, 0)
    asked = ward.session(session.id)
    ward.clock.advance(DAY)
    window.refresh()
    assert session.id not in window.station.codings._now  # noqa: SLF001 - nothing else shows what is kept
    assert asked.stage is Stage.SIGNED


def test_a_journal_that_cannot_be_asked_is_asked_again(ward: Ward, window: MainWindow) -> None:
    done(ward, "1")
    ward.clock.advance(DAY)
    real = ward.journal.unsigned_sessions

    def gone() -> tuple[str, ...]:
        raise JournalError("The database is busy.")

    ward.journal.unsigned_sessions = gone  # type: ignore[method-assign]
    window.refresh()
    assert len(ward.desk.suite.sessions) == 1
    ward.journal.unsigned_sessions = real  # type: ignore[method-assign]
    window.refresh()
    assert ward.desk.suite.sessions == {}


def test_the_page_of_one_who_left_is_empty_and_stands(ward: Ward, window: MainWindow) -> None:
    session = done(ward, "1")
    window.show_page("review", session.id)
    ward.clock.advance(DAY)
    window.refresh()
    assert window.review.rows.sessions == ()
    window.show_page("review", session.id)
    assert ward.session(session.id).stage is Stage.SIGNED
