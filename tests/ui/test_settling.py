"""Whatever the coder finds has a button that settles it, or says who can."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.core.orders import Category
from desktop_app.core.session import Session
from desktop_app.core.stay import end_session
from desktop_app.ui.panel.panel_model import FindingRow
from desktop_app.ui.panel.rows import FindingBlock
from desktop_app.ui.panel.settling import REVIEW, WAYS, WHO, finding_block
from desktop_app.ui.sheets.choose import ChooseSheet
from desktop_app.ui.sheets.correct import CorrectSheet, ReasonSheet
from desktop_app.ui.sheets.dose import DoseSheet
from desktop_app.ui.sheets.later_stop import LaterStopSheet
from desktop_app.ui.sheets.moment_history import MomentHistorySheet
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.sheets.stopped_at import StoppedAtSheet
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import VANCOMYCIN, Ward
from tests.ui.hands import Mouse, sheet, sheet_of, shown

CODING = Path(__file__).resolve().parents[2] / "desktop_app" / "coding"
NAME = re.compile(r"[a-z]+(-[a-z]+)+")
TELLERS = {"find", "_warn", "_no_line", "Finding"}
"""What the coder calls to tell a finding; its name stands among what they are given."""
NOT_NAMES = {"drug-units"}
"""Rules that stand beside a finding's name in one of these calls."""


def names_in(tree: ast.AST) -> Iterator[str]:
    """Yield every word that may be a finding's name: given to a teller, or put into ``name``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in TELLERS:
            yield from _words(node)
        elif isinstance(node, ast.Assign) and "name" in _targets(node):
            yield from _words(node.value)


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def _targets(node: ast.Assign) -> set[str]:
    return {part.id for target in node.targets for part in ast.walk(target) if isinstance(part, ast.Name)}


def _words(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and NAME.fullmatch(part.value):
            yield part.value


def names_the_coder_gives() -> set[str]:
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in CODING.glob("*.py"))
    return {name for tree in trees for name in names_in(tree)} - NOT_NAMES


def test_every_finding_of_the_coder_has_a_way_or_somebody_who_can_settle_it() -> None:
    found = names_the_coder_gives()
    assert {"missing-stop", "near-threshold", "ndc-ambiguous", "pair-needs-modifier"} <= found
    assert found == set(WAYS) | set(WHO)
    assert set(WAYS).isdisjoint(WHO)


OPENS: dict[str, type[Sheet]] = {
    "Stopped at…": StoppedAtSheet,
    "Put the stop right…": CorrectSheet,
    "See its times": MomentHistorySheet,
    "Dose…": DoseSheet,
    "Give its reason…": ReasonSheet,
    "Say its kind…": ChooseSheet,
    "Put it right…": ChooseSheet,
    "Settle…": LaterStopSheet,
}


def shown_block(window: MainWindow, session: Session, name: str) -> FindingBlock:
    row = FindingRow("warning", "Something to look at.", session.services[0].id, name)
    block = finding_block(window.station, session, row)
    block.setParent(window.board.panel)
    block.resize(block.sizeHint())
    block.show()
    return block


@pytest.mark.parametrize("name", sorted(WAYS))
def test_the_button_of_each_finding_opens_what_settles_it(
    ward: Ward, window: MainWindow, qtbot: QtBot, name: str
) -> None:
    session = ward.start(ward.seat("1"))
    if name == "stop-proposed":
        session = stopped_twice(ward, session)
    if name == "stop-after-session-end":
        session = ward.stop(session)
    block = shown_block(window, session, name)
    assert block.button is not None
    Mouse(qtbot).click(block.button)
    assert type(sheet(window)) is OPENS[block.button.text()]


def stopped_twice(ward: Ward, session: Session) -> Session:
    ward.clock.advance(30)
    session = ward.stop(session)
    ward.clock.advance(2)
    return ward.stop(session)


@pytest.mark.parametrize("name", sorted(WHO))
def test_the_others_say_who_can(ward: Ward, window: MainWindow, name: str) -> None:
    block = shown_block(window, ward.start(ward.seat("1")), name)
    assert block.accessibleName().endswith(WHO[name].text)
    assert (block.button is not None) is (WHO[name].page == "settings")


def test_what_the_biller_settles_leads_to_the_review_once_the_session_has_ended(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    session = ward.stop(ward.start(ward.seat("1")))
    assert shown_block(window, session, "units-above-mue").button is None
    block = shown_block(window, ward.do(session, end_session), "units-above-mue")
    assert block.button is not None
    assert block.accessibleName().endswith("The biller settles this in Review.")
    Mouse(qtbot).click(block.button)
    assert window.page == "review"
    there = finding_block(window.station, ward.session(session.id), block.row, here=REVIEW)
    assert there.button is None


def test_a_drug_that_was_not_the_main_reason_loses_its_mark(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    session = ward.start(ward.seat("1"), replace(VANCOMYCIN, primary=True))
    block = shown_block(window, session, "mark-not-followed")
    assert block.button is not None
    Mouse(qtbot).click(block.button)
    sheet_of(window, ChooseSheet).choices["It was not the main reason"].click()
    assert not ward.session(session.id).services[0].order.primary


def test_a_stopped_drug_is_shown_with_its_times_where_its_length_is_doubted(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    session = ward.start(ward.seat("1"))
    ward.clock.advance(60)
    block = shown_block(window, ward.stop(session), "run-too-long")
    assert block.button is not None
    Mouse(qtbot).click(block.button)
    assert isinstance(sheet(window), MomentHistorySheet)


def test_a_site_gets_its_reason(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.seat("1"), replace(VANCOMYCIN, site="L arm"))
    block = shown_block(window, session, "second-site-reason")
    assert block.button is not None
    block.button.click()
    asked = sheet(window)
    assert isinstance(asked, ReasonSheet)
    asked.confirm(now=False)
    assert asked.problem == "A further access site needs its reason."
    asked.reason.set_text("incompatible drugs")
    asked.confirm(now=False)
    (site,) = ward.session(session.id).sites
    assert (site.name, site.reason) == ("L arm", "incompatible drugs")


def test_a_drug_gets_its_kind_and_a_syringe_its_own_dose(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.seat("1"), replace(VANCOMYCIN, same_dose_as_previous=True))
    for name, choice in (
        ("drug-in-two-categories", "Chemo or complex biologic"),
        ("second-syringe-differs", "A dose of its own"),
    ):
        block = shown_block(window, session, name)
        assert block.button is not None
        block.button.click()
        asked = sheet(window)
        assert isinstance(asked, ChooseSheet)
        asked.choices[choice].click()
    order = ward.session(session.id).services[0].order
    assert (order.category, order.same_dose_as_previous) == (Category.CHEMO, False)


def test_a_second_stop_is_told_in_the_panel_and_goes_when_it_is_settled(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    stopped_twice(ward, ward.start(ward.seat("1")))
    window.refresh()
    settle = window.board.panel.parts.settle
    (block,) = shown(qtbot, settle, FindingBlock)
    assert block.row.text == "Vancomycin was stopped at 09:30:00 and again at 09:32:00. The first stands."
    assert block.button is not None
    Mouse(qtbot).click(block.button)
    asked = sheet(window)
    assert isinstance(asked, LaterStopSheet)
    asked.first.click()
    qtbot.waitUntil(lambda: not settle.isVisible())
    assert window.toast.text == "Chair 1 · Vancomycin: the stop at 09:30:00 stands · saved"
