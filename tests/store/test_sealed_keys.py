"""A key file with people notices every change to itself, and is put right while its key is in use."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop_app.store.faults import KeyFileUnusable, NotClosedWell
from desktop_app.store.folder import KEYS_NAME
from desktop_app.store.key_file import KeyFile
from desktop_app.store.keys import (
    Head,
    Keys,
    SealedKeys,
    create_keys,
    keys_in,
    new_database_key,
    read_key_file,
    write_keys,
)
from desktop_app.store.sealed_keys import opened
from desktop_app.store.sign_in import MOST_PEOPLE
from desktop_app.store.slots import make_slot, sealed_to
from tests.store.examples import put, seated
from tests.store.make_fixture import LOCKED
from tests.store.people import AK, BN, open_as, protected_folder
from tests.store.test_key_file import HARMS, Harm

pytestmark = pytest.mark.usefixtures("cheap_secrets")


def some_keys() -> Keys:
    key = new_database_key()
    slots = make_slot("AK", AK, key), make_slot("", BN, key)
    return Keys(key, Head("w1", 12, "ab" * 32), slots, renew=True)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / KEYS_NAME


def sealed(file: Path) -> SealedKeys:
    found = read_key_file(file)
    assert isinstance(found, SealedKeys)
    return found


def test_keys_come_back_to_whoever_has_the_data_key(file: Path) -> None:
    keys = some_keys()
    write_keys(file, keys)
    found = sealed(file)
    assert found.names == ("AK",)
    assert opened(found, keys.database) == keys
    assert opened(found, replace(keys.database, key=bytes(32))) is None
    assert opened(found, new_database_key()) is None


def test_what_is_written_twice_is_the_same_to_the_byte(file: Path) -> None:
    keys = some_keys()
    write_keys(file, keys)
    before = file.read_bytes()
    write_keys(file, keys)
    assert file.read_bytes() == before


def reads(file: Path, content: bytes) -> bool:
    try:
        keys_in(file, content)
    except KeyFileUnusable as fault:
        return str(file) not in str(fault)
    return True


@pytest.mark.parametrize("other", [1, 3, 0x20, 0x2A, 0xFF], ids=hex)
def test_any_changed_byte_is_noticed_and_the_file_is_named(file: Path, other: int) -> None:
    write_keys(file, some_keys())
    good = file.read_bytes()
    changed = (good[:n] + bytes([good[n] ^ other]) + good[n + 1 :] for n in range(len(good)))
    assert [n for n, content in enumerate(changed) if reads(file, content)] == []


def test_a_byte_more_or_less_or_another_white_space_is_noticed(file: Path) -> None:
    write_keys(file, some_keys())
    good = file.read_bytes()
    for content in (good[:-1], good + b"\n", good.replace(b"\n", b"\r\n"), good.replace(b"\n", b" ", 1)):
        assert not reads(file, content)


CHANGES: dict[str, Any] = {
    "format": 2.0,
    "databases": [],
    "slots": [],
    "renew": 1,
    "keyring": None,
    "head": "w1",
    "checks": ["", ""],
    "sum": "",
    "more": 1,
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_key_file_changed_by_hand_is_refused(file: Path, change: str) -> None:
    write_keys(file, some_keys())
    file.write_text(json.dumps({**json.loads(file.read_text()), change: CHANGES[change]}, indent=2) + "\n")
    with pytest.raises(KeyFileUnusable, match="is damaged; put it back from a copy"):
        read_key_file(file)


SLOTS: dict[str, Any] = {
    "none": None,
    "no name": {"name": 1},
    "salt": {"salt": "00"},
    "cost": {"cost": [1 << 40, 3, 4]},
    "passes": {"cost": [65536, 10**9, 4]},
    "lanes": {"cost": [64, 1, 0]},
    "no cost": {"cost": "64"},
    "public": {"public": "AA" * 32},
    "private": {"private": None},
    "sealed": {"sealed": []},
    "sealed thing": {"sealed": "00"},
}


@pytest.mark.parametrize("change", SLOTS)
def test_a_slot_that_is_none_is_refused_before_anything_is_tried(file: Path, change: str) -> None:
    write_keys(file, some_keys())
    raw = json.loads(file.read_text())
    raw["slots"][0] = None if SLOTS[change] is None else {**raw["slots"][0], **SLOTS[change]}
    file.write_text(json.dumps(raw, indent=2) + "\n")
    with pytest.raises(KeyFileUnusable, match="is damaged"):
        read_key_file(file)


@pytest.fixture(params=HARMS, ids=lambda harm: harm.__name__)
def harm(request: pytest.FixtureRequest) -> Harm:
    found: Harm = request.param
    return found


def test_a_key_file_damaged_in_use_is_written_anew_with_everybodys_slot(tmp_path: Path, harm: Harm) -> None:
    folder = open_as(protected_folder(tmp_path))
    put(folder.journal, "session/b", seated())
    harm(tmp_path / KEYS_NAME)
    assert "Chairtime has written it anew, with the key it holds" in folder.look_after_keys()
    folder.close()
    again = open_as(tmp_path, "BN", BN)
    assert len(again.journal.load("session/b")) == 1
    again.close()


def test_it_is_written_anew_at_the_end_too(tmp_path: Path, harm: Harm) -> None:
    folder = open_as(protected_folder(tmp_path))
    harm(tmp_path / KEYS_NAME)
    with pytest.raises(NotClosedWell, match="Chairtime has written it anew"):
        folder.close()
    open_as(tmp_path, "BN", BN).close()


def test_an_older_copy_put_back_in_use_lets_nobody_in_again(tmp_path: Path) -> None:
    data = protected_folder(tmp_path / "data")
    shutil.copy(data / KEYS_NAME, tmp_path / "old.json")
    folder = open_as(data)
    folder.sign_in.revoke("BN")
    shutil.copy(tmp_path / "old.json", data / KEYS_NAME)
    assert "was put back from an older copy while it was in use" in folder.look_after_keys()
    assert sealed(data / KEYS_NAME).names == ("AK",)
    folder.close()


def test_a_copy_with_the_key_in_the_open_put_back_in_use_is_not_kept(tmp_path: Path) -> None:
    file = tmp_path / KEYS_NAME
    plain = create_keys(file)
    shutil.copy(file, tmp_path / "old.json")
    held = KeyFile(file, plain)
    held.put(replace(plain, slots=(make_slot("AK", AK, plain.database),)))
    shutil.copy(tmp_path / "old.json", file)
    (tmp_path / "old.json").unlink()
    assert "was put back from an older copy" in held.look()
    assert plain.database.key.hex() not in "".join(one.read_text() for one in tmp_path.iterdir())


def other(keys: Keys) -> Keys:
    database = new_database_key()
    return replace(keys, database=database, slots=(make_slot("XY", AK, database),))


def plain(_: Keys) -> Keys:
    return Keys(new_database_key())


@pytest.mark.parametrize("make", [other, plain])
def test_a_key_file_of_another_key_is_left_where_it_is(file: Path, make: Callable[[Keys], Keys]) -> None:
    keys = some_keys()
    write_keys(file, keys)
    held = KeyFile(file, keys)
    write_keys(file, make(keys))
    before = file.read_bytes()
    assert "was exchanged while it was in use" in held.look()
    assert file.read_bytes() == before
    assert opened(sealed(file.with_name("keys.json.kept")), keys.database) == keys


def test_opening_and_closing_again_changes_nothing_in_it(tmp_path: Path) -> None:
    protected_folder(tmp_path)
    before = (tmp_path / KEYS_NAME).read_bytes()
    open_as(tmp_path, "BN", BN).close()
    assert (tmp_path / KEYS_NAME).read_bytes() == before


def test_a_file_damaged_just_before_somebody_is_added_is_put_right_and_told(tmp_path: Path) -> None:
    folder = open_as(protected_folder(tmp_path))
    (tmp_path / KEYS_NAME).write_text("damaged")
    folder.sign_in.enrol("CD", "a third long sentence")
    assert "Chairtime has written it anew" in folder.look_after_keys()
    assert folder.look_after_keys() == ""
    folder.close()
    open_as(tmp_path, "CD", "a third long sentence").close()


def test_a_file_of_another_key_is_not_overwritten_by_somebody_new(file: Path) -> None:
    keys = some_keys()
    write_keys(file, keys)
    held = KeyFile(file, keys)
    write_keys(file, other(keys))
    before = file.read_bytes()
    with pytest.raises(KeyFileUnusable, match="was exchanged while it was in use"):
        held.put(replace(keys, renew=False))
    assert file.read_bytes() == before
    assert held.keys == keys


def test_two_hundred_people_fit_while_a_new_key_is_made(file: Path) -> None:
    keys, fresh = some_keys(), new_database_key()
    slot = sealed_to(keys.slots[0], keys.database, fresh)
    slots = tuple(replace(slot, name=f"a long name{n}") for n in range(MOST_PEOPLE + 1))
    write_keys(file, replace(keys, slots=slots), beside=fresh)
    assert len(sealed(file).names) == MOST_PEOPLE + 1


WRITTEN = (LOCKED / "schema-2" / KEYS_NAME).read_text(encoding="utf-8")
SCRAPS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("00" * 16) | st.just("ab"),
    lambda some: st.lists(some, max_size=3) | st.dictionaries(st.text(), some, max_size=3),
    max_leaves=4,
)
SPOTS = st.sampled_from(
    [*CHANGES, *(("slots", 0, name) for name in ("name", "salt", "cost", "public", "private", "sealed"))]
)


@given(spot=SPOTS, scrap=SCRAPS)
def test_whatever_stands_in_it_a_key_file_is_read_or_refused(spot: Any, scrap: Any) -> None:  # noqa: ANN401 - JSON
    raw = json.loads(WRITTEN)
    inside, name = (raw["slots"][0], spot[-1]) if isinstance(spot, tuple) else (raw, spot)
    assume(name not in inside or json.dumps(scrap) != json.dumps(inside[name]))
    inside[name] = scrap
    with pytest.raises(KeyFileUnusable):
        keys_in(Path(KEYS_NAME), (json.dumps(raw, indent=2) + "\n").encode())
