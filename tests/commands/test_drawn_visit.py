"""A visit drawn: what stands where, and that any visit has room."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.coding.coder import code
from desktop_app.coding.visit import Visit
from desktop_app.commands.counted_time import counted_times
from desktop_app.commands.drawn_visit import LEGEND, drawn
from desktop_app.core.timeline import shared, whole_minutes
from tests.coding.given import RULES, Service, at, care, hydration, infusion, push, visit

BAR = re.compile(r"[╞├][═─·╡╞├┤~]*[╡┤>]")


def picture(*services: Service, width: int = 100, **more: Any) -> list[str]:  # noqa: ANN401
    """Return the drawing of a coded visit, row by row."""
    made = visit(*services, **more)
    return drawn_coded(made, width).splitlines()


def drawn_coded(made: Visit, width: int = 100) -> str:
    coding = code(made, RULES.rulebook, RULES.profile_for(made.setting))
    return drawn(made, coding, width=width).text()


def bars(rows: list[str]) -> list[str]:
    return [found.group() for row in rows if (found := BAR.search(row))]


def test_a_lane_stands_below_the_clock_and_ends_with_its_minutes_and_codes() -> None:
    services = infusion("vancomycin", "09:00", "11:00", id="a"), push("ondansetron", "09:30", id="p")
    assert picture(*services, width=80) == [
        "                09:00     09:30     10:00     10:30",
        "                ┬─────────┬─────────┬─────────┬─────────┬",
        "a  vancomycin   ╞═══════════════════════════════════════╡  120 min  96365 96366",
        "p  ondansetron            ●                                         96375",
        "═ counts by the hour   ● push or injection",
    ]


def test_the_minutes_of_the_docstring_of_infusions_are_told_apart() -> None:
    rows = picture(
        infusion("paclitaxel", "13:26", "14:30", category="chemo"),
        infusion("dexamethasone", "12:40", "13:00"),
        infusion("diphenhydramine", "12:55", "13:15"),
        infusion("famotidine", "13:10", "13:30"),
    )
    assert bars(rows) == ["╞═════════╡", "├─────────┤", "╞════════─┤", f"╞{'═' * 31}╡"]
    assert [row[-7:] for row in rows[2:6]] == ["  96367", "  96368", "  96367", "  96413"]
    assert "16 of 20 min" in rows[4]


def test_hydration_is_counted_where_it_runs_alone() -> None:
    rows = picture(hydration("16:00", "19:00"), infusion("drug", "17:00", "18:00"))
    assert bars(rows) == [
        "╞════════════════════───────────────────════════════════════╡",
        "╞═══════════════════╡",
    ]
    assert "120 of 180 min  96361" in rows[2]


def test_hydration_in_pieces_is_counted_where_a_piece_is_long_enough() -> None:
    services = hydration("09:00", "10:30"), infusion("drug", "09:40", "10:10")
    total = picture(*services)
    assert bars(total)[0] == f"╞{'═' * 20}{'─' * 14}{'═' * 10}╡"
    each = picture(*services, options={"hydration_pieces": "each"})
    assert bars(each)[0] == f"╞{'═' * 20}{'─' * 24}┤"
    assert "40 of 90 min" in each[2]


def test_what_is_left_out_takes_no_minute_of_the_hydration_beside_it() -> None:
    rows = picture(
        hydration("09:00", "12:00"),
        infusion("contrast", "09:30", "10:00", integral=True),
        infusion("drug", "10:30", "11:00"),
        infusion("beside it", "10:20", "10:40"),
    )
    assert "140 of 180 min  96361" in rows[2]


def test_minutes_that_count_by_the_chart_are_drawn_as_counted() -> None:
    rows = picture(infusion("drug", "09:00:50", "09:16:10"), options={"minute_basis": "charted"})
    assert rows[2].endswith("96365")
    assert set(bars(rows)[0]) == set("╞═╡")


def test_a_pause_is_drawn_and_its_minutes_are_not_counted() -> None:
    rows = picture(infusion("rituximab", "11:00", "12:00", pauses=[[at("11:20"), at("11:40")]]))
    assert bars(rows) == [f"╞{'═' * 19}╡{'·' * 19}╞{'═' * 19}╡"]
    assert "40 min" in rows[2]
    assert rows[-1] == "═ counts by the hour   · paused"


def test_what_is_not_billed_is_drawn_single() -> None:
    rows = picture(hydration("09:00", "09:30"))
    assert set(bars(rows)[0]) == set("├─┤")
    assert rows[2].endswith("30 min  not billed")


def test_two_drugs_on_one_line_each_have_their_own_minutes() -> None:
    rows = picture(
        infusion("piperacillin", "14:30", "15:00"),
        infusion("levofloxacin", "14:56", "15:59"),
        infusion("vancomycin", "15:17", "16:50"),
    )
    assert ["26 of 30 min" in rows[2], "21 of 63 min" in rows[3], "93 min" in rows[4]] == [True] * 3
    assert bars(rows)[0] == "╞════════─┤"


def test_of_one_drug_hung_twice_each_hang_has_its_own_minutes() -> None:
    rows = picture(
        infusion("x", "12:00", "12:40"),
        infusion("x", "12:20", "13:10"),
        infusion("v", "13:00", "15:00"),
        options={"same_drug_again": "sequential"},
    )
    assert ["20 of 40 min" in rows[2], "40 of 50 min" in rows[3], "120 min" in rows[4]] == [True] * 3


def test_without_a_coding_it_is_running_time_alone() -> None:
    rows = drawn(visit(hydration("09:00", "09:30"), push("drug", "09:10"))).text().splitlines()
    assert set(bars(rows)[0]) == set("╞═╡")
    assert "billed" not in rows[2]


def test_encounters_and_sites_have_lanes_of_their_own() -> None:
    rows = picture(
        infusion("late", "15:00", "16:00", encounter="2"),
        infusion("other arm", "09:30", "10:00", site="2"),
        infusion("first", "09:00", "10:00"),
    )
    assert [row for row in rows if row.startswith("encounter")] == [
        "encounter 1, site 1",
        "encounter 1, site 2",
        "encounter 2, site 1",
    ]
    assert [row[3:8] for row in rows if row[0] in "123"] == ["first", "other", "late "]


def test_an_open_service_runs_to_the_edge() -> None:
    rows = picture(infusion("one", "09:00", "10:00"), infusion("two", "09:30"))
    assert bars(rows)[1].endswith("─>")
    assert rows[3].endswith("no stop  not billed")
    paused = picture(infusion("one", "09:00", pauses=[[at("09:30"), None]]))
    assert bars(paused)[0].endswith("·>")


def test_a_pump_goes_home_and_an_unseen_stop_is_told() -> None:
    pump = infusion("fluorouracil", "12:00", category="chemo", pump=True)
    assert picture(pump)[2].endswith("goes home  96416")
    assert picture(infusion("drug", "12:00", not_witnessed=True))[2].endswith("not seen  96374")


def test_a_stop_that_was_worked_out_is_drawn() -> None:
    rows = picture(infusion("drug", "09:00", volume_ml=500, rate_ml_h=250))
    assert rows[2].endswith("120 min  96365 96366")


def test_midnight_goes_through_every_lane_and_both_days_are_named() -> None:
    rows = picture(
        hydration("2026-03-02T23:00", "2026-03-03T02:00"),
        push("drug", "2026-03-03T01:00"),
        timezone="America/New_York",
    )
    assert rows[0].split() == ["2026-03-02", "2026-03-03"]
    assert rows[1].split()[:2] == ["23:00", "23:30"]
    column = rows[1].index("00:00")
    assert rows[4][column] == "│"
    assert "│ midnight" in rows[-1]


def test_midnight_at_the_very_edge_is_no_second_day() -> None:
    rows = picture(infusion("drug", "20:00", "2026-03-03T00:00"))
    assert "2026" not in "".join(rows)
    assert "│" not in "".join(rows)


def test_every_midnight_is_marked_over_a_change_of_the_zone() -> None:
    rows = picture(
        infusion("drug", "2026-03-07T12:00", "2026-03-09T12:00"),
        timezone="America/New_York",
        date="2026-03-07",
    )
    assert rows[0].split() == ["2026-03-07", "2026-03-08", "2026-03-09"]
    assert rows[2].count("┼") == 2


def test_the_clock_is_read_right_over_a_change_of_the_zone() -> None:
    rows = picture(
        infusion("drug", "2026-03-08T00:00", "2026-03-08T05:00"),
        timezone="America/New_York",
        date="2026-03-08",
        width=90,
    )
    assert rows[0].split()[:4] == ["00:00", "01:00", "03:00", "04:00"]
    rows = picture(
        infusion("drug", "2026-03-08T00:00", "2026-03-08T09:00"),
        timezone="America/New_York",
        date="2026-03-08",
        width=70,
    )
    assert rows[0].split()[:3] == ["00:00", "04:00", "06:00"]
    rows = picture(
        infusion("drug", "2026-11-01T00:00", "2026-11-01T03:00"),
        timezone="America/New_York",
        date="2026-11-01",
        width=90,
    )
    assert rows[0].split()[:4] == ["00:00", "01:00", "01:00", "02:00"]


def test_half_hour_zones_have_ticks_on_their_own_hours() -> None:
    rows = picture(infusion("drug", "09:00", "14:00"), timezone="Asia/Kolkata", width=60)
    assert set(re.findall(r":\d\d", rows[0])) == {":00"}


def test_seconds_are_told_where_a_visit_lasts_only_seconds() -> None:
    made = visit(infusion("drug", "09:00:00", "09:20:30"), infusion("next", "09:20:30", "09:20:40"))
    assert "20 min" in drawn_coded(made)
    rows = picture(push("one", "09:00:00", "09:00:20"), width=200)
    assert rows[0].split()[0].startswith("09:00")


def test_nothing_given_is_no_drawing() -> None:
    assert drawn(visit()).text() == ""
    assert picture() == []


def test_a_drug_line_or_other_care_has_a_mark_of_its_own() -> None:
    rows = picture(care("oral", "09:00"), care("im", "09:05"), infusion("x", "09:00", "09:45"))
    assert [mark for row in rows[2:5] for mark in row if mark in "○●"] == ["○", "●"]
    assert {"○ other entry", "● push or injection"} <= set(rows[-1].split("   "))


def test_long_names_are_cut_and_stay_in_their_column() -> None:
    rows = picture(infusion("n" * 1000, "09:00", "10:00", id="i" * 1000), infusion("b", "10:00", "10:30"))
    assert max(map(len, rows)) <= 100
    assert rows[2].startswith("iiiiiii…  nnnnnnnnnnnnnnnnnnnnnnn…  ╞")


clock_times = st.integers(0, 3000).map(lambda minute: minute * 60)
kinds = st.sampled_from(["therapeutic", "therapeutic", "chemo", "hydration"])


@st.composite
def given_services(draw: st.DrawFn, most: int = 64) -> list[Service]:
    made = []
    for number in range(draw(st.integers(1, most))):
        start = draw(clock_times) + draw(st.sampled_from([0, 0, 7]))
        stop = start + draw(st.sampled_from([0, 40, 900, 960, 3600])) + draw(st.integers(0, 9000))
        service = infusion(f"drug {number}", stamp(start), stamp(stop), category=draw(kinds), id=str(number))
        service |= {"site": draw(st.sampled_from("112")), "encounter": draw(st.sampled_from("112"))}
        if draw(st.booleans()):
            service["route"] = draw(st.sampled_from(["iv-push", "oral", "im", "sc-infusion"]))
        if draw(st.integers(0, 5)) == 0:
            del service["stop"]
        made.append(service)
    return made


def stamp(second: int) -> str:
    day, second = divmod(second, 24 * 3600)
    return f"2026-03-{2 + day:02}T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"


@settings(max_examples=40, deadline=None)
@given(given_services(), st.integers(80, 200))
def test_any_visit_has_a_lane_a_service_in_the_width_it_is_given(services: list[Service], width: int) -> None:
    rows = picture(*services, width=width)
    assert max(map(len, rows)) <= min(width, 100)
    assert len([row for row in rows if re.search(r" drug \d", row)]) == len(services)
    signs = {sign for row in rows for sign in row if sign in LEGEND}
    assert all(any(row.count(f"{sign} {LEGEND[sign]}") for row in rows) for sign in signs - {"─"})


@settings(max_examples=60, deadline=None)
@given(given_services(most=6))
def test_no_minute_at_one_site_is_drawn_as_counted_twice(services: list[Service]) -> None:
    made = visit(*[service for service in services if service["route"] == "iv-infusion"])
    coding = code(made, RULES.rulebook, RULES.profile_for(made.setting))
    counted = counted_times(made, coding)
    places = {item.id: (item.order.encounter, item.order.site, item.order.category) for item in made.services}
    for one, other in combinations(counted, 2):
        if places[one][:2] == places[other][:2] and {places[one][2], places[other][2]} != {"hydration"}:
            assert not shared(counted[one], counted[other])


@settings(max_examples=40, deadline=None)
@given(given_services(most=6))
def test_what_is_drawn_as_counted_comes_to_the_minutes_of_its_line(services: list[Service]) -> None:
    made = visit(*services)
    coding = code(made, RULES.rulebook, RULES.profile_for(made.setting))
    counted = counted_times(made, coding)
    codes = RULES.rulebook.eras[-1].codes
    for line in coding.lines:
        times = [counted[name] for name in line.services]
        if codes[line.role].hour and "concurrent-chemo" not in line.rules and len(times) == 1:
            assert whole_minutes(times[0]) == line.minutes


@pytest.mark.parametrize("days", [1, 20, 400, 40_000])
def test_a_visit_of_any_length_has_room(days: int) -> None:
    stop = f"{2026 + days // 366:04}-03-{2 + days % 20:02}T09:00"
    rows = picture(infusion("drug", "09:00", stop))
    assert max(map(len, rows)) <= 100
    assert re.search(r"\d{4}-\d\d-\d\d|09:00", rows[0])
