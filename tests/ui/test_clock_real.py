"""The same by the clocks of this computer; only the wall is told to be another, in this program alone."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.app import open_parts
from desktop_app.commands.window import make_window
from desktop_app.core import events as e
from desktop_app.core.care import start_service, stop_service
from desktop_app.core.moments import HOUR_US, SECOND_US
from desktop_app.core.orders import Setting
from tests.exchange.signed import saved
from tests.fakes import NEW_YORK
from tests.ui.office import INFLIXIMAB, SETTINGS

HOUR_NS = HOUR_US * 1_000


def test_a_computer_whose_clock_is_set_back_by_an_hour_times_on_to_the_tenth_of_a_second(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    true_ns, off = time.time_ns, [0]
    monkeypatch.setattr(time, "time_ns", lambda: true_ns() + off[0])
    with open_parts(tmp_path / "data") as parts:
        for key, value in SETTINGS.items():
            parts.folder.settings.set(key, value)
        window = make_window(parts, demo=False)
        qtbot.addWidget(window)
        desk = parts.desk
        seated = desk.seat(desk.now(), chair="1", mrn="1", zone=NEW_YORK, setting=Setting.PHYSICIAN)
        name = saved(seated).session
        saved(desk.touch(name, partial(start_service, service="1", order=INFLIXIMAB)))
        begun_ns = time.monotonic_ns()
        window.refresh()
        off[0] = -HOUR_NS
        window.refresh()
        saved(desk.touch(name, stop_service))
        really_us = (time.monotonic_ns() - begun_ns) // 1_000
        window.ticker.stop()
        jump = desk.suite.clock.entries[-1].event
        session = desk.session(name)
    assert session is not None
    assert abs(session.services[0].elapsed_us(0) - really_us) < SECOND_US // 10
    assert isinstance(jump, e.ClockJumped)
    assert abs(jump.by_us + HOUR_US) < SECOND_US // 10
    assert session.services[0].stop is not None
    assert session.services[0].stop.recorded_us < session.services[0].stop.at_us - HOUR_US + SECOND_US
