"""Who comes and goes, who works in an emergency, who looked: each told once, and kept to who it was."""

from __future__ import annotations

import pytest

from desktop_app.core import events as e
from desktop_app.core.access import NOBODY, Secret
from desktop_app.core.access_log import LOCKED
from desktop_app.core.care import stop_service
from desktop_app.core.decisions import Refusal
from desktop_app.core.desk import Outcome
from desktop_app.core.waiting import NotYet
from tests.core.chairside import Chairside, kinds, running, seated
from tests.core.staffed import name_all
from tests.core.test_desk import FullDisk


@pytest.fixture
def side() -> Chairside:
    side = running()
    name_all(side.desk)
    side.desk.actor = NOBODY
    return side


def told(side: Chairside) -> list[e.Event]:
    """Return what was told of coming and going, and of looks."""
    some = (e.SignedIn, e.SignedOut, e.SignInFailed, e.EmergencyOpened, e.RecordViewed)
    return [recorded.event for recorded in side.journal.since(0) if isinstance(recorded.event, some)]


def look(side: Chairside, person: str = "NU", session: str = "s") -> Outcome | None:
    return side.desk.access.view(session, person, "board", side.desk.now())


def test_who_signs_in_makes_the_touches_from_then_on(side: Chairside) -> None:
    assert kinds(side.desk.access.sign_in("nu", Secret.PIN)) == ["signed-in"]
    side.stop("10:00")
    stop = side.service().stop
    assert stop is not None
    assert (stop.by, side.desk.access.on) == ("NU", "NU")


def test_who_was_on_is_signed_out_by_the_next_one(side: Chairside) -> None:
    side.desk.access.sign_in("NU", Secret.PIN)
    assert kinds(side.desk.access.sign_in("BI", Secret.BADGE)) == ["signed-out", "signed-in"]
    out, came = told(side)[-2:]
    assert isinstance(out, e.SignedOut)
    assert isinstance(came, e.SignedIn)
    assert (out.person, came.person, came.by) == ("NU", "BI", Secret.BADGE)
    assert side.refused("10:00", stop_service, service="a").startswith("a biller")


def test_nobody_is_on_after_signing_out(side: Chairside) -> None:
    side.desk.access.sign_in("NU", Secret.PIN)
    assert kinds(side.desk.access.sign_out(LOCKED)) == ["signed-out"]
    assert side.desk.actor == NOBODY
    assert "nobody is signed in" in side.refused("10:00", stop_service, service="a")
    assert isinstance(side.desk.access.sign_out(LOCKED), Refusal)


def test_who_is_none_of_the_people_cannot_sign_in_and_whoever_was_on_stays(side: Chairside) -> None:
    side.desk.access.sign_in("NU", Secret.PIN)
    assert "none of the people" in side.said_no(side.desk.access.sign_in, "ZZ", Secret.PIN)
    assert side.desk.actor == "NU"


def test_what_was_typed_as_a_name_and_is_none_is_not_told_for_it_may_be_a_secret(side: Chairside) -> None:
    side.desk.access.turned_away("nu", Secret.PIN)
    side.desk.access.turned_away("correct horse battery", Secret.PASSPHRASE)
    assert [event.person for event in told(side) if isinstance(event, e.SignInFailed)] == ["NU", ""]


def test_a_full_disk_keeps_nobody_out() -> None:
    side = Chairside(journal := FullDisk())
    name_all(side.desk)
    journal.full = True
    with pytest.raises(NotYet) as waits:
        side.desk.access.sign_in("NU", Secret.PIN)
    side.desk.keep(waits.value.kept)
    with pytest.raises(NotYet) as waits:
        side.seat()
    side.desk.keep(waits.value.kept)
    journal.full = False
    assert kinds(side.desk.save_oldest()) == ["signed-out", "signed-in"]
    assert kinds(side.desk.save_oldest()) == ["patient-seated"]
    assert side.session().seated.by == "NU"


def test_an_emergency_access_works_as_a_nurse_under_a_name_of_its_own_up_to_the_next_sign_in(
    side: Chairside,
) -> None:
    opened = side.desk.access.open_emergency("Float nurse Kim", "the suite's nurse collapsed")
    assert kinds(opened) == ["emergency-opened"]
    side.stop("10:00")
    stop = side.service().stop
    assert stop is not None
    assert stop.by == "emergency 1"
    assert side.said_no(lambda: side.desk.reopen("s", "x")) == ("the session in chair 4 is open")
    side.desk.access.sign_in("BI", Secret.PIN)
    side.desk.actor = "emergency 1"
    assert "none of the people" in side.said_no(lambda: side.desk.undo("s"))


def test_emergencies_are_numbered_for_ever_and_one_of_before_a_restart_opens_nothing(side: Chairside) -> None:
    side.desk.access.open_emergency("Kim", "fire")
    side.restart()
    side.desk.actor = "emergency 1"
    assert "none of the people" in side.refused("10:00", stop_service, service="a")
    side.desk.access.open_emergency("Kim", "fire again")
    assert side.desk.actor == "emergency 2"
    assert side.desk.access.on == "emergency 2"
    names = [event.access for event in told(side) if isinstance(event, e.EmergencyOpened)]
    assert names == ["emergency 1", "emergency 2"]


def test_an_emergency_needs_a_name_a_reason_and_somebody_named(side: Chairside) -> None:
    assert "needs the name" in side.said_no(side.desk.access.open_emergency, " ", "fire")
    assert "needs its reason" in side.said_no(side.desk.access.open_emergency, "Kim", " ")
    nobody_named = seated()
    assert "everybody may do everything" in nobody_named.said_no(
        nobody_named.desk.access.open_emergency, "Kim", "fire"
    )


def test_a_look_is_told_once_for_each_person_session_and_time_signed_in(side: Chairside) -> None:
    side.desk.access.sign_in("NU", Secret.PIN)
    assert kinds(look(side) or Refusal("")) == ["record-viewed"]
    assert look(side) is None
    side.desk.access.sign_in("BI", Secret.PIN)
    assert look(side, "BI") is not None
    side.desk.access.sign_in("NU", Secret.PIN)
    assert look(side) is not None
    viewed = [recorded.event for recorded in side.journal.load(e.views_stream("s"))]
    assert [event.person for event in viewed if isinstance(event, e.RecordViewed)] == ["NU", "BI", "NU"]


def test_a_look_changes_nothing_of_what_is_looked_at() -> None:
    side = running()
    before = side.desk.suite
    look(side, "AK")
    assert side.desk.suite == before


def test_looks_go_on_in_the_stream_of_a_session_after_a_restart(side: Chairside) -> None:
    look(side)
    side.restart()
    look(side)
    assert [recorded.version for recorded in side.journal.load(e.views_stream("s"))] == [1, 2]


def test_an_instant_stamped_by_nobody_is_signed_by_who_unlocks(side: Chairside) -> None:
    side.desk.mark(mark="m", chair="4")
    assert side.desk.suite.marks["m"].is_unsigned
    side.desk.access.sign_in("BI", Secret.PIN)
    assert side.said_no(side.desk.access.sign_marks, ["m"]).startswith("a biller")
    side.desk.access.sign_in("NU", Secret.PIN)
    assert kinds(side.desk.access.sign_marks(["m"])) == ["mark-signed"]
    mark = side.desk.suite.marks["m"]
    assert (mark.at.by, mark.signed_by, mark.is_open) == (NOBODY, "NU", True)
    assert "no instant waits" in side.said_no(side.desk.access.sign_marks, ["m"])
    side.restart()
    assert side.desk.suite.marks["m"].signed_by == "NU"
