"""What a suite keeps of its drugs, as text and back; what does not fit is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.core.orders import Category, Route
from desktop_app.core.suite_drugs import (
    MOST_OWN,
    OwnDrug,
    Usual,
    may_stand,
    read_own,
    read_usuals,
    write_own,
    write_usuals,
)

OWN = (OwnDrug("Study drug X-204", Category.CHEMO, "mg"), OwnDrug("Mixture", Category.THERAPEUTIC))
USUALS = (
    Usual("J1745", Route.IV_INFUSION, Decimal(400), 120),
    Usual("Study drug X-204", Route.IV_PUSH, Decimal("2.5")),
    Usual("J1756", Route.SC),
)


def test_what_is_written_is_read_again() -> None:
    assert read_own(write_own(OWN)) == OWN
    assert read_usuals(write_usuals(USUALS)) == USUALS
    assert write_own(OWN) == "Study drug X-204 | chemo | mg; Mixture | therapeutic |"
    assert (len(read_own("")), len(read_usuals(" ; "))) == (0, 0)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Mixture", "must be “name | kind | unit”, with semicolons between the drugs"),
        ("Mixture | poison | mg", "must have as kind one of: therapeutic, chemo, hydration, other"),
        (" | chemo | mg", "must name each drug in at most 60 characters"),
        ("Mixture | chemo | " + "m" * 13, "must have a unit of at most 12 characters"),
        ("A | chemo | ; a | other |", "must not name a drug twice"),
        ("; ".join(f"D{n} | chemo |" for n in range(MOST_OWN + 1)), "must be at most 100 drugs"),
    ],
)
def test_drugs_of_its_own_that_do_not_fit_are_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match="must") as caught:
        read_own(text)
    assert str(caught.value) == why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("J1745 | iv-infusion", "must be “drug | route | dose | minutes”, with semicolons between the drugs"),
        ("J1 | nose | 4 | 9", "must have as route one of: iv-infusion, iv-push, sc, im, sc-infusion, oral"),
        ("J1745 | sc | 0 |", "must have doses that are numbers over 0"),
        ("J1745 | sc | 1e3 |", "must have doses that are numbers over 0"),
        ("J1745 | sc | | 0", "must have minutes from 1 to 10080"),
        ("J1745 | sc | | ²", "must have minutes from 1 to 10080"),
        ("J1745 | sc | |; j1745 | im | |", "must not name a drug twice"),
    ],
)  # fmt: skip
def test_usual_orders_that_do_not_fit_are_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match="must") as caught:
        read_usuals(text)
    assert str(caught.value) == why


@pytest.mark.parametrize("name", ["a;b", "a|b", "a\nb", "x" * 61])
def test_a_name_that_would_part_the_text_cannot_be_kept(name: str) -> None:
    assert not may_stand(name)
    assert may_stand("Study drug X-204 (arm B), 5 %")
