"""A recovery key is typed from paper: what can be meant is understood, and what is mistyped is named."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.ports import SecretRefused
from desktop_app.store.recovery_key import ALPHABET, GROUPS, new_recovery_key, plain_recovery_key

KEY = "53Y4-1BS6-TTMT-RVPC-D009-N1RK-B607-Q2MJ-5C16-7ZXM-XZ73"
"""As it was once printed: paper outlives a program."""


def test_it_is_printed_as_eleven_groups_of_four_signs_that_look_like_no_other() -> None:
    assert re.fullmatch(f"([{ALPHABET}]{{4}}-){{10}}[{ALPHABET}]{{4}}", new_recovery_key())
    assert not set("ILOU") & set(ALPHABET)
    assert 3 * 5 * GROUPS >= 160
    assert len({new_recovery_key() for _ in range(50)}) == 50


TYPED = {
    "small": KEY.lower(),
    "spaces": KEY.replace("-", " "),
    "nothing between": KEY.replace("-", ""),
    "more around": f"  {KEY}.\n",
    "wide": KEY.replace("-", " - "),
}


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_case_and_what_stands_between_the_groups_do_not_matter(typed: str) -> None:
    assert plain_recovery_key(typed) == KEY.replace("-", "")


@pytest.mark.parametrize(("typed", "meant"), [("O", "0"), ("o", "0"), ("I", "1"), ("l", "1"), ("L", "1")])
def test_signs_that_look_alike_are_understood(typed: str, meant: str) -> None:
    key = next(key for key in iter(new_recovery_key, "") if meant in key)
    assert plain_recovery_key(key.replace(meant, typed)) == key.replace("-", "")


@given(place=st.integers(0, 43), other=st.sampled_from([*ALPHABET, "U"]))
def test_one_wrong_sign_anywhere_names_its_group(place: int, other: str) -> None:
    signs = KEY.replace("-", "")
    typed = signs[:place] + other + signs[place + 1 :]
    if typed == signs:
        assert plain_recovery_key(typed) == signs
        return
    with pytest.raises(
        SecretRefused, match=f"^Group {place // 4 + 1} of 11 of the recovery key is mistyped.$"
    ):
        plain_recovery_key(typed)


def test_two_groups_in_the_wrong_order_are_named() -> None:
    groups = KEY.split("-")
    groups[4], groups[5] = groups[5], groups[4]
    with pytest.raises(SecretRefused, match="Group 5 of 11"):
        plain_recovery_key("-".join(groups))


def test_a_group_too_few_or_too_many_is_said() -> None:
    with pytest.raises(SecretRefused, match="has 11 groups of four signs; 10 were typed"):
        plain_recovery_key(KEY[:-5])
    with pytest.raises(SecretRefused, match="has 11 groups of four signs; 12 were typed"):
        plain_recovery_key(f"{KEY}-AAAA")
    with pytest.raises(SecretRefused, match="Group 11 of 11"):
        plain_recovery_key(KEY[:-1])
    with pytest.raises(SecretRefused, match="0 were typed"):
        plain_recovery_key("")


def test_a_refusal_never_repeats_what_was_typed() -> None:
    with pytest.raises(SecretRefused) as caught:
        plain_recovery_key("secret words")
    assert "secret" not in str(caught.value)
