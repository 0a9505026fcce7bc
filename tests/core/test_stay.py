"""A patient's stay: seated, moved, ended, reopened, held, signed."""

from __future__ import annotations

import pytest

from desktop_app.core.care import add_note, give_service, stop_service
from desktop_app.core.corrections import correct_moment, not_witnessed, void_service
from desktop_app.core.decisions import Decision, When
from desktop_app.core.identity import LONGEST_NAME
from desktop_app.core.moments import HowKnown
from desktop_app.core.orders import Route, Setting
from desktop_app.core.session import Move, Session, Stage
from desktop_app.core.stay import end_session, hold_session, release_hold, sign_session
from tests.core.chairside import (
    Chairside,
    Decide,
    Keys,
    ended,
    infusion,
    kinds,
    moment,
    push,
    running,
    seated,
    sign,
    us,
)
from tests.exchange.signed import line


def test_seating_fixes_everything_that_decides_the_coding() -> None:
    side = Chairside()
    side.seat(
        "08:21",
        mrn=" 00417 ",
        initials=" RM ",
        setting=Setting.PHYSICIAN,
        place_of_service="11",
        profile="commercial",
        options=(("attended-push", "by-time"),),
    )
    session = side.session()
    assert (session.mrn, session.initials, session.chair) == ("00417", "RM", "4")
    assert (session.setting, session.place_of_service) == (Setting.PHYSICIAN, "11")
    assert (session.profile, session.options) == ("commercial", (("attended-push", "by-time"),))
    assert session.seated == moment("08:21")
    assert session.stage is Stage.OPEN


@pytest.mark.parametrize(
    ("details", "said"),
    [
        ({"chair": "9"}, "there is no chair 9"),
        ({"mrn": " "}, "a patient needs an MRN or initials"),
        ({"mrn": "1" * (LONGEST_NAME + 1)}, "the MRN can have at most 200 characters"),
        ({"initials": "A" * (LONGEST_NAME + 1)}, "the initials can have at most 200 characters"),
        ({"mrn": "00\x1b417"}, "some characters of the MRN cannot be shown"),
        ({"mrn": "00\ud800417"}, "some characters of the MRN cannot be shown"),
        ({"zone": "Mars/Olympus"}, "there is no time zone “Mars/Olympus”"),
        ({"zone": ""}, "there is no time zone “”"),
        ({"zone": "../../etc/passwd"}, "there is no time zone “../../etc/passwd”"),
    ],
)
def test_a_patient_is_not_seated(details: dict[str, Keys], said: str) -> None:
    side = Chairside()
    assert side.said_no(lambda: side.seat(**details)) == said


def test_initials_alone_or_an_mrn_alone_will_do() -> None:
    side = Chairside()
    assert kinds(side.seat(mrn="", initials="RM")) == ["patient-seated"]
    assert kinds(side.seat(mrn="00417", chair="2", session="t")) == ["patient-seated"]


def test_a_chair_holds_one_open_session() -> None:
    side = seated()
    assert side.said_no(lambda: side.seat("08:05", session="t")) == "chair 4 is taken"
    side.end("08:10")
    assert kinds(side.seat("08:15", session="t")) == ["patient-seated"]


def test_a_session_is_never_seated_twice() -> None:
    side = ended()
    assert side.said_no(lambda: side.seat("11:00")) == "there is a session “s” already"


def test_a_patient_is_not_seated_in_the_future() -> None:
    side = Chairside()
    when = When(at_us=us("08:00:01"), now_us=us("08:00"))
    details: Keys = {"mrn": "1", "zone": "UTC", "setting": Setting.FACILITY}
    assert "not come yet" in side.said_no(lambda: side.desk.seat(when, chair="4", **details))


def test_a_move_goes_to_a_free_chair_and_every_timer_goes_on() -> None:
    side = running()
    assert kinds(side.desk.move("s", "2", side.when("09:30"))) == ["chair-changed"]
    assert side.session().chair == "2"
    assert side.service().elapsed_us(us("10:00")) == us("10:00") - us("09:00")
    assert side.desk.suite.occupant("4") is None
    assert side.desk.suite.occupant("2") == side.session()
    assert side.session().moves == (Move(moment("09:30"), "4", "2"),)


def test_a_move_needs_a_chair_that_is_there_and_free() -> None:
    side = running()
    side.seat("09:10", chair="2", session="t")
    for chair, said in (
        ("9", "there is no chair 9"),
        ("2", "chair 2 is taken"),
        ("4", "chair 4 is taken"),
    ):
        assert side.said_no(side.desk.move, "s", chair, side.when("09:30")) == said


def test_a_signed_session_does_not_move() -> None:
    side = ended()
    side.sign("10:40")
    assert "is signed" in side.said_no(lambda: side.desk.move("s", "2", side.when("11:00")))


def test_an_end_frees_the_chair_and_keeps_what_is_still_open() -> None:
    side = running()
    side.end("10:30")
    assert (side.session().stage, side.session().ended) == (Stage.ENDED, moment("10:30"))
    assert [service.id for service in side.session().open_services] == ["a"]
    assert side.desk.suite.occupant("4") is None


def test_a_session_ends_once() -> None:
    assert ended().refused("11:00", end_session) == "the session in chair 4 has ended already"


def test_an_end_does_not_lie_before_the_last_thing_that_happened() -> None:
    side = running()
    side.stop("10:00")
    side.do("10:20", give_service, service="p", order=push(), back_to="10:05", until_us=us("10:10"))
    said = "the end would be before the last thing recorded in the session"
    assert side.refused("10:30", end_session, back_to="10:09:59") == said
    assert "not come yet" in side.refused("10:30", end_session, back_to="10:31")
    side.do("10:30", end_session, back_to="10:10")
    assert side.session().ended == moment("10:10", HowKnown.BACK_DATED, recorded="10:30")


def test_what_was_struck_out_does_not_hold_up_the_end() -> None:
    side = running()
    side.do("10:00", void_service, service="a", reason="wrong chair")
    side.do("10:30", end_session, back_to="08:30")
    assert side.session().ended == moment("08:30", HowKnown.BACK_DATED, recorded="10:30")


def test_an_ended_session_is_reopened_in_its_chair() -> None:
    side = ended()
    assert kinds(side.desk.reopen("s", " still here ", side.when("10:35"))) == ["session-reopened"]
    assert (side.session().stage, side.session().ended) == (Stage.OPEN, None)
    assert [note.text for note in side.session().reopened] == ["still here"]
    side.start("10:40", "b", infusion("rituximab"))


def test_an_ended_session_is_not_reopened_when_its_chair_is_taken() -> None:
    side = ended()
    side.seat("10:35", session="t")
    assert side.said_no(side.desk.reopen, "s", "still here", side.when("10:36")) == "chair 4 is taken"
    side.desk.move("t", "1", side.when("10:37"))
    side.desk.reopen("s", "still here", side.when("10:38"))
    assert side.session().stage is Stage.OPEN


def test_a_signed_session_is_reopened_though_its_chair_is_taken() -> None:
    side = ended()
    side.sign("10:40")
    side.seat("10:45", session="t")
    side.desk.reopen("s", "the stop was wrong", side.when("11:00"))
    assert side.session().stage is Stage.ENDED


def test_reopening_needs_its_reason_and_something_closed() -> None:
    side = seated()
    assert side.said_no(lambda: side.desk.reopen("s", "why not")) == "the session in chair 4 is open"
    side.end("08:10")
    assert side.said_no(lambda: side.desk.reopen("s", " ")) == "reopening needs its reason"
    assert side.said_no(lambda: side.desk.reopen("x", "why not")) == "there is no session x"


def test_a_hold_keeps_a_session_from_being_signed_until_it_is_released() -> None:
    side = ended()
    assert side.do("10:31", hold_session, reason=" prior authorisation ") == ["session-held"]
    assert side.refused("10:32", sign) == "the session is held: prior authorisation"
    assert side.do("10:33", release_hold) == ["hold-released"]
    side.sign("10:34")
    assert side.session().stage is Stage.SIGNED


def test_a_signed_session_is_held_and_released_and_stays_signed() -> None:
    side = ended()
    side.sign("10:40")
    signature = side.session().signature
    assert side.do("10:41", hold_session, reason="no authorisation yet") == ["session-held"]
    assert (side.session().signature, side.session().hold_reason) == (signature, "no authorisation yet")
    assert side.said_no(lambda: side.undo("10:42")).startswith("the session in chair 4 is signed")
    assert side.do("10:43", release_hold) == ["hold-released"]
    assert (side.session().signature, side.session().hold_reason) == (signature, "")


def test_a_hold_after_the_signature_is_no_touch_that_the_suites_undo_would_find() -> None:
    side = ended()
    side.sign("10:40")
    side.seat("10:41", chair="2", session="t")
    side.do("10:42", hold_session, reason="no authorisation yet")
    assert kinds(side.desk.undo()) == ["touch-undone"]
    assert side.session("t").stage is Stage.CANCELLED


def test_a_hold_needs_its_reason_and_only_what_is_held_is_released() -> None:
    side = seated()
    assert side.refused("08:05", hold_session, reason=" ") == "a hold needs its reason"
    assert side.refused("08:05", release_hold) == "the session in chair 4 is not held"


def signed_with(**keys: Keys) -> Decide:
    """Return the action of signing with usual words for what is not said."""

    def act(session: Session, when: When) -> Decision:
        usual: dict[str, Keys] = {
            "rulebook": "2026.1",
            "profile": "medicare-facility",
            "head": "ab",
            "lines": (),
        }
        return sign_session(session, when, **{**usual, **keys})

    return act


def test_a_signature_seals_the_lines_with_what_they_were_made_with() -> None:
    side = ended()
    lines = (line("s.1.01"), line("s.1.02", code="96415"))
    act = signed_with(lines=lines, not_billed=("saline kept a vein open",), findings=("note: read it",))
    assert side.do("10:40", act) == ["session-signed"]
    signature = side.session().signature
    assert signature is not None
    assert (signature.version, signature.lines, signature.at) == (1, lines, moment("10:40"))
    assert (signature.rulebook, signature.profile, signature.head) == ("2026.1", "medicare-facility", "ab")
    assert signature.not_billed == ("saline kept a vein open",)
    assert signature.findings == ("note: read it",)


def test_a_session_that_has_not_ended_is_not_signed() -> None:
    side = running()
    side.stop("10:00")
    assert side.refused("10:05", sign) == "the session in chair 4 has not ended"


def test_nothing_is_signed_with_a_stop_missing() -> None:
    side = running()
    side.start("09:10", "b", infusion("saline"))
    side.end("10:30")
    assert side.refused("10:31", sign) == "no stop is recorded for infliximab, saline"
    side.do("10:32", not_witnessed, service="a")
    side.do("10:33", stop_service, service="b", back_to="10:00")
    side.sign("10:34")
    assert side.session().stage is Stage.SIGNED


def test_a_pump_that_goes_home_running_is_signed_without_a_stop() -> None:
    side = running(order=infusion("fluorouracil", pump=True))
    side.end("10:30")
    side.sign("10:31")
    assert side.session().stage is Stage.SIGNED


def test_nothing_is_signed_with_a_blocker() -> None:
    act = signed_with(blockers=("The dose of infliximab is missing.", "and more"))
    assert ended().refused("10:40", act) == "The dose of infliximab is missing"


def test_a_signed_session_is_not_signed_again() -> None:
    side = ended()
    side.sign("10:40")
    assert "is signed" in side.refused("10:41", sign)


def test_a_correction_after_signing_makes_a_second_version_and_keeps_the_first() -> None:
    side = ended()
    side.do("10:40", signed_with(lines=(line("s.1.01"),)))
    first = side.session().signature
    side.desk.reopen("s", "the pump says otherwise", side.when("11:00"))
    assert side.session().signature is None
    side.do(
        "11:01",
        correct_moment,
        service="a",
        what="stop",
        to_us=us("10:10"),
        how=HowKnown.PUMP,
        reason="read off the pump",
    )
    side.do("11:02", signed_with(lines=(line("s.2.01", minutes=70),)))
    second = side.session().signature
    assert second is not None
    assert second.version == 2
    assert side.session().signatures == (first, second)


def test_signing_ends_a_hold_no_sooner_than_it_is_released() -> None:
    side = ended()
    side.sign("10:40")
    side.desk.reopen("s", "look again", side.when("11:00"))
    side.do("11:01", hold_session, reason="no consent")
    assert "is held" in side.refused("11:02", sign)


@pytest.mark.parametrize(
    ("action", "keys"),
    [
        (end_session, {}),
        (release_hold, {}),
        (add_note, {"text": "late"}),
    ],
)
def test_a_signed_session_stays_as_it_was_signed(action: Decide, keys: dict[str, Keys]) -> None:
    side = ended()
    side.sign("10:40")
    signed = side.session()
    side.refused("11:00", action, **keys)
    assert side.session() == signed


def test_a_seating_taken_back_frees_the_chair_and_is_not_brought_back() -> None:
    side = seated()
    side.undo("08:01")
    assert side.session().stage is Stage.CANCELLED
    assert side.said_no(lambda: side.desk.reopen("s", "oh")) == "the session in chair 4 was taken back"
    assert kinds(side.seat("08:02", session="t")) == ["patient-seated"]


def test_a_pump_under_the_skin_is_not_signed_without_a_stop() -> None:
    side = running(order=infusion("immunoglobulin", pump=True, route=Route.SC_INFUSION))
    side.end("10:00")
    assert [service.id for service in side.session().missing_stops] == ["a"]
