from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.coding.ndc import (
    AmbiguousNdc,
    Elements,
    NdcFault,
    check_digit,
    display,
    printed_forms,
    read_elements,
    readings,
    resolve,
    ten_digits,
    ten_of_scan,
)

GS = "\x1d"
TEN = "1234567890"
GTIN = f"003{TEN}" + check_digit(f"003{TEN}")
TEXT = st.text(max_size=60)
PRINTED = st.sampled_from([(4, 4, 2), (5, 3, 2), (5, 4, 1)])


def fault(written: str, **known: object) -> str:
    with pytest.raises(NdcFault) as caught:
        resolve(written, **known)  # type: ignore[arg-type]  # a test may hand in anything
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1234-5678-90", "01234567890"),
        ("12345-678-90", "12345067890"),
        ("12345-6789-0", "12345678900"),
        ("12345-6789-01", "12345678901"),
        ("12345678901", "12345678901"),
        (" 50242-0053-06 ", "50242005306"),
        ("0000000000", "00000000000"),
    ],
)
def test_an_ndc_in_any_printed_form_has_eleven_digits(written: str, expected: str) -> None:
    assert resolve(written) == expected


def test_a_wrong_text_is_shown_up_to_forty_letters() -> None:
    said = " is no NDC: an NDC is digits in three parts, as 12345-6789-01."
    assert fault("x" * 40) == f"“{'x' * 40}”{said}"
    assert fault("x" * 41) == f"“{'x' * 40}...”{said}"


def test_the_two_forms_of_an_ndc() -> None:
    assert display("01234567890") == "01234-5678-90"
    assert resolve(display("01234567890")) == "01234567890"


def test_ten_digits_without_hyphens_are_never_guessed() -> None:
    with pytest.raises(AmbiguousNdc) as caught:
        resolve(TEN)
    assert caught.value.candidates == ("01234567890", "12345067890", "12345678900")
    assert str(caught.value) == (
        "“1234567890” may be NDC 01234-5678-90, 12345-0678-90 or 12345-6789-00; "
        "write it with its hyphens, as on the vial."
    )


def test_a_table_of_known_codes_decides_where_it_holds_one_reading() -> None:
    assert resolve(TEN, {"12345067890"}) == "12345067890"
    assert "may be NDC" in fault(TEN, known={"12345067890", "12345678900"})
    assert "may be NDC" in fault(TEN, known={"99999999999"})


def test_a_remembered_choice_goes_before_the_known_codes() -> None:
    chosen = dict([ten_digits("12345-6789-0")])
    assert chosen == {TEN: "12345678900"}
    assert resolve(TEN, {"12345067890"}, chosen) == "12345678900"
    assert "may be NDC" in fault(TEN, remembered={TEN: "99999999999"})


@pytest.mark.parametrize("written", ["1234567890", "12345-6789-01", "1234-567-890", "", "12-34"])
def test_only_ten_digits_with_their_hyphens_can_be_remembered(written: str) -> None:
    with pytest.raises(NdcFault, match=r"is no NDC of ten digits with its hyphens, such as 1234-5678-90\."):
        ten_digits(written)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "is no NDC: an NDC is digits in three parts, as 12345-6789-01."),
        ("12345", "“12345” is no NDC: it has 5 digits, and an NDC has 10 or 11."),
        ("1234567890123456", "it has 16 digits"),
        ("12-345-678", "the digits between its hyphens should be 4-4-2, 5-3-2, 5-4-1 or 5-4-2."),
        ("1234-5678-9", "the digits between its hyphens"),
        ("12345-67890", "an NDC is digits in three parts, as 12345-6789-01"),
        ("١٢٣٤٥٦٧٨٩٠١", "an NDC is digits in three parts, as 12345-6789-01"),
        ("lot\n7" + "x" * 60, "“lot?7xxxxx"),
    ],
)
def test_what_is_no_ndc_is_said_in_one_sentence(written: str, said: str) -> None:
    assert said in fault(written)


@pytest.mark.parametrize("written", [GTIN, GTIN[1:], GTIN[2:], f"01{GTIN}", f"]d201{GTIN}17270331"])
def test_a_barcode_holds_the_ten_digits_and_no_hyphens(written: str) -> None:
    assert resolve(written, {"01234567890"}) == "01234567890"
    assert "may be NDC" in fault(written)


@pytest.mark.parametrize(
    "scan",
    [f"1727033101{GTIN}", f"{GS}1727033101{GTIN}", f"10AB-12{GS}01{GTIN}", f"]d221S001{GS}01{GTIN}"],
)
def test_the_product_number_may_stand_anywhere_in_a_barcode(scan: str) -> None:
    assert resolve(scan, {"01234567890"}) == "01234567890"


def test_the_check_digit_is_the_one_of_the_standard() -> None:
    assert check_digit("0061414112345") == "2"
    assert check_digit("0" * 13) == "0"


@pytest.mark.parametrize("place", range(14))
def test_one_wrong_digit_in_a_barcode_is_found(place: int) -> None:
    wrong = GTIN[:place] + str((int(GTIN[place]) + 1) % 10) + GTIN[place + 1 :]
    said = "is not right: its last digit does not fit the others."
    assert fault(wrong) == f"The barcode number {wrong} {said}"


def test_a_barcode_of_something_else_is_no_drug() -> None:
    other = "004" + TEN
    other += check_digit(other)
    assert fault(other) == f"The barcode number {other} is no drug's: 03 should stand before its NDC."


@pytest.mark.parametrize(
    "scan",
    [
        f"01{GTIN}1727033110AB-12{GS}21S001",
        f"]d201{GTIN}1727033121S001{GS}10AB-12",
        f"{GS}01{GTIN}{GS}17270331{GS}10AB-12{GS}21S001",
        f"]C110AB-12{GS}21S001{GS}01{GTIN}17270331",
    ],
)
def test_a_scan_says_product_expiry_lot_and_serial(scan: str) -> None:
    assert read_elements(scan) == Elements(gtin=GTIN, expiry=date(2027, 3, 31), lot="AB-12", serial="S001")


def test_a_barcode_is_silent_about_what_it_does_not_hold() -> None:
    assert read_elements(f"01{GTIN}") == Elements(gtin=GTIN)
    assert read_elements("10AB-12") == Elements(lot="AB-12")


def test_only_the_head_of_a_scan_is_a_scanners_prefix() -> None:
    with pytest.raises(NdcFault, match=r"The barcode holds \(\]C\), which no vial needs"):
        read_elements(f"01{GTIN}]C110AB-12")


@pytest.mark.parametrize(
    ("digits", "day"),
    [
        ("270115", date(2027, 1, 15)),
        ("270200", date(2027, 2, 28)),
        ("280200", date(2028, 2, 29)),
        ("271200", date(2027, 12, 31)),
    ],
)
def test_an_expiry_is_its_day_or_the_last_of_its_month(digits: str, day: date) -> None:
    assert read_elements(f"17{digits}").expiry == day


@pytest.mark.parametrize(
    ("scan", "said"),
    [
        ("010031234", "The barcode's (01) should be 14 digits."),
        (f"01{GTIN}17AB0331", "The barcode's (17) should be 6 digits."),
        (f"01{GTIN}17271331", "The barcode's (17) 271331 is no date."),
        (f"01{GTIN}17270010", "The barcode's (17) 270010 is no date."),
        (f"01{GTIN}17270000", "The barcode's (17) 270000 is no date."),
        (f"01{GTIN}10", "The barcode's (10) should be 1 to 20 letters, digits and signs."),
        (f"01{GTIN}10{'A' * 21}", "The barcode's (10) should be 1 to 20"),
        (f"01{GTIN}01{GTIN}", "The barcode says (01) twice."),
        (f"01{GTIN}99X", "The barcode holds (99), which no vial needs"),
    ],
)
def test_a_scan_that_is_none_is_said_in_one_sentence(scan: str, said: str) -> None:
    with pytest.raises(NdcFault) as caught:
        read_elements(scan)
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(
    ("written", "ten"),
    [
        ("010031234567890617271231", "1234567890"),
        ("00312345678906", "1234567890"),
        (" 1234567890 ", "1234567890"),
        ("12345678901", ""),
        ("12345-678-90", ""),
        ("00312345678907", ""),
        ("MRN4478123", ""),
    ],
)
def test_the_ten_digits_of_a_scan_are_told_from_what_holds_none(written: str, ten: str) -> None:
    assert ten_of_scan(written) == ten


def test_each_reading_of_ten_digits_has_its_printed_form() -> None:
    assert printed_forms("1234567890") == {
        "01234567890": "1234-5678-90", "12345067890": "12345-678-90", "12345678900": "12345-6789-0",
    }  # fmt: skip
    assert printed_forms("0000000000") == {"00000000000": "0000-0000-00"}
    for ndc, printed in printed_forms("1234567890").items():
        assert resolve(printed) == ndc


def test_a_scan_without_a_product_number_has_no_ndc() -> None:
    assert fault("]d217270331") == "The barcode holds no product number (01)."


@given(st.text("0123456789", min_size=10, max_size=10), PRINTED)
def test_hyphens_and_the_choice_for_ten_digits_agree(ten: str, lengths: tuple[int, int, int]) -> None:
    labeler, product, _package = lengths
    hyphened = "-".join((ten[:labeler], ten[labeler : labeler + product], ten[labeler + product :]))
    ndc = resolve(hyphened)
    assert ndc in readings(ten)
    assert resolve(ten, (), dict([ten_digits(hyphened)])) == ndc


@given(TEXT | TEXT.map(lambda text: f"]d201{GTIN}{text}"))
def test_any_text_is_eleven_digits_or_one_sentence(written: str) -> None:
    try:
        told = resolve(written)
    except NdcFault as said:
        told = str(said)
    assert told.isprintable()
    assert told.endswith(".") or (len(told) == 11 and told.isdigit())
