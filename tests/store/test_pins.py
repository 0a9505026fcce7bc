"""PINs and badges say who it is while a folder is open; nothing of them stands outside the database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.core.access import Secret
from desktop_app.core.ports import JournalError, MustWait, NotSaved, SecretRefused
from desktop_app.store.folder import Folder
from desktop_app.store.pins import Pins
from tests.fakes import FakeClock
from tests.store.people import AK, BN, open_as, protected_folder

pytestmark = pytest.mark.usefixtures("cheap_secrets")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def folder(tmp_path: Path, clock: FakeClock) -> Iterator[Folder]:
    """Opens a folder of AK and BN as AK."""
    opened = open_as(protected_folder(tmp_path), clock=clock)
    yield opened
    opened.close()


def test_a_pin_and_a_passphrase_both_say_who_it_is(folder: Folder) -> None:
    folder.sign_in.set_pin("AK", "4829")
    assert folder.sign_in.check("AK", "4829")
    assert folder.sign_in.check("AK", AK)
    assert not folder.sign_in.check("AK", "4820")
    assert not folder.sign_in.check("AK", BN)
    assert not folder.sign_in.check("BN", "4829")
    assert not folder.sign_in.check("", "4829")


def test_who_has_no_pin_is_let_in_by_none(folder: Folder) -> None:
    assert not folder.sign_in.check("AK", "")
    assert not folder.sign_in.check("AK", "0000")
    assert not folder.sign_in.has_pin("AK")


def test_a_pin_is_changed_and_taken_away(folder: Folder) -> None:
    folder.sign_in.set_pin("AK", "4829")
    folder.sign_in.set_pin("AK", "7316")
    assert not folder.sign_in.check("AK", "4829")
    assert folder.sign_in.check("AK", "7316")
    folder.sign_in.set_pin("AK", "")
    assert not folder.sign_in.check("AK", "7316")


@pytest.mark.parametrize("pin", ["123", "123456789", "12a4", "٤٨٢٩", "0000", "1234", "4321", "567890"])
def test_what_is_no_pin_or_is_tried_first_is_refused(folder: Folder, pin: str) -> None:
    with pytest.raises(SecretRefused) as caught:
        folder.sign_in.set_pin("AK", pin)
    assert pin not in str(caught.value)
    assert not folder.sign_in.has_pin("AK")


def test_a_badge_says_whose_it_is(folder: Folder) -> None:
    folder.sign_in.set_badge("AK", "B-100017")
    folder.sign_in.set_badge("BN", "B-100018")
    assert folder.sign_in.holder("B-100017") == "AK"
    assert folder.sign_in.holder("B-100018") == "BN"
    assert folder.sign_in.holder("B-100019") == ""
    assert folder.sign_in.has_badge("AK")


def test_a_badge_belongs_to_one_person(folder: Folder) -> None:
    folder.sign_in.set_badge("AK", "B-100017")
    folder.sign_in.set_badge("AK", "B-100017")
    with pytest.raises(SecretRefused, match="somebody else's"):
        folder.sign_in.set_badge("BN", "B-100017")
    folder.sign_in.set_badge("AK", "")
    folder.sign_in.set_badge("BN", "B-100017")
    assert folder.sign_in.holder("B-100017") == "BN"


@pytest.mark.parametrize("code", ["12345", "x" * 65, "B-1000\t17"])
def test_what_is_no_badge_is_refused(folder: Folder, code: str) -> None:
    with pytest.raises(SecretRefused, match="6 to 64 characters"):
        folder.sign_in.set_badge("AK", code)


@pytest.mark.parametrize("code", ["100017", "48291234"])
def test_what_has_the_shape_of_a_pin_becomes_no_badge(folder: Folder, code: str) -> None:
    with pytest.raises(SecretRefused, match="8 digits or fewer are taken for a PIN"):
        folder.sign_in.set_badge("AK", code)
    folder.sign_in.set_badge("AK", "482912345")
    assert folder.sign_in.holder("482912345") == "AK"


def test_only_who_has_a_passphrase_gets_a_pin_or_a_badge(folder: Folder) -> None:
    with pytest.raises(SecretRefused, match="XY has no passphrase here"):
        folder.sign_in.set_pin("XY", "4829")
    with pytest.raises(SecretRefused, match="Nobody has no passphrase here"):
        folder.sign_in.set_badge("", "B-100017")


def wrong(folder: Folder, times: int) -> None:
    for _ in range(times):
        assert not folder.sign_in.check("AK", "0001")


def test_five_wrong_tries_let_wait_even_with_the_right_one(folder: Folder, clock: FakeClock) -> None:
    folder.sign_in.set_pin("AK", "4829")
    wrong(folder, 5)
    with pytest.raises(MustWait) as caught:
        folder.sign_in.check("AK", "4829")
    assert caught.value.seconds == 30
    assert not folder.sign_in.check("BN", "4829")
    clock.set_wall("2031-01-01T00:00")
    with pytest.raises(MustWait):
        folder.sign_in.check("AK", AK)
    clock.advance(us=30_000_000)
    assert folder.sign_in.check("AK", "4829")
    wrong(folder, 4)


def test_a_wait_outlives_the_program(tmp_path: Path, clock: FakeClock) -> None:
    folder = open_as(protected_folder(tmp_path), clock=clock)
    wrong(folder, 5)
    folder.close()
    again = open_as(tmp_path, clock=clock)
    with pytest.raises(MustWait) as caught:
        again.sign_in.check("AK", AK)
    assert caught.value.seconds == 30
    again.close()


def test_badges_of_nobody_let_badges_wait_and_no_pin(folder: Folder, clock: FakeClock) -> None:
    folder.sign_in.set_badge("AK", "B-100017")
    folder.sign_in.set_pin("AK", "4829")
    for n in range(5):
        assert folder.sign_in.holder(f"B-20000{n}") == ""
    with pytest.raises(MustWait):
        folder.sign_in.holder("B-100017")
    assert folder.sign_in.check("AK", "4829")
    clock.advance(us=30_000_000)
    assert folder.sign_in.holder("B-100017") == "AK"


def test_a_right_passphrase_as_fast_as_a_scan_lets_no_badge_wait(folder: Folder) -> None:
    folder.sign_in.set_badge("BN", "B-100017")
    for _ in range(6):
        assert folder.sign_in.holder_or(AK, "AK") == ("AK", Secret.PASSPHRASE)
    assert folder.sign_in.holder_or("B-100017", "AK") == ("BN", Secret.BADGE)
    assert folder.sign_in.check("AK", AK)


@pytest.mark.parametrize("visitor", ["B-20000", "VISITOR-CARD-"])
def test_badges_of_nobody_let_badges_wait_and_not_whose_name_is_marked(folder: Folder, visitor: str) -> None:
    folder.sign_in.set_badge("BN", "B-100017")
    folder.sign_in.set_pin("AK", "4829")
    for n in range(5):
        assert folder.sign_in.holder_or(f"{visitor}{n}", "AK") == ("", Secret.PASSPHRASE)
    with pytest.raises(MustWait):
        folder.sign_in.holder("B-100017")
    with pytest.raises(MustWait) as caught:
        folder.sign_in.holder_or("B-100017", "AK")
    assert caught.value.is_for_badges
    assert folder.sign_in.check("AK", "4829")
    assert folder.sign_in.holder_or(AK, "AK") == ("AK", Secret.PASSPHRASE)


def test_a_right_badge_between_them_buys_no_more_guesses_at_a_passphrase(
    folder: Folder, clock: FakeClock
) -> None:
    folder.sign_in.set_badge("BN", "B-100017")
    folder.sign_in.set_pin("AK", "4829")
    for n in range(5):
        assert folder.sign_in.holder_or(f"another four words {n}", "AK") == ("", Secret.PASSPHRASE)
        if n < 4:
            assert folder.sign_in.holder_or("B-100017", "AK") == ("BN", Secret.BADGE)
    clock.advance(us=30_000_000)
    assert folder.sign_in.holder_or("another four words 5", "AK") == ("", Secret.PASSPHRASE)
    clock.advance(us=30_000_000)
    assert folder.sign_in.holder_or("B-100017", "AK") == ("BN", Secret.BADGE)
    with pytest.raises(MustWait) as caught:
        folder.sign_in.holder_or(AK, "AK")
    assert not caught.value.is_for_badges
    assert folder.sign_in.check("AK", "4829")
    assert folder.sign_in.holder_or(AK, "AK") == ("AK", Secret.PASSPHRASE)


def test_while_one_has_to_wait_the_badge_of_another_is_known(folder: Folder) -> None:
    folder.sign_in.set_badge("BN", "B-100017")
    wrong(folder, 5)
    assert folder.sign_in.holder_or("B-100017", "AK") == ("BN", Secret.BADGE)


def test_neither_pin_nor_badge_stands_readable_on_the_disk(tmp_path: Path, folder: Folder) -> None:
    folder.sign_in.set_pin("AK", "48291637")
    folder.sign_in.set_badge("AK", "B-100017")
    content = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"48291637" not in content
    assert b"B-100017" not in content
    assert b"verifier" not in content


def test_a_database_that_answers_nothing_is_a_sentence(folder: Folder) -> None:
    folder._database.execute("ALTER TABLE verifier RENAME TO other")  # noqa: SLF001 - as damage would
    for question in (lambda: folder.sign_in.holder("B-100017"), lambda: folder.sign_in.check("AK", "4829")):
        with pytest.raises(JournalError, match=r"^The database refused: .*\.$"):
            question()


def test_a_full_disk_keeps_nobody_out_who_was_wrong_before(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not folder.sign_in.check("AK", "4820")

    def full(_pins: Pins) -> None:
        raise NotSaved("The disk is full.")

    monkeypatch.setattr(Pins, "_stored", full)
    assert folder.sign_in.check("AK", AK)
    with pytest.raises(NotSaved):
        folder.sign_in.check("AK", "4820")
