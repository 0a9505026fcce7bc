"""Signing seals lines, rules, payer and the record's head; a change after it makes another version."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.core import events as e
from desktop_app.core.care import add_note
from desktop_app.core.corrections import correct_moment
from desktop_app.core.later_stops import leave_first_stop
from desktop_app.core.moments import MINUTE_US, HowKnown
from desktop_app.core.session import Session, Stage
from desktop_app.ui.panel.history_rows import HistoryBlock
from desktop_app.ui.panel.rows import FindingBlock, ServiceButton
from desktop_app.ui.review.left_open import LeftOpenSheet
from desktop_app.ui.review.page import ReviewPage
from desktop_app.ui.review.review_model import Standing
from desktop_app.ui.review.versions_model import Mark, Pair
from desktop_app.ui.sheets.correct import ReasonSheet
from desktop_app.ui.widgets.fields import Choice
from tests.ui.hands import focused, says, sheet_of, shown
from tests.ui.office import Office


def sign(office: Office, qtbot: QtBot, session: Session) -> Session:
    office.show(session)
    qtbot.waitUntil(office.review.sign_button.isEnabled)
    office.review.sign_button.click()
    # What is open is asked about, and signed past.
    asked = office.window.sheets.sheet
    if asked is not None:
        sheet_of(office.window, LeftOpenSheet).on.click()
    return office.session(session.id)


def put_stop_later(office: Office, session: Session, minutes: int) -> Session:
    """Correct the stop, as its sheet does."""
    stop = office.session(session.id).services[0].stop
    assert stop is not None
    correct = partial(
        correct_moment,
        service="1",
        what="stop",
        to_us=stop.at_us + minutes * MINUTE_US,
        how=HowKnown.PUMP,
        reason="pump log",
    )
    office.clock.advance(60)
    return office.do(session, correct)


def open_again(office: Office, session: Session, reason: str = "pump log read later") -> None:
    office.review.show_session(session.id)
    office.review.take_letter("c")
    sheet = sheet_of(office.window, ReasonSheet)
    sheet.reason.set_text(reason)
    sheet.confirm(now=False)


def pair(review: ReviewPage, title: str) -> Pair:
    """Return what stands beside each other under a name of the later version, the first of that name."""
    pairs = (row.pair for row in review.versions.rows)
    return next(one for one in pairs if one.right is not None and one.right.title == title)


def test_a_signature_seals_lines_rulebook_payer_and_the_head_of_the_record(
    office: Office, qtbot: QtBot
) -> None:
    visit = office.visit()
    before = office.parts.folder.journal.last()[1]
    signature = sign(office, qtbot, visit).signature
    assert signature is not None
    assert signature.head == before
    recorded = office.parts.desk.history(visit.id)[-1]
    assert isinstance(recorded.event, e.SessionSigned)
    assert (recorded.previous_hash, recorded.event.head) == (before, before)
    assert signature.rulebook == office.parts.rules.rulebook.version
    assert (signature.profile, signature.setting, signature.place_of_service) == (
        "medicare-physician",
        visit.setting,
        "11",
    )
    assert [(line.code, line.units) for line in signature.lines] == [
        ("96413", 1),
        ("96415", 1),
        ("J1745", 40),
    ]


def test_the_seal_stands_on_the_page(office: Office, qtbot: QtBot) -> None:
    signature = sign(office, qtbot, office.visit()).signature
    assert signature is not None
    block = office.review.detail.standing
    assert says(block, "Version 1 signed by AK, Mon 2 Mar 2026, 10:36:00")
    assert (
        f"Sealed with rulebook {signature.rulebook}; office, place of service 11, Medicare"
        in block.lines.text()
    )
    assert f"Journal head {signature.head[:16]}…" in block.lines.text()
    assert signature.head in block.lines.toolTip()
    assert signature.head in block.accessibleName()
    assert not office.review.detail.terms.isVisible()


def test_what_has_changed_since_it_was_read_is_not_signed(office: Office) -> None:
    visit = office.visit()
    review = office.show(visit)
    read = office.session(visit.id)
    office.do(visit, partial(add_note, text="something else"))
    review.current = lambda: read  # type: ignore[method-assign]  # the page as it was read
    review.sign()
    assert office.session(visit.id).stage is Stage.ENDED
    assert office.window.toast.text == "Not done. The session has changed: look at its lines again."


def test_a_signed_session_is_opened_again_by_keys_with_its_reason_and_signed_as_version_two(
    office: Office, qtbot: QtBot
) -> None:
    visit = sign(office, qtbot, office.visit())
    review = office.show(visit)
    office.typist.press("c")
    sheet = sheet_of(office.window, ReasonSheet)
    office.typist.press(Qt.Key.Key_Return)
    assert sheet.problem == "Reopening needs its reason."
    office.typist.type("pump log read later")
    office.typist.press(Qt.Key.Key_Return)
    assert office.session(visit.id).stage is Stage.ENDED
    assert review.rows.standing(visit.id) is Standing.CHANGED
    assert review.list.sessions.item(0).detail == "Version 2 to sign: pump log read later"
    assert says(review.detail.standing, "Opened again at 10:36:00 by AK: pump log read later")
    qtbot.waitUntil(review.sign_button.isEnabled)
    review.list.setFocus()
    office.typist.press("s")
    signed = office.session(visit.id)
    assert [one.version for one in signed.signatures] == [1, 2]
    assert review.list.sessions.item(0).detail.startswith("Version 2 signed ")


def test_both_versions_are_read_side_by_side_with_what_differs_marked(office: Office, qtbot: QtBot) -> None:
    visit = sign(office, qtbot, office.visit())
    open_again(office, visit)
    put_stop_later(office, visit, 60)
    review = office.show(visit)
    assert office.codes() == ["96413 ×1", "96415 ×2", "J1745 JZ ×40"]
    review.list.setFocus()
    office.typist.press("v")
    assert review.versions.isVisible()
    hours = pair(review, "96415 ×2 · 155 min")
    assert hours.left is not None
    assert (hours.left.title, hours.mark) == ("96415 ×1 · 95 min", Mark.CHANGED)
    assert hours.notes[:2] == ("units 1 → 2", "minutes 95 → 155")
    assert pair(review, "Infliximab").notes == ("09:00:00–10:35:00 → 09:00:00–11:35:00",)
    assert review.versions.summary.text() == "3 lines changed, 1 time changed."
    assert says(review.versions, "Version 2, not signed")
    assert says(review.versions, "Opened again 10:36:00 by AK: pump log read later")
    office.typist.press("v")
    assert review.detail.isVisible()
    assert focused() is review.view.compare_button


def test_a_version_that_was_signed_reads_as_it_was_signed_however_often_it_was_changed(
    office: Office, qtbot: QtBot
) -> None:
    visit = sign(office, qtbot, office.visit())
    for minutes in (60, -30):
        open_again(office, visit)
        put_stop_later(office, visit, minutes)
        visit = sign(office, qtbot, visit)
    review = office.show(visit)
    review.compare()
    shown = review.versions
    assert pair(review, "Infliximab").notes == ("09:00:00–11:35:00 → 09:00:00–11:05:00",)
    at_the_left = shown.findChildren(Choice)[0]
    at_the_left.chip("0").click()
    qtbot.waitUntil(lambda: says(shown, "Version 1") and says(shown, "Version 3"))
    assert pair(review, "Infliximab").notes == ("09:00:00–10:35:00 → 09:00:00–11:05:00",)


def test_a_session_that_was_never_opened_again_has_nothing_to_compare(office: Office, qtbot: QtBot) -> None:
    visit = sign(office, qtbot, office.visit())
    review = office.show(visit)
    assert not review.view.compare_button.isVisible()
    review.take_letter("v")
    assert review.detail.isVisible()
    assert office.window.toast.text == "There is only one version; a signed one is opened again with C."


def test_a_session_that_was_ended_too_soon_goes_on_in_its_chair(office: Office) -> None:
    visit = office.end(office.start(office.seat("3")))
    review = office.show(visit)
    assert review.change_button.text() == "Back to its chair…"
    open_again(office, visit, "pressed too soon")
    assert office.session(visit.id).stage is Stage.OPEN
    assert office.parts.desk.suite.occupant("3") is not None
    assert review.rows.sessions == ()


def test_what_is_sealed_says_how_it_is_changed(office: Office, qtbot: QtBot) -> None:
    review = office.show(sign(office, qtbot, office.visit()))
    service = review.detail.services.findChildren(ServiceButton)[0]
    QTest.mouseClick(service, Qt.MouseButton.LeftButton)
    assert office.window.sheets.sheet is None
    assert office.window.toast.text == (
        "Not done. This version is sealed; open the session again to change it."
    )


def test_the_history_of_a_signed_session_is_told_where_it_is_read(office: Office, qtbot: QtBot) -> None:
    review = office.show(sign(office, qtbot, office.visit()))
    office.mouse.click(review.detail.history.more)
    told = [block.row.what for block in shown(qtbot, review.detail.history, HistoryBlock)]
    assert told == [
        "Signed, version 1",
        "Session ended",
        "Infliximab stopped",
        "Infliximab started",
        "Seated in chair 1",
    ]
    office.mouse.click(review.detail.history.more)
    assert review.detail.history.more.text() == "Show the history"


def test_after_a_signature_the_next_below_is_shown_and_round_the_list(office: Office, qtbot: QtBot) -> None:
    visits = [office.visit(chair=chair, mrn=f"000482{chair}") for chair in ("1", "2", "3")]
    shown_next = []
    for visit in (visits[1], visits[2], visits[0]):
        sign(office, qtbot, visit)
        current = office.review.current()
        shown_next.append(current.id if current else "")
    assert shown_next[:2] == [visits[2].id, visits[0].id]


def test_while_somebody_is_looked_for_a_signature_leads_to_nobody_else(office: Office, qtbot: QtBot) -> None:
    first, second = (office.visit(chair=chair, mrn=f"000999{chair}") for chair in ("1", "2"))
    office.show(first)
    office.review.side.field.setText("9991")
    sign(office, qtbot, first)
    current = office.review.current()
    assert current is not None
    assert current.id == first.id
    office.review.take_letter("s")
    assert office.session(second.id).signature is None


def test_escape_leads_from_the_versions_back_to_their_session(office: Office, qtbot: QtBot) -> None:
    visit = sign(office, qtbot, office.visit())
    open_again(office, visit)
    review = office.show(visit)
    review.list.setFocus()
    office.typist.press("v")
    assert review.versions.isVisible()
    office.typist.press(Qt.Key.Key_Escape)
    assert not review.versions.isVisible()
    assert office.window.page == "review"


def test_a_second_stop_that_nobody_settled_stays_readable_behind_the_signature(
    office: Office, qtbot: QtBot
) -> None:
    visit = office.start(office.seat())
    for _ in range(2):
        office.clock.advance(30)
        visit = office.stop(visit)
    said = "Infliximab was stopped at 09:30:00 and again at 10:00:00. The first stands."
    signed = sign(office, qtbot, office.end(visit))
    assert signed.signature is not None
    assert f"warning: {said}" in signed.signature.findings
    told = [block.row.text for block in shown(qtbot, office.review.detail.notes, FindingBlock)]
    assert said in told


def test_a_second_stop_that_was_settled_is_no_warning_of_what_is_signed(office: Office, qtbot: QtBot) -> None:
    visit = office.start(office.seat())
    for _ in range(2):
        office.clock.advance(30)
        visit = office.stop(visit)
    visit = office.do(visit, partial(leave_first_stop, service="1"))
    signed = sign(office, qtbot, office.end(visit))
    assert signed.signature is not None
    assert not any("again at" in said for said in signed.signature.findings)
