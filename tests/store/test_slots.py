"""A slot opens with its own secret alone, and only as it was made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop_app.core.ports import SecretRefused
from desktop_app.store import slots
from desktop_app.store.faults import WrongSecret
from desktop_app.store.keys import RECOVERY, Cost, Slot, new_database_key
from desktop_app.store.slots import make_slot, open_slot, require_strong, sealed_to
from tests.store.people import AK, BN

KEY = new_database_key()


pytestmark = pytest.mark.usefixtures("cheap_secrets")


def flipped(secret: bytes) -> bytes:
    return secret[:-1] + bytes([secret[-1] ^ 1])


def test_a_slot_opens_with_its_passphrase_and_no_other() -> None:
    slot = make_slot("AK", AK, KEY)
    assert open_slot(slot, AK, KEY.salt) == KEY
    for wrong in (BN, "", AK.upper(), f"{AK} "):
        with pytest.raises(WrongSecret, match=r"^That is not the passphrase of AK\.$"):
            open_slot(slot, wrong, KEY.salt)


def test_a_passphrase_is_the_same_however_a_keyboard_spells_it() -> None:
    slot = make_slot("AK", "ein schöner Stein", KEY)
    assert open_slot(slot, "ein scho\N{COMBINING DIAERESIS}ner Stein", KEY.salt) == KEY


def test_a_wrong_recovery_key_is_said_in_its_own_words() -> None:
    with pytest.raises(WrongSecret, match="That recovery key is not the one in force"):
        open_slot(make_slot(RECOVERY, AK, KEY), BN, KEY.salt)


def test_two_slots_of_one_passphrase_have_nothing_in_common() -> None:
    one, two = make_slot("AK", AK, KEY), make_slot("AK", AK, KEY)
    assert (one.salt, one.public, one.private) != (two.salt, two.public, two.private)
    assert not {one.salt, one.public, one.private} & {two.salt, two.public, two.private}


CHANGES: dict[str, Callable[[Slot], Slot]] = {
    "name": lambda slot: replace(slot, name="BN"),
    "salt": lambda slot: replace(slot, salt=flipped(slot.salt)),
    "cost": lambda slot: replace(slot, cost=replace(slot.cost, passes=2)),
    "public key": lambda slot: replace(slot, public=flipped(slot.public)),
    "private key": lambda slot: replace(slot, private=flipped(slot.private)),
    "no private key": lambda slot: replace(slot, private=b""),
    "data key": lambda slot: replace(slot, sealed={KEY.salt: flipped(slot.sealed[KEY.salt])}),
    "key of no curve": lambda slot: replace(slot, sealed={KEY.salt: bytes(32) + slot.sealed[KEY.salt][32:]}),
    "empty data key": lambda slot: replace(slot, sealed={KEY.salt: b""}),
    "no data key": lambda slot: replace(slot, sealed={}),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_slot_with_any_part_changed_opens_nothing(change: Callable[[Slot], Slot]) -> None:
    with pytest.raises(WrongSecret):
        open_slot(change(make_slot("AK", AK, KEY)), AK, KEY.salt)


def test_what_is_sealed_for_one_database_fits_no_other_and_no_other_person() -> None:
    mine, hers = make_slot("AK", AK, KEY), make_slot("BN", BN, KEY)
    other = new_database_key()
    moved = replace(mine, sealed={other.salt: mine.sealed[KEY.salt]})
    with pytest.raises(WrongSecret):
        open_slot(moved, AK, other.salt)
    with pytest.raises(WrongSecret):
        open_slot(replace(mine, sealed=hers.sealed), AK, KEY.salt)


def test_a_slot_under_another_name_opens_nothing_even_where_the_data_key_is_sealed_to_it_anew() -> None:
    renamed = replace(make_slot("AK", AK, KEY), name="BN", sealed={})
    with pytest.raises(WrongSecret):
        open_slot(sealed_to(renamed, KEY), AK, KEY.salt)


def test_a_new_data_key_is_sealed_to_somebody_who_is_not_there() -> None:
    fresh = new_database_key()
    both = sealed_to(make_slot("AK", AK, KEY), KEY, fresh)
    assert open_slot(both, AK, KEY.salt) == KEY
    assert open_slot(both, AK, fresh.salt) == fresh
    after = sealed_to(both, fresh)
    assert open_slot(after, AK, fresh.salt) == fresh
    with pytest.raises(WrongSecret):
        open_slot(after, AK, KEY.salt)


@pytest.mark.parametrize(
    ("passphrase", "words"),
    [
        ("", "10 characters or more"),
        ("nine sign", "10 characters"),
        ("a" * 201, "at most 200"),
        ("abcabcabcabc", "first"),
    ],
)
def test_a_weak_passphrase_is_refused_in_one_sentence_without_it(passphrase: str, words: str) -> None:
    with pytest.raises(SecretRefused, match=words) as caught:
        require_strong(passphrase)
    assert not passphrase or passphrase not in str(caught.value)


def test_a_passphrase_needs_no_digits_and_no_signs() -> None:
    plain = "ten letter"
    assert plain.replace(" ", "").isalpha()
    require_strong(plain)
    with pytest.raises(SecretRefused):
        require_strong(plain[:-1])


def test_no_secret_stands_in_what_a_slot_says_of_itself() -> None:
    slot = make_slot("AK", AK, KEY)
    assert repr(slot) == "Slot(name='AK')"


def test_outside_of_tests_a_guess_takes_64_mib_three_passes_and_four_lanes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.undo()
    assert Cost(memory_kib=64 * 1024, passes=3, lanes=4) == slots.COST
    assert make_slot("AK", AK, KEY).cost == slots.COST
