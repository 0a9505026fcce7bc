"""A session names its payer: what is said when the rules do not know that one, or not any more."""

from __future__ import annotations

from typing import Any

import pytest

from desktop_app.app import session_coder
from desktop_app.coding.reasons import Level
from desktop_app.coding.sessions import SessionCoder
from desktop_app.core.orders import Setting
from tests.coding.given import RULES
from tests.core.chairside import Chairside, infusion, us

CODER = session_coder()


def test_a_profile_or_option_the_rules_do_not_know_is_told_in_a_few_words() -> None:
    def fault(profile: str, *options: tuple[str, str], setting: Setting = Setting.FACILITY) -> str:
        return CODER.unknown_choice(profile, options, setting)

    assert fault("") == ""
    assert fault("commercial", ("attended_push", "by-time")) == ""
    assert fault("barter") == "there is no payer profile “barter”, only commercial, custom, medicare-facility"
    assert fault("custom", setting=Setting.PHYSICIAN) == "the payer profile “custom” is not for a physician"
    assert fault("", ("luck", "good")) == "there is no option “luck”"
    values = ", ".join(CODER.rulebook.options["attended_push"].values)
    assert fault("", ("attended_push", "no")) == f"option “attended_push” must be one of {values}"


def test_of_several_faults_the_payer_is_told_first_and_then_the_options_in_their_order() -> None:
    luck, fate = ("luck", "good"), ("fate", "bad")
    told = CODER.unknown_choice("barter", (luck, fate), Setting.FACILITY)
    assert told.startswith("there is no payer profile “barter”")
    known = ("attended_push", "by-time")
    assert CODER.unknown_choice("", (known, luck, fate), Setting.FACILITY) == "there is no option “luck”"


@pytest.mark.parametrize(
    ("choices", "level", "told"),
    [
        ({"profile": "aetna"}, Level.BLOCKER, "there is no payer profile “aetna”"),
        ({"options": (("luck", "good"),)}, Level.BLOCKER, "there is no option “luck”"),
        ({"options": (("pump_start", "none"),)}, Level.BLOCKER, "option “pump_start” must be one of"),
        (
            {"profile": "commercial", "options": (("luck", "good"),)},
            Level.BLOCKER,
            "there is no option “luck”",
        ),
        (
            {"profile": "medicare-physician"},
            Level.WARNING,
            "profile “medicare-physician” is not for a facility",
        ),
    ],
)
def test_a_choice_the_rules_do_not_know_any_more_is_told_on_every_coding(
    choices: dict[str, Any], level: Level, told: str
) -> None:
    side = Chairside()
    side.seat(**choices)
    side.start("09:00", order=infusion(planned_minutes=60))
    planned = CODER.at_plan_end(side.session(), us("09:30"))
    assert planned is not None
    side.stop("10:00")
    session = side.session()
    for coding in (CODER.as_recorded(session), CODER.if_stopped(session, us("10:00")), planned[1]):
        first = coding.findings[0]
        assert (first.level, first.name) == (level, "payer-unknown")
        assert first.text.startswith("This session cannot be coded as it was seated: ")
        assert told in first.text
        assert first.text.endswith(f"; these are lines by {coding.profile}.")
        assert coding.lines


def test_lines_of_a_payer_nobody_chose_cannot_be_signed() -> None:
    side = Chairside()
    side.seat(profile="aetna")
    side.start("09:00")
    side.stop("10:00")
    side.end("10:10")
    said = side.refused("10:20", CODER.signing(side.session(), side.desk.head))
    assert "there is no payer profile “aetna”" in said
    back = SessionCoder(CODER.rulebook, {**RULES.profiles, "aetna": RULES.profiles["commercial"]})
    assert back.as_recorded(side.session()).findings == ()
    side.do("10:21", back.signing(side.session(), side.desk.head))
    assert side.session().signatures[0].profile == "commercial"
