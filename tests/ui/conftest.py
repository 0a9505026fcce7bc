"""A whole window over a journal in memory and a clock that stands still until it is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.commands.patient_files import read_patients
from desktop_app.core.care import give_service, plan_service, start_service, stop_service
from desktop_app.core.decisions import pressed
from desktop_app.core.desk import Action, Desk, Saved
from desktop_app.core.moments import local_date
from desktop_app.core.orders import Category, Dose, Order, Route, Setting
from desktop_app.core.session import Session
from desktop_app.ui.billing_ports import PatientFile
from desktop_app.ui.window import MainWindow
from tests.fakes import NEW_YORK, FakeClock, SequentialIdentities
from tests.ui.hands import Mouse, Typist
from tests.ui.office import Office, opened_office
from tests.ui.stand_ins import (
    DRUGS,
    RecordingJournal,
    StandInBilling,
    StandInCoder,
    StandInProducts,
    StandInProtocols,
    StandInSettings,
)

VANCOMYCIN = Order(
    drug="Vancomycin",
    category=Category.THERAPEUTIC,
    route=Route.IV_INFUSION,
    planned_minutes=60,
    dose=Dose(hcpcs="J3370", unit_amount=Decimal(500), unit="mg", amount=Decimal(1000)),
)
SALINE = Order(drug="Normal saline", category=Category.HYDRATION, route=Route.IV_INFUSION, planned_minutes=90)
DIPHENHYDRAMINE = Order(drug="Diphenhydramine", category=Category.THERAPEUTIC, route=Route.IV_PUSH)


@dataclass
class Ward:
    """A suite to put patients in, without a window."""

    clock: FakeClock
    journal: RecordingJournal
    settings: StandInSettings
    billing: StandInBilling
    desk: Desk
    products: StandInProducts = field(default_factory=StandInProducts)
    protocols: StandInProtocols = field(default_factory=StandInProtocols)

    def __post_init__(self) -> None:
        self.billing.read = self._read_patients

    def _read_patients(self, path: Path) -> PatientFile:
        today = local_date(self.clock.now().wall_us, NEW_YORK)
        return read_patients(path, self.desk, self.journal, today)

    def seat(self, chair: str, mrn: str = "0004821", initials: str = "RM") -> Session:
        when = pressed(self.clock.now().wall_us)
        saved = self.desk.seat(
            when,
            chair=chair,
            mrn=mrn,
            initials=initials,
            zone=NEW_YORK,
            setting=Setting.PHYSICIAN,
            place_of_service="11",
        )
        assert isinstance(saved, Saved), saved
        return self.session(saved.session)

    def start(self, session: Session, order: Order = VANCOMYCIN) -> Session:
        act = start_service if order.runs else give_service
        return self.do(session, lambda s, w: act(s, w, service=s.next_service_id, order=order))

    def stop(self, session: Session, service: str = "1") -> Session:
        return self.do(session, lambda s, w: stop_service(s, w, service=service))

    def plan(self, session: Session, order: Order = VANCOMYCIN) -> Session:
        return self.do(session, lambda s, w: plan_service(s, w, service=s.next_service_id, order=order))

    def do(self, session: Session, action: Action) -> Session:
        saved = self.desk.touch(session.id, action, pressed(self.clock.now().wall_us))
        assert isinstance(saved, Saved), saved
        return self.session(session.id)

    def session(self, session_id: str) -> Session:
        found = self.desk.session(session_id)
        assert found is not None
        return found

    def in_chair(self, chair: str) -> Session:
        found = self.desk.suite.shown_in(chair)
        assert found is not None, f"chair {chair} is free"
        return found


@pytest.fixture
def ward(tmp_path: Path) -> Ward:
    clock, journal, settings = FakeClock("2026-03-02T09:00"), RecordingJournal(), StandInSettings()
    desk = Desk(
        journal=journal, clock=clock, names=SequentialIdentities(), chairs=settings.chairs(), actor="AK"
    )
    folder = tmp_path / "data"
    folder.mkdir()
    return Ward(clock, journal, settings, StandInBilling(desk, journal, clock, settings, folder), desk)


@pytest.fixture
def window(ward: Ward, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window, shown, at the board (or at the welcome page when the settings say so)."""
    made = MainWindow(
        desk=ward.desk,
        coder=StandInCoder(),
        clock=ward.clock,
        billing=ward.billing,
        settings=ward.settings,
        drugs=DRUGS,
        products=ward.products,
        protocols=ward.protocols,
    )
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.ticker.stop()


@pytest.fixture
def typist(qtbot: QtBot, window: MainWindow) -> Typist:
    return Typist(qtbot, window)


@pytest.fixture
def mouse(qtbot: QtBot) -> Mouse:
    return Mouse(qtbot)


@pytest.fixture
def office(tmp_path: Path, qtbot: QtBot) -> Iterator[Office]:
    """A window over the real parts, on a folder of its own."""
    with opened_office(tmp_path, qtbot) as made:
        yield made
