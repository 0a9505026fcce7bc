"""A window over the real parts: the record on disk, the rules, the payers; and visits to review in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop_app.app import Parts, open_parts
from desktop_app.commands.window import make_window
from desktop_app.core.care import give_service, start_service, stop_service
from desktop_app.core.desk import Action, Saved
from desktop_app.core.orders import Category, Container, Dose, Order, Route, Setting
from desktop_app.core.session import Session
from desktop_app.core.stay import end_session
from desktop_app.ui.panel.rows import FindingBlock
from desktop_app.ui.review.page import ReviewPage
from desktop_app.ui.window import MainWindow
from tests.fakes import NEW_YORK, FakeClock
from tests.ui.hands import Mouse, Typist

SETTINGS = {
    "zone": NEW_YORK,
    "suite-name": "Infusion suite",
    "setting": "physician",
    "place-of-service": "11",
    "actor": "AK",
    "cpt-licence": "yes",
}
INFLIXIMAB = Order(
    drug="Infliximab",
    category=Category.CHEMO,
    route=Route.IV_INFUSION,
    site="left forearm",
    dose=Dose(
        hcpcs="J1745",
        unit_amount=Decimal(10),
        unit="mg",
        amount=Decimal(400),
        containers=(Container(size=Decimal(100), count=4, single_dose=True),),
        lot="24K113",
    ),
)
ONDANSETRON = Order(
    drug="Ondansetron",
    category=Category.THERAPEUTIC,
    route=Route.IV_PUSH,
    dose=Dose(hcpcs="J2405", unit_amount=Decimal(1), unit="mg", amount=Decimal(4)),
)


@dataclass
class Office:
    """The window, what is behind it, and the hands that work there."""

    parts: Parts
    clock: FakeClock
    window: MainWindow
    typist: Typist
    mouse: Mouse

    @property
    def review(self) -> ReviewPage:
        return self.window.review

    def seat(self, chair: str = "1", mrn: str = "0004821", **details: str) -> Session:
        terms = {"place_of_service": "11", "profile": "", **details}
        saved = self.parts.desk.seat(
            self.parts.desk.now(),
            chair=chair,
            mrn=mrn,
            initials="RM",
            zone=NEW_YORK,
            setting=Setting.PHYSICIAN,
            place_of_service=terms["place_of_service"],
            profile=terms["profile"],
        )
        assert isinstance(saved, Saved), saved
        return self.session(saved.session)

    def start(self, session: Session, order: Order = INFLIXIMAB) -> Session:
        act = start_service if order.runs else give_service
        name = self.session(session.id).next_service_id
        return self.do(session, partial(act, service=name, order=order))

    def stop(self, session: Session, service: str = "1") -> Session:
        return self.do(session, partial(stop_service, service=service))

    def end(self, session: Session) -> Session:
        return self.do(session, end_session)

    def visit(
        self, chair: str = "1", minutes: int = 95, order: Order = INFLIXIMAB, **details: str
    ) -> Session:
        """Return a visit that has ended: one infusion of so many minutes."""
        session = self.start(self.seat(chair, **details), order)
        self.clock.advance(minutes)
        session = self.end(self.stop(session))
        self.clock.advance(1)
        return session

    def do(self, session: Session, action: Action) -> Session:
        saved = self.parts.desk.touch(session.id, action)
        assert isinstance(saved, Saved), saved
        return self.session(session.id)

    def session(self, name: str) -> Session:
        found = self.parts.desk.session(name)
        assert found is not None
        return found

    def show(self, session: Session) -> ReviewPage:
        """Show a session in the review."""
        self.window.show_page("review", session.id)
        return self.review

    def codes(self) -> list[str]:
        """Return what the page shows as coded: code, modifiers and units of each line."""
        return [
            " ".join(part for part in (row.row.code, row.row.modifiers, f"×{row.row.units}") if part)
            for row in self.review.detail.lines.rows
            if row.row.units != "–"
        ]

    def blocks(self) -> dict[str, FindingBlock]:
        """Return what is to be settled, by the name of each finding."""
        rows = self.review.detail.settle.rows
        found = [item.widget() for at in range(rows.count()) if (item := rows.itemAt(at)) is not None]
        return {block.row.name: block for block in found if isinstance(block, FindingBlock)}


@contextmanager
def opened_office(folder: Path, qtbot: QtBot, clock: FakeClock | None = None) -> Iterator[Office]:
    """Open the window on a new data folder, or on one that was there, by a clock that went on."""
    clock = clock or FakeClock("2026-03-02T09:00")
    with open_parts(folder / "data", make_clock=lambda _zone: clock) as parts:
        for key, value in SETTINGS.items():
            parts.folder.settings.set(key, value)
        parts.desk.actor = SETTINGS["actor"]
        window = make_window(parts, demo=False)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        yield Office(parts, clock, window, Typist(qtbot, window), Mouse(qtbot))
        window.ticker.stop()


def with_vials(count: int) -> Order:
    """Return the infusion from so many vials."""
    dose = INFLIXIMAB.dose
    assert dose is not None
    return replace(
        INFLIXIMAB, dose=replace(dose, containers=(Container(Decimal(100), count, single_dose=True),))
    )
