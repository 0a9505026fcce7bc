"""The review: each standing of a session, its versions, its terms, and the sheets that open there."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop_app.core.care import stop_service
from desktop_app.core.corrections import correct_moment, not_witnessed
from desktop_app.core.decisions import pressed
from desktop_app.core.moments import MINUTE_US, HowKnown
from desktop_app.core.people import (
    Address,
    Insured,
    Pointer,
    Provider,
    Registration,
    Relation,
    Sex,
)
from desktop_app.core.registration import register_patient
from desktop_app.core.session import Session
from desktop_app.core.stay import hold_session
from desktop_app.ui.review.page import ReviewPage
from desktop_app.ui.sheets.import_patients import ImportSheet, import_file
from desktop_app.ui.sheets.people import PeopleSheet
from tests.exchange.adt_files import PATIENT, message, written
from tests.gallery.scene import Act, Scene, Still, settle

WAITING, BLOCKED = "6", "8"
"""The chairs of the busy morning whose sessions have ended, all stopped and with a stop missing."""


def _shown(scene: Scene, chair: str = WAITING) -> ReviewPage:
    scene.window.show_page("review", scene.session(chair).id)
    settle()
    return scene.window.review


def _signed(scene: Scene, chair: str = WAITING) -> Session:
    session = scene.session(chair)
    _shown(scene, chair).sign()
    scene.window.review.show_session(session.id)
    return session


def _corrected(scene: Scene) -> Session:
    """Sign a session, open it again and put its stop half an hour later."""
    session = _signed(scene)
    scene.ward.clock.advance(4)
    scene.ward.desk.reopen(session.id, "the pump's log was read later")
    stopped = session.services[-1].stop
    assert stopped is not None
    correct = partial(
        correct_moment,
        service=session.services[-1].id,
        what="stop",
        to_us=stopped.at_us - 40 * MINUTE_US,
        how=HowKnown.PUMP,
        reason="pump log",
    )
    scene.ward.do(session, correct)
    scene.window.review.show_session(session.id)
    return session


def _compared(scene: Scene) -> None:
    _corrected(scene)
    settle()
    scene.window.review.compare()


def _compared_signed(scene: Scene) -> None:
    session = _corrected(scene)
    scene.window.review.sign_button.setEnabled(True)
    scene.ward.do(session, scene.window.station.coder.signing(scene.ward.session(session.id), "0" * 64))
    scene.window.review.show_session(session.id)
    settle()
    scene.window.review.compare()


def _second_version(scene: Scene) -> None:
    _compared_signed(scene)
    scene.window.review.compare()


def _left_open(scene: Scene) -> None:
    """Sign where a drug was stopped twice and a mark is open: what is lost by that is asked first."""
    session = scene.session(WAITING)
    scene.ward.desk.mark(pressed(session.seated.at_us + 25 * MINUTE_US), chair=WAITING)
    scene.ward.do(session, partial(stop_service, service=session.services[-1].id))
    _shown(scene).sign()


def _blocked_marked(scene: Scene) -> None:
    session = scene.session(BLOCKED)
    at_us = scene.ward.clock.now().wall_us - 20 * MINUTE_US
    scene.ward.desk.mark(pressed(at_us), chair=BLOCKED)
    assert session.ended is not None
    _shown(scene, BLOCKED)


def _not_witnessed(scene: Scene) -> None:
    session = scene.session(BLOCKED)
    scene.ward.do(session, lambda s, w: not_witnessed(s, w, service="1", reason="at another chair"))
    _shown(scene, BLOCKED)


def _stop_told(scene: Scene) -> None:
    session = scene.session(BLOCKED)
    scene.ward.do(session, lambda s, w: stop_service(s, w, service="1"))
    _shown(scene, BLOCKED)


def _held(scene: Scene) -> None:
    scene.ward.do(scene.session(WAITING), partial(hold_session, reason="the order is not signed yet"))
    _shown(scene)


def _office_to_hospital(scene: Scene) -> None:
    terms = _shown(scene).detail.terms
    terms.place.set_text("11")
    terms.place.edit.editingFinished.emit()
    terms.setting.chip("facility").click()


def _wrong_place(scene: Scene) -> None:
    terms = _shown(scene).detail.terms
    terms.place.set_text("1")
    terms.place.edit.editingFinished.emit()


def _asks_payer(scene: Scene) -> None:
    _shown(scene).detail.terms.payer.click()


def _opened_line(scene: Scene) -> None:
    for row in _shown(scene).detail.lines.rows[:2]:
        row.setChecked(True)


def _opened_session(scene: Scene) -> None:
    _shown(scene, BLOCKED).open_session()


def _foot(scene: Scene) -> None:
    bar = _shown(scene).view.place.verticalScrollBar()
    bar.setValue(bar.maximum())


def _asks_again(scene: Scene) -> None:
    _signed(scene)
    scene.window.review.take_letter("c")


def _does(name: str, act: Act, *, busy: bool = True) -> Still:
    return Still(f"review-{name}", act, busy=busy)


def _only(act: object) -> Act:
    def taken(scene: Scene) -> None:
        assert callable(act)
        act(scene)

    return taken


def _registered(scene: Scene) -> None:
    npi = "1234567893"
    known = Registration(
        family="Example",
        given="Ada",
        birth_date=date(1970, 5, 17),
        sex=Sex.FEMALE,
        account="V000123",
        ordering=Provider(family="Orderer", given="Olga", npi=npi),
        rendering=Provider(family="Renderer", npi=npi),
        diagnoses=("K5090", "D509"),
        pointers=(Pointer("2", (1, 2)),),
        payer="Example Health",
        payer_id="12345",
        filing="CI",
        member_id="W100200300",
        authorisation="AUTH4471",
        address=Address(street="1 Main Street", city="Springfield", state="IL", zip_code="62701"),
        insured=Insured(relation=Relation.CHILD, family="Example", given="Max"),
    )
    scene.ward.do(scene.session(WAITING), partial(register_patient, registration=known))


def _people(scene: Scene) -> PeopleSheet:
    _shown(scene).take_letter("d")
    settle()
    sheet = scene.sheet
    assert isinstance(sheet, PeopleSheet)
    return sheet


def _people_known(scene: Scene) -> None:
    _registered(scene)
    _people(scene)


def _people_foot(scene: Scene) -> None:
    _registered(scene)
    bar = _people(scene).inside.verticalScrollBar()
    settle()
    bar.setValue(bar.maximum())


def _people_wrong(scene: Scene) -> None:
    form = _people(scene).form
    form.patient.mrn.set_text("0007777")
    form.patient.born.set_text("31/12/1960")
    form.ordering.npi.set_text("1234567890")
    form.diagnoses.codes.set_text("K50.90 X1")
    scene.sheet.confirm(now=False)


def _on_file(scene: Scene) -> None:
    _registered(scene)
    _foot(scene)


def _imported(scene: Scene) -> ImportSheet:
    mrn = scene.session(WAITING).mrn
    patient = PATIENT.replace("0004821", mrn)
    stranger, wrong = PATIENT.replace("0004821", "0009999"), PATIENT.replace("19600229", "x")
    content = written(message(patient), message(stranger), message(wrong), message(event="A03"))
    _shown(scene)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "patients.hl7"
        path.write_bytes(content)
        import_file(scene.window.station, path, lambda: None)
    found = scene.sheet
    assert isinstance(found, ImportSheet)
    return found


def _import_taken(scene: Scene) -> None:
    _imported(scene).confirm(now=False)


REVIEW_STILLS = (
    _does("waiting", _only(_shown)),
    _does("foot", _foot),
    _does("line-open", _opened_line),
    _does("blocked", _blocked_marked),
    _does("blocked-opened", _opened_session),
    _does("not-witnessed", _not_witnessed),
    _does("stop-after-end", _stop_told),
    _does("held", _held),
    _does("signed", _only(_signed)),
    _does("left-open", _left_open),
    _does("open-again", _asks_again),
    _does("changed", _only(_corrected)),
    _does("versions", _compared),
    _does("versions-signed", _compared_signed),
    _does("second-version", _second_version),
    _does("terms", _office_to_hospital),
    _does("terms-wrong", _wrong_place),
    _does("payer", _asks_payer),
    _does("on-file", _on_file),
    _does("people", _only(_people)),
    _does("people-known", _people_known),
    _does("people-foot", _people_foot),
    _does("people-wrong", _people_wrong),
    _does("import", _only(_imported)),
    _does("import-taken", _import_taken),
    _does("empty", lambda scene: scene.window.show_page("review"), busy=False),
)
