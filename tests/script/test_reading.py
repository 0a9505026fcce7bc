"""What can be read from outside: every event with its evidence, every session with case and coding."""

from __future__ import annotations

import json

import pytest

from desktop_app.app import session_coder
from desktop_app.coding.case_out import answer_of
from desktop_app.coding.case_text import json_text, read_json
from desktop_app.commands.code import coded
from desktop_app.commands.session_case import SessionCases
from desktop_app.rulebook_files import load_standard
from desktop_app.script.reading import Entry, log, sessions
from desktop_app.store.codec import encode
from tests.script.house import House, do, seat, start, visit


@pytest.fixture
def house() -> House:
    return House()


def entries(house: House, *sent: str) -> list[Entry]:
    return list(sessions(house.journal, SessionCases(load_standard(), session_coder()), sent))


def state(house: House) -> str:
    return str(entries(house)[0]["state"])


def test_the_log_tells_everything_of_an_event(house: House) -> None:
    house.play(seat(by="MB", initials="R.M."))
    (entry,) = log(house.journal, encode)
    recorded_us = house.clock.now().wall_us
    assert entry["origin_seq"] == 1
    assert (entry["stream"], entry["version"]) == ("session/s4", 1)
    assert (entry["kind"], entry["schema"]) == ("patient-seated", 1)
    assert (entry["at"], entry["how"]) == ("2026-03-02T13:21:00.000000Z", "scripted")
    assert (entry["recorded"], entry["recorded_us"]) == ("2026-03-02T12:55:00.000000Z", recorded_us)
    assert entry["actor"] == "MB"
    assert entry["clock"]["zone"] == "America/New_York"
    assert entry["body"]["initials"] == "R.M."
    assert len(entry["hash"]) == 64


def test_the_log_is_in_order_and_each_event_names_the_one_before(house: House) -> None:
    house.play(*visit())
    found = list(log(house.journal, encode))
    assert [entry["origin_seq"] for entry in found] == [1, 2, 3, 4]
    assert [entry["prev_hash"] for entry in found[1:]] == [entry["hash"] for entry in found[:-1]]
    assert found[-1]["hash"] == house.journal.head()


def test_the_words_of_care_follow_what_runs(house: House) -> None:
    words = []
    for touch in (seat(), start(), do("pause", "09:00"), do("resume", "09:05"), do("stop", "10:00")):
        assert house.one(**touch)["ok"]
        words.append(state(house))
    assert words == ["seated", "running", "paused", "running", "seated"]


def test_a_session_that_ended_without_a_stop_says_so(house: House) -> None:
    house.play(seat(), start(), do("end", "10:00"))
    assert state(house) == "stop-missing"
    house.play(do("not-witnessed", "10:05"))
    assert state(house) == "ended"


def test_a_pump_that_went_home_is_no_missing_stop(house: House) -> None:
    house.play(seat(), start(pump=True), do("end", "10:00"))
    assert state(house) == "ended"
    assert house.one(**do("sign", "10:05"))["ok"]


def test_the_end_of_a_session_is_told(house: House) -> None:
    house.play(*visit(), do("hold", "11:20", reason="order missing"))
    assert state(house) == "held"
    house.play(do("release", "11:21"), do("sign", "11:22"))
    (signed,) = entries(house)
    lines = [line["id"] for line in signed["signed"][0]["lines"]]
    assert signed["state"] == "signed"
    assert entries(house, *lines)[0]["state"] == "sent"
    assert entries(house, *lines[1:])[0]["state"] == "signed"


def test_a_seat_that_was_taken_back_is_cancelled(house: House) -> None:
    house.play(seat(), do("undo", "08:30"))
    assert state(house) == "cancelled"


def test_who_when_and_where_stand_beside_the_state(house: House) -> None:
    house.play(*visit(), do("sign", "11:12", by="MB"))
    (entry,) = entries(house)
    assert (entry["session"], entry["chair"], entry["mrn"]) == ("s4", "4", "0004")
    assert entry["seated"]["at"] == "2026-03-02T08:21:00.000-05:00"
    assert entry["ended"]["at"] == "2026-03-02T11:10:00.000-05:00"
    assert (entry["signed"][0]["version"], entry["signed"][0]["by"]) == (1, "MB")


def coded_again(entry: Entry) -> object:
    """Code an entry's case as a stranger would: from its text alone."""
    rules = load_standard()
    return answer_of(coded(read_json(json_text(entry["case"])), rules))


def test_the_coding_is_that_of_exactly_the_case(house: House) -> None:
    house.play(
        seat(timezone="America/Chicago", place_of_service="22", options={"overlap": "majority"}),
        do(
            "push",
            "08:36:10",
            service="p",
            drug="diphenhydramine",
            category="therapeutic",
            dose=12.5,
            unit="mg",
        ),
        start(planned_minutes=120, hcpcs="J1745", unit_amount=10, unit="mg", dose=400.25),
        do("pause", "09:40:00", service="a", reason="itching"),
        do("resume", "09:52:30.5", service="a"),
        do("site", "09:55", site="2", reason="infiltrated"),
        start(time="10:00", service="b", drug="saline", category="hydration", site="2", volume_ml=1000),
        do("stop", "11:05:00", service="a"),
        do("not-witnessed", "11:06:00", service="b"),
        do("end", "11:10:00"),
    )
    (entry,) = entries(house)
    assert entry["case"]["timezone"] == "America/Chicago"
    assert entry["case"]["site_reasons"] == {"2": "infiltrated"}
    assert coded_again(entry) == entry["coding"]


def test_a_session_that_still_runs_has_a_case_too(house: House) -> None:
    house.play(seat(), start(), do("pause", "09:40:00"))
    (entry,) = entries(house)
    assert coded_again(entry) == entry["coding"]
    assert entry["coding"]["findings"][0]["level"] == "blocker"


def test_an_entry_is_one_line_of_json_with_its_amounts_exact(house: House) -> None:
    house.play(seat(), start(hcpcs="J1745", unit_amount=10, unit="mg", dose=0.100000001))
    text = json_text(entries(house)[0])
    assert "\n" not in text
    assert '"dose": 0.100000001' in text
    assert json.loads(text)["session"] == "s4"


def test_a_patient_may_be_born_long_before_any_date_of_service(house: House) -> None:
    house.play(seat())
    assert house.one(do="register", chair="4", patient={"birth_date": "1936-01-15"})["ok"]
    born = house.session("s4").registration.birth_date
    assert born is not None
    assert born.isoformat() == "1936-01-15"
    refused = house.one(do="register", chair="4", patient={"birth_date": "1879-12-31"})
    assert refused["refused"] == "nobody here was born on 1879-12-31"
