"""Two versions beside each other: every line, time, dose and term is paired, and what differs is named."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest

from desktop_app.core.care import pause_service, record_dose, resume_service
from desktop_app.core.corrections import void_service
from desktop_app.core.orders import Setting
from desktop_app.core.session import Session
from desktop_app.core.stay import end_session
from desktop_app.ui.review.line_model import LineShown
from desktop_app.ui.review.terms_model import Terms
from desktop_app.ui.review.versions_model import Compared, Mark, Pair, Version, compared, versions_of
from tests.core.chairside import sign
from tests.ui.conftest import DIPHENHYDRAMINE, VANCOMYCIN, Ward
from tests.ui.stand_ins import StandInCoder

LINE = LineShown(code="96413", units="1", minutes="90", why="First.", services=("1",))


@pytest.fixture
def session(ward: Ward) -> Session:
    started = ward.start(ward.start(ward.seat("1")), DIPHENHYDRAMINE)
    ward.clock.advance(70)
    return ward.do(ward.stop(started), end_session)


def version(session: Session, *lines: LineShown, number: int = 1, **terms: str) -> Version:
    told = {"place_of_service": "11", "profile": "medicare-physician", **terms}
    return Version(
        number=number,
        session=session,
        lines=lines,
        terms=Terms(Setting.PHYSICIAN, told["place_of_service"], told["profile"]),
        rulebook="2026.1",
    )


def group(shown: Compared, name: str) -> tuple[Pair, ...]:
    return dict(shown.groups).get(name, ())


def lines(session: Session, left: tuple[LineShown, ...], right: tuple[LineShown, ...]) -> list[str]:
    """Return each pair as its mark and what has changed."""
    pairs = group(compared(version(session, *left), version(session, *right)), "Lines")
    return [f"{pair.mark} {', '.join(pair.notes)}".strip() for pair in pairs]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({}, "same"),
        ({"units": "2"}, "changed units 1 → 2"),
        ({"modifiers": "59"}, "changed modifiers none → 59"),
        ({"minutes": "95"}, "changed minutes 90 → 95"),
        ({"times": "09:00:00"}, "changed times none → 09:00:00"),
        ({"below": "lot 7"}, "changed NDC or lot none → lot 7"),
        ({"why": "Otherwise."}, "changed another reason"),
        ({"why": "Otherwise.", "units": "2"}, "changed units 1 → 2"),
        ({"services": ("2",)}, "same"),
    ],
)
def test_what_has_changed_of_a_line_is_named(session: Session, changed: dict[str, str], says: str) -> None:
    after = replace(LINE, **changed)  # type: ignore[arg-type]  # one field at a time
    assert lines(session, (LINE,), (after,)) == [says]


def test_a_line_is_paired_with_the_one_it_was(session: Session) -> None:
    one, other = replace(LINE, code="96375", services=("2",)), replace(LINE, code="96375", services=("3",))
    later = replace(other, units="2")
    assert lines(session, (one, other), (later, one)) == ["changed units 1 → 2", "same"]
    assert lines(session, (one, other), (one,)) == ["same", "removed"]
    assert lines(session, (LINE,), (LINE, one)) == ["same", "added"]
    assert lines(session, (LINE, one), ()) == ["removed", "removed"]


def test_what_is_gone_stands_where_it_stood(session: Session) -> None:
    codes = [replace(LINE, code=code) for code in ("96413", "96415", "96375")]
    shown = compared(version(session, *codes), version(session, codes[0], codes[2]))
    pairs = group(shown, "Lines")
    assert [pair.mark for pair in pairs] == [Mark.SAME, Mark.REMOVED, Mark.SAME]


def test_only_terms_that_differ_are_told(session: Session) -> None:
    before = version(session, LINE)
    assert group(compared(before, version(session, LINE)), "Terms") == ()
    after = version(session, LINE, place_of_service="22", profile="commercial")
    pairs = group(compared(before, after), "Terms")
    assert [pair.notes for pair in pairs] == [("11 → 22",), ("medicare-physician → commercial",)]


def test_times_pauses_doses_and_what_was_struck_out_are_compared(ward: Ward, session: Session) -> None:
    dose = replace(VANCOMYCIN.dose, amount=Decimal(500)) if VANCOMYCIN.dose else None
    assert dose is not None
    later = ward.do(session, partial(record_dose, service="1", dose=dose))
    later = ward.do(later, partial(void_service, service="2", reason="never given"))
    shown = compared(version(session, LINE), version(later, LINE, number=2))
    assert [pair.notes for pair in group(shown, "Times")] == [
        (),
        ("09:00:00 → struck out: never given",),
    ]
    assert [pair.notes for pair in group(shown, "Doses")] == [("1000 mg · J3370 → 500 mg · J3370",)]
    assert shown.summary == "1 time changed, 1 dose changed."


def test_a_pause_stands_in_the_times(ward: Ward) -> None:
    session = ward.start(ward.seat("2"))
    for action in (pause_service, resume_service):
        ward.clock.advance(10)
        session = ward.do(session, partial(action, service="1"))
    ward.clock.advance(10)
    session = ward.stop(session)
    (pair,) = group(compared(version(session), version(session)), "Times")
    assert pair.left is not None
    assert pair.left.text == "09:00:00–09:30:00, paused 09:10:00–09:20:00"


def test_two_equal_versions_differ_in_nothing(session: Session) -> None:
    assert compared(version(session, LINE), version(session, LINE, number=2)).summary == "Nothing differs."


def test_each_version_is_the_session_as_it_was_signed(ward: Ward, session: Session) -> None:
    ward.do(session, sign)
    ward.desk.reopen(session.id, "never given")
    ward.do(session, partial(void_service, service="2", reason="never given"))
    now = ward.session(session.id)
    coding = StandInCoder().as_recorded(now)
    first, second = versions_of(now, ward.desk.history(session.id), coding)
    assert (first.is_signed, second.is_signed) == (True, False)
    assert not first.session.services[1].void_reason
    assert second.session.services[1].void_reason == "never given"
    assert (first.name, second.name) == ("Version 1", "Version 2, not signed")
    ward.do(now, sign)
    signed = ward.session(session.id)
    assert [one.name for one in versions_of(signed, ward.desk.history(session.id), None)] == [
        "Version 1",
        "Version 2",
    ]
