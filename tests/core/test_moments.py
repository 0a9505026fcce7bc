"""Instants and the local times and days they are shown as."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.moments import HOUR_US, instant_us, is_zone, local_date, local_time
from tests.fakes import NEW_YORK, at

KOLKATA = "Asia/Kolkata"


def test_the_first_instant_is_the_turn_of_1970_in_utc() -> None:
    assert instant_us(datetime(1970, 1, 1, tzinfo=UTC)) == 0
    assert instant_us(datetime(1970, 1, 1, tzinfo=timezone(timedelta(hours=1)))) == -HOUR_US


def test_one_instant_is_another_day_in_another_zone() -> None:
    late = at("2026-03-02T23:59:59.999999")
    assert local_date(late, NEW_YORK) == date(2026, 3, 2)
    assert local_date(late + 1, NEW_YORK) == date(2026, 3, 3)
    assert local_date(late, KOLKATA) == date(2026, 3, 3)


@pytest.mark.parametrize("name", [NEW_YORK, KOLKATA, "UTC", "Etc/UTC", "Etc/GMT+5", "US/Eastern", "EST"])
def test_a_place_or_a_distance_from_utc_is_a_zone(name: str) -> None:
    assert is_zone(name)


@pytest.mark.parametrize(
    "name",
    [
        "posixrules",
        "right/UTC",
        "posix/UTC",
        "localtime",
        "Factory",
        "Mars/Base",
        "America",
        "\0",
        "../etc/passwd",
        "\ud800",
        "",
        "../UTC",
        "UTC\u0660",
        "America/" * 1_000 + "New_York",
    ],
)
def test_what_is_no_place_is_no_zone(name: str) -> None:
    assert not is_zone(name)


def test_a_spring_day_has_twenty_three_hours_and_an_autumn_day_twenty_five() -> None:
    assert at("2026-03-09T00:00") - at("2026-03-08T00:00") == 23 * HOUR_US
    assert at("2026-11-02T00:00") - at("2026-11-01T00:00") == 25 * HOUR_US


@given(st.datetimes(timezones=st.just(UTC)).filter(lambda moment: 1970 < moment.year < 2100))
def test_no_microsecond_is_lost_on_the_way_to_a_local_time_and_back(moment: datetime) -> None:
    for zone in (NEW_YORK, KOLKATA, "UTC"):
        assert instant_us(local_time(instant_us(moment), zone)) == instant_us(moment)
