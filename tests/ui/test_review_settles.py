"""Whatever keeps a session from its signature is settled in the review, by the sheet the board uses."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.core.corrections import not_witnessed
from desktop_app.core.decisions import pressed
from desktop_app.core.moments import MINUTE_US
from desktop_app.core.orders import Route
from desktop_app.core.session import Session
from desktop_app.ui.panel.rows import ServiceButton
from desktop_app.ui.panel.settling import WHO
from desktop_app.ui.review.findings import OPEN_MARK, REVIEW_WAYS
from desktop_app.ui.sheets.choose import ChooseSheet
from desktop_app.ui.sheets.describe import DescribeSheet
from desktop_app.ui.sheets.dose import DoseSheet
from desktop_app.ui.sheets.grouped import GroupedSheet
from desktop_app.ui.sheets.moment_history import MomentHistorySheet
from desktop_app.ui.sheets.stopped_at import StoppedAtSheet
from tests.ui.hands import focused, sheet_of
from tests.ui.office import INFLIXIMAB, ONDANSETRON, Office, with_vials


def press(office: Office, name: str) -> None:
    """Press the button of a finding."""
    button = office.blocks()[name].button
    assert button is not None
    office.mouse.click(button)


def test_a_missing_stop_is_told_from_the_review_and_the_session_can_be_signed(office: Office) -> None:
    visit = office.end(office.start(office.seat()))
    office.clock.advance(100)
    review = office.show(visit)
    assert not review.sign_button.isEnabled()
    assert list(office.blocks()) == ["missing-stop"]
    press(office, "missing-stop")
    sheet = sheet_of(office.window, StoppedAtSheet)
    sheet.how.chip("pump").click()
    sheet.at.clock.setText("10:30")
    sheet.at.clock.textEdited.emit("10:30")
    sheet.still_ran.setChecked(True)
    sheet.confirm(now=False)
    assert office.blocks().keys() == {"stop-after-session-end"}
    assert review.sign_button.isEnabled()
    assert office.codes()[0] == "96413 ×1"


def test_not_witnessed_is_an_answer_in_the_review_too(office: Office) -> None:
    visit = office.end(office.start(office.start(office.seat(), ONDANSETRON)))
    office.show(visit)
    press(office, "missing-stop")
    sheet = sheet_of(office.window, StoppedAtSheet)
    sheet.how.chip("nobody").click()
    sheet.confirm(now=False)
    assert office.session(visit.id).services[1].not_witnessed


def test_more_than_the_vials_hold_is_settled_by_the_dose(office: Office) -> None:
    visit = office.visit(order=with_vials(3))
    review = office.show(visit)
    assert not review.sign_button.isEnabled()
    press(office, "more-than-the-vials")
    sheet = sheet_of(office.window, DoseSheet)
    sheet.containers.rows[0].count.set_text("4")
    sheet.confirm(now=False)
    assert office.blocks() == {}
    assert review.sign_button.isEnabled()
    assert office.codes()[-1] == "J1745 JZ ×40"


def test_a_drug_without_its_code_gets_it(office: Office) -> None:
    assert INFLIXIMAB.dose is not None
    visit = office.visit(order=replace(INFLIXIMAB, dose=replace(INFLIXIMAB.dose, hcpcs="")))
    office.show(visit)
    press(office, "drug-code-missing")
    sheet = sheet_of(office.window, DoseSheet)
    sheet.code.set_text("J1745")
    sheet.confirm(now=False)
    assert office.codes()[-1] == "J1745 JZ ×40"


def test_a_payer_that_is_gone_is_chosen_anew_on_the_page(office: Office) -> None:
    visit = office.visit(profile="gone")
    review = office.show(visit)
    assert not review.sign_button.isEnabled()
    press(office, "payer-unknown")
    sheet_of(office.window, ChooseSheet).choices["Medicare, physician office"].click()
    assert office.session(visit.id).profile == ""
    assert office.blocks() == {}
    assert review.sign_button.isEnabled()


def test_a_day_before_the_rules_begin_shows_the_times_it_follows_from(office: Office) -> None:
    office.clock.set_wall("2008-03-02T09:00")
    office.parts.folder.settings.set("zone", "America/New_York")
    visit = office.visit()
    office.show(visit)
    press(office, "no-rules-for-date")
    assert isinstance(sheet_of(office.window, MomentHistorySheet), MomentHistorySheet)


def test_an_open_mark_of_the_visit_is_given_its_meaning(office: Office) -> None:
    session = office.start(office.seat("4"))
    office.clock.advance(60)
    office.parts.desk.mark(office.parts.desk.now(), chair="4")
    office.parts.desk.mark(office.parts.desk.now(), chair="5")
    office.clock.advance(5)
    office.show(office.end(session))
    assert set(office.blocks()) == {"missing-stop", OPEN_MARK}
    press(office, OPEN_MARK)
    sheet_of(office.window, ChooseSheet).choices["Stop of Infliximab"].click()
    assert office.blocks() == {}
    stop = office.session(session.id).services[0].stop
    assert stop is not None
    assert stop.at_us == session.seated.at_us + 60 * MINUTE_US


def test_a_mark_from_before_the_visit_or_after_it_is_not_of_it(office: Office) -> None:
    office.parts.desk.mark(pressed(office.clock.now().wall_us), chair="1")
    office.clock.advance(5)
    visit = office.visit("1")
    office.parts.desk.mark(pressed(office.clock.now().wall_us), chair="1")
    office.show(visit)
    assert office.blocks() == {}


def test_enter_in_the_list_goes_to_what_is_to_be_settled(office: Office, qtbot: QtBot) -> None:
    office.show(office.end(office.start(office.seat())))
    office.review.list.setFocus()
    office.typist.press("\r")
    qtbot.waitUntil(lambda: focused() is office.blocks()["missing-stop"].button)


def test_whatever_sends_a_nurse_to_the_biller_or_the_manager_has_a_button_here() -> None:
    of_no_session = {"evaluation-never-paid", "evaluation-modifier"}
    assert {name for name, who in WHO.items() if who.page} - of_no_session <= set(REVIEW_WAYS)


@pytest.mark.parametrize("name", sorted(REVIEW_WAYS))
def test_each_way_of_the_review_opens_a_sheet(office: Office, name: str) -> None:
    visit = office.end(office.start(office.start(office.seat(), ONDANSETRON), ONDANSETRON))
    station = office.window.station
    REVIEW_WAYS[name].flow(station, visit, visit.services[0])
    assert office.window.sheets.sheet is not None
    REVIEW_WAYS[name].flow(station, visit, None)
    assert isinstance(sheet_of(office.window, ChooseSheet), ChooseSheet)


def test_what_nobody_saw_stop_is_said_and_can_be_told(office: Office) -> None:
    visit = office.start(office.seat())
    office.clock.advance(90)
    visit = office.end(office.do(visit, partial(not_witnessed, service="1", reason="at another chair")))
    office.show(visit)
    press(office, "not-witnessed")
    assert isinstance(sheet_of(office.window, StoppedAtSheet), StoppedAtSheet)


def described(office: Office, visit: Session) -> DescribeSheet:
    """Open what describes the first service anew, from its row in the review."""
    office.show(visit)
    office.review.detail.services.findChildren(ServiceButton)[0].click()
    sheet_of(office.window, GroupedSheet).choices["Drug, way, site…"].click()
    return sheet_of(office.window, DescribeSheet)


def test_another_way_of_giving_is_put_right_with_its_reason_and_the_lines_follow(office: Office) -> None:
    visit = office.end(office.start(office.seat(), ONDANSETRON))
    sheet = described(office, visit)
    assert office.codes() == ["96374 ×1", "J2405 ×4"]
    sheet.way.usual.chip("im").click()
    sheet.confirm(now=False)
    assert sheet.problem == "Say why it is described anew."
    assert office.session(visit.id).services[0].order == ONDANSETRON
    sheet.reason.set_text("given into the muscle")
    sheet.confirm(now=False)
    after = office.session(visit.id).services[0]
    assert after.order == replace(ONDANSETRON, route=Route.IM)
    assert after.start == visit.services[0].start
    assert office.codes() == ["96372 ×1", "J2405 ×4"]


def test_what_ran_is_not_made_something_that_is_given_in_a_moment(office: Office) -> None:
    sheet = described(office, office.visit())
    assert sheet.site.text == "left forearm"
    sheet.way.usual.chip("push").click()
    sheet.reason.set_text("a push")
    sheet.confirm(now=False)
    assert sheet.problem == "Infliximab was recorded by iv-infusion; strike it out and enter it anew."


def test_a_site_is_put_right_and_all_else_of_the_order_stays(office: Office) -> None:
    visit = office.visit()
    sheet = described(office, visit)
    sheet.site.set_text("right hand")
    sheet.reason.set_text("the other arm")
    sheet.confirm(now=False)
    assert office.session(visit.id).services[0].order == replace(INFLIXIMAB, site="right hand")
