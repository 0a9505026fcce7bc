"""Protocols, the order of a plan, reminders that were seen and looks at a patient, in the touch script."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.app import open_parts, script_defaults
from desktop_app.core.events import PatientShown, session_stream
from desktop_app.core.reminders import Wishes, reminders_due
from desktop_app.core.service import ServiceState
from desktop_app.protocol_files import load_examples
from tests.fakes import at
from tests.script.house import DAY, House, do, seat, start

EXAMPLE = next(protocol for protocol in load_examples() if len(protocol.services) > 2)


@pytest.fixture
def house() -> House:
    return House()


def test_a_patient_is_seated_with_a_protocol_in_one_touch(house: House) -> None:
    answer = house.one(**seat(protocol=EXAMPLE.name.upper()))
    assert answer["events"] == ["patient-seated", *["service-planned"] * len(EXAMPLE.services)]
    services = house.session("s4").services
    assert [service.order for service in services] == list(EXAMPLE.services)
    assert {(service.state, service.protocol) for service in services} == {
        (ServiceState.PLANNED, EXAMPLE.name)
    }


def test_a_protocol_goes_on_the_plan_of_a_patient_who_sits_there(house: House) -> None:
    house.play(seat(), start())
    answer = house.one(**do("plan", "09:00", protocol=EXAMPLE.name, note="as last time"))
    assert answer["events"] == [*["service-planned"] * len(EXAMPLE.services), "note-added"]
    assert len(house.session("s4").services) == 1 + len(EXAMPLE.services)


def test_a_protocol_that_is_not_there_seats_and_plans_nothing(house: House) -> None:
    told = "there is no protocol “Moonlight”"
    assert house.one(**seat(protocol="Moonlight"))["refused"] == told
    assert house.desk.suite.occupant("4") is None
    house.play(seat())
    assert house.one(**do("plan", "09:00", protocol="Moonlight"))["refused"] == told


def test_a_line_that_plans_a_protocol_says_nothing_of_a_service_of_its_own(house: House) -> None:
    house.play(seat())
    answer = house.one(**do("plan", "09:00", protocol=EXAMPLE.name, planned_minutes=30))
    assert answer["refused"] == "a line plans a protocol or a service of its own, not both"
    assert house.session("s4").services == ()


def test_a_plan_is_put_in_another_order(house: House) -> None:
    house.play(seat(protocol=EXAMPLE.name))
    names = [service.id for service in house.session("s4").services]
    other = [*names[1:], names[0]]
    assert house.one(**do("reorder", "08:30", services=other))["events"] == ["plan-reordered"]
    assert [service.id for service in house.session("s4").services] == other
    refused = house.one(**do("reorder", "08:31", services=names[1:]))["refused"]
    assert refused == "the plan has changed meanwhile; look at it again"


def test_a_reminder_that_was_seen_is_due_no_more(house: House) -> None:
    house.play(seat(), start(time="09:00", vitals_every_minutes=15))
    seen = do("acknowledge", "09:16", service="a", reminder="vitals", due=f"{DAY}T09:15")
    assert house.one(**seen)["events"] == ["reminder-acknowledged"]
    assert reminders_due(house.session("s4"), Wishes(), at(f"{DAY}T09:20")) == ()
    wrong = house.one(**{**seen, "reminder": "tea"})
    assert wrong["error"].startswith("reminder must be one of rate-step, vitals")


def test_a_look_at_what_is_hidden_is_recorded_and_changes_nothing(house: House) -> None:
    house.play(seat())
    assert house.one(**do("show", "08:30"))["events"] == ["patient-shown"]
    (look,) = [
        recorded.event
        for recorded in house.journal.load(session_stream("s4"))
        if isinstance(recorded.event, PatientShown)
    ]
    assert look.what == "mrn"


def test_the_suite_s_own_protocols_can_be_named_as_the_examples_can(tmp_path: Path) -> None:
    own = tmp_path / "protocols"
    own.mkdir()
    orders = 'drug = "Iron sucrose"\ncategory = "therapeutic"\nroute = "iv-infusion"'
    text = f'[[protocol]]\nname = "Ours"\n\n[[protocol.service]]\n{orders}\n'
    (own / "ours.toml").write_text(text, encoding="utf-8")
    with open_parts(tmp_path) as parts:
        names = [protocol.name for protocol in script_defaults(parts.folder).protocols()]
    assert names == ["Ours", *(protocol.name for protocol in load_examples())]
