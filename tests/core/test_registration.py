"""What billing knows of a patient is verified where it is typed, and changes no time and no line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core import events as e
from desktop_app.core.care import plan_service
from desktop_app.core.decisions import Decision, Refusal, When, pressed
from desktop_app.core.desk import Desk, Saved
from desktop_app.core.orders import Category, Order, Route, Setting
from desktop_app.core.people import Address, Insured, Pointer, Provider, Registration, Relation
from desktop_app.core.registration import change_terms, npi_fault, register_patient
from desktop_app.core.session import Session
from tests.exchange.signed import SuiteOfChairs
from tests.fakes import NEW_YORK, at

NPI = "1234567893"
WIDE = "１２３４５６７８９３"  # noqa: RUF001 - wide digits
ORDER = Order(drug="saline", category=Category.HYDRATION, route=Route.IV_INFUSION)
NOON = pressed(at("2026-03-02T12:00"))

KNOWN = Registration(
    family="Example",
    given="Ada",
    birth_date=date(1970, 5, 17),
    diagnoses=("K5090", "D509"),
    pointers=(Pointer("1", (2, 1)),),
    payer="Example Health",
    payer_id="12345",
    member_id="W100200300",
    ordering=Provider(family="Orderer", npi=NPI),
    address=Address(street="1 Main Street", city="Springfield", state="IL", zip_code="62701"),
)


@pytest.fixture
def desk() -> Desk:
    suite = SuiteOfChairs()
    suite.desk.seat(NOON, chair="1", mrn="77", session="s1", zone=NEW_YORK, setting=Setting.FACILITY)
    suite.desk.touch("s1", lambda s, w: plan_service(s, w, service="1", order=ORDER), NOON)
    return suite.desk


def session(desk: Desk) -> Session:
    found = desk.session("s1")
    assert found is not None
    return found


def register(desk: Desk, registration: Registration) -> Saved | Refusal:
    return desk.touch("s1", lambda s, w: register_patient(s, w, registration=registration), NOON)


def refusal(outcome: Saved | Refusal) -> str:
    assert isinstance(outcome, Refusal), outcome
    return outcome.text


def test_what_is_registered_is_kept_tidy_and_can_be_undone(desk: Desk) -> None:
    typed = replace(KNOWN, family="  Example ", diagnoses=("k50.90", " D50.9", "K5090"))
    typed = replace(
        typed, address=Address(street="1 Main Street ", city="Springfield", state="il", zip_code="62701-0001")
    )
    assert isinstance(register(desk, typed), Saved)
    kept = session(desk).registration
    assert kept == replace(KNOWN, address=replace(KNOWN.address or Address(), zip_code="627010001"))
    assert isinstance(desk.undo("s1", NOON), Saved)
    assert session(desk).registration == Registration()


def test_the_same_again_is_no_touch(desk: Desk) -> None:
    register(desk, KNOWN)
    assert refusal(register(desk, KNOWN)) == "nothing about the patient was changed"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (
            {"ordering": Provider(npi="1234567890")},
            "the NPI 1234567890 has a wrong digit: its check digit does not fit",
        ),
        ({"rendering": Provider(npi="123")}, "the NPI 123 does not have ten digits"),
        ({"rendering": Provider(npi=WIDE)}, f"the NPI {WIDE} does not have ten digits"),
        ({"diagnoses": ("5090",)}, "5090 is no diagnosis code such as K50.90"),
        ({"diagnoses": ("",)}, "an empty text is no diagnosis code such as K50.90"),
        ({"diagnoses": tuple(f"K50{n:02}" for n in range(13))}, "a claim holds at most 12 diagnoses"),
        ({"pointers": (Pointer("1", (3,)),)}, "there is no diagnosis number 3"),
        ({"pointers": (Pointer("1", (0,)),)}, "there is no diagnosis number 0"),
        ({"pointers": (Pointer("1", ()),)}, "a service points to one to 4 diagnoses"),
        ({"pointers": (Pointer("9", (1,)),)}, "there is no service 9 to point to a diagnosis"),
        ({"birth_date": date(2026, 3, 3)}, "nobody here was born on 2026-03-03"),
        ({"birth_date": date(1879, 12, 31)}, "nobody here was born on 1879-12-31"),
        ({"family": "x" * 61}, "the last name has more than 60 characters"),
        ({"member_id": "a" * 2000}, "the member id has more than 60 characters"),
        ({"member_id": "a\nb"}, "the member id must be one line of characters that can be shown"),
        ({"address": Address(state="Illinois")}, "the state ILLINOIS is not two letters"),
        ({"address": Address(zip_code="6270")}, "the ZIP code 6270 is not five or nine digits"),
        ({"filing": "MEDICARE"}, "the claim filing code MEDICARE is not two letters or digits"),
        ({"insured": Insured(relation=Relation.CHILD, family=" ")}, "the insured person needs a last name"),
    ],
)
def test_a_slip_is_refused_where_it_is_typed(desk: Desk, wrong: dict[str, object], says: str) -> None:
    assert refusal(register(desk, replace(KNOWN, **wrong))) == says  # type: ignore[arg-type]  # one field at a time
    assert session(desk).registration == Registration()


@given(st.integers(0, 999_999_999), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_of_an_npi_is_always_seen(number: int, place: int, off: int) -> None:
    nine = f"{number:09}"
    whole = next(nine + digit for digit in "0123456789" if not npi_fault(nine + digit))
    slipped = whole[:place] + str((int(whole[place]) + off) % 10) + whole[place + 1 :]
    assert npi_fault(slipped)


def test_a_signed_session_may_be_registered_and_its_lines_stay() -> None:
    suite = SuiteOfChairs()
    before = suite.signed("s1")
    assert isinstance(register(suite.desk, replace(KNOWN, pointers=(Pointer("a", (1,)),))), Saved)
    after = session(suite.desk)
    assert after.registration.payer == "Example Health"
    assert after.signature == before.signature
    assert before.signature is not None
    assert before.signature.setting is Setting.FACILITY
    assert before.signature.place_of_service == "22"


def test_the_terms_of_a_session_change_and_are_undone(desk: Desk) -> None:
    def change(s: Session, w: When) -> Decision:
        return change_terms(s, w, setting=Setting.PHYSICIAN, place_of_service="11", profile="custom")

    assert isinstance(desk.touch("s1", change, NOON), Saved)
    changed = session(desk)
    assert (changed.setting, changed.place_of_service, changed.profile) == (Setting.PHYSICIAN, "11", "custom")
    assert refusal(desk.touch("s1", change, NOON)) == "the session is billed so already"
    desk.undo("s1", NOON)
    assert session(desk).setting is Setting.FACILITY


def test_a_place_of_service_is_two_digits_or_none(desk: Desk) -> None:
    for place in ("1", "1a", "１１"):  # noqa: RUF001 - wide digits
        outcome = desk.touch(
            "s1", partial(change_terms, setting=Setting.FACILITY, place_of_service=place), NOON
        )
        assert refusal(outcome) == "the place of service must be two digits, such as 11"
    outcome = desk.touch("s1", partial(change_terms, setting=Setting.FACILITY, place_of_service="19"), NOON)
    assert isinstance(outcome, Saved)


def test_the_terms_of_a_signed_session_are_sealed() -> None:
    suite = SuiteOfChairs()
    suite.signed("s1")
    outcome = suite.desk.touch("s1", lambda s, w: change_terms(s, w, setting=Setting.PHYSICIAN), NOON)
    assert "signed" in refusal(outcome)
    assert suite.session("s1").setting is Setting.FACILITY


def test_what_is_registered_is_one_event_of_its_own(desk: Desk) -> None:
    saved = register(desk, KNOWN)
    assert isinstance(saved, Saved)
    assert [type(recorded.event) for recorded in saved.recorded] == [e.PatientRegistered]
