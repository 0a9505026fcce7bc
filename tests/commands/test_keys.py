"""``chairtime keys``, and how every command gets into a locked folder: by a terminal, by a file or not."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app import cli
from desktop_app.core import events as e
from desktop_app.store.database import DatabaseKey
from desktop_app.store.keys import Cost, Keys, SealedKeys, read_key_file, read_keys, write_keys
from desktop_app.store.opening import open_folder
from tests.commands.program import chairtime, script
from tests.commands.terminal import has_terminals, talk
from tests.commands.touches import VISIT

AK, BN = "four words in a row", "quite another sentence"
RECOVERY_KEY = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){10}")
TERMINALS = pytest.mark.skipif(not has_terminals(), reason="this system gives no program a terminal to play")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the program on a data folder; a guess costs little. Beside it lie files with passphrases."""
    monkeypatch.setattr("desktop_app.store.slots.COST", Cost(memory_kib=64, passes=1, lanes=1))
    monkeypatch.delenv("CHAIRTIME_PASSPHRASE_FILE", raising=False)
    monkeypatch.chdir(tmp_path)
    Path("ak").write_text(f"{AK}\n")
    Path("bn").write_text(f"\N{ZERO WIDTH NO-BREAK SPACE}{BN}\r\nand more\r\n", encoding="utf-8")
    Path("touches").write_text(script(*VISIT))

    def run_here(words: str) -> tuple[int, str, str]:
        before, _, after = words.partition(" | ")
        status = cli.main([*before.split(), "--data-dir", "data", *after.split()])
        done = capsys.readouterr()
        return status, done.out, done.err

    return run_here


def made(run: Run, kept: Path, *commands: str) -> Run:
    """Run some commands on the data folder, once; later folders are copies of that one."""
    if not kept.exists():
        for words in commands:
            assert run(words)[0] == 0, words
        shutil.copytree("data", kept)
    else:
        shutil.copytree(kept, "data")
    return run


@pytest.fixture
def people(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs the program on a folder with a visit that AK and BN can open."""
    return made(
        run,
        tmp_path_factory.getbasetemp() / "folder-of-two-people",
        "play | touches",
        "keys protect AK --new-passphrase-file ak",
        "keys add BN --passphrase-file ak --new-passphrase-file bn",
    )


def test_a_folder_is_protected_and_its_recovery_key_is_shown_once(run: Run) -> None:
    run("play | touches")
    assert run("keys list")[1] == "Nobody has a passphrase here: whoever has the folder can read it.\n"
    before = read_keys(Path("data", "keys.json")).database.salt
    status, out, err = run("keys protect AK --new-passphrase-file ak")
    assert (status, err) == (0, "")
    (printed,) = (found[0] for found in RECOVERY_KEY.finditer(out))
    assert Path("data", "chairtime.db").read_bytes()[:16] != before
    status, out, _ = run("keys list")
    assert out == "AK            opens it with a passphrase\nA recovery key opens it.\n"
    assert printed not in "".join(file.read_text(errors="replace") for file in Path("data").iterdir())


@pytest.mark.parametrize(
    "words",
    [
        "log --json",
        "sessions --json",
        "day 2026-03-02",
        "verify",
        "settings",
        "settings | suite-name Here",
        "downtime --list",
        "downtime --open EHR",
        "register | --dry-run none.csv",
        "export --to out",
        "play | touches",
    ],
)
def test_every_command_that_opens_the_journal_signs_in(people: Run, words: str) -> None:
    Path("none.csv").write_text("mrn,family_name\n0004821,Miller\n")
    status, out, err = people(words)
    assert (status, out) == (2, "")
    assert "is locked, and there is no terminal to ask at; name a file with --passphrase-file." in err
    before, bar, after = words.partition(" | ")
    assert "is locked" not in people(f"{before} --as BN --passphrase-file bn{bar}{after}")[2]


def test_a_file_may_be_named_by_the_surroundings(people: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAIRTIME_PASSPHRASE_FILE", "ak")
    status, out, _ = people("log --json --as AK")
    assert status == 0
    assert len(out.splitlines()) == len(VISIT) + len(["that AK looked through it"])


def test_whose_passphrase_a_file_holds_is_asked_for_where_there_are_several(people: Run) -> None:
    assert people("verify --passphrase-file ak") == (
        2,
        "",
        "chairtime: Say with --as whose passphrase it is: AK, BN.\n",
    )
    assert people("verify --passphrase-file ak --as XY")[2] == (
        "chairtime: Nobody of that name has a passphrase here.\n"
    )


def test_a_wrong_passphrase_is_one_sentence_without_it(people: Run) -> None:
    assert people("verify --as AK --passphrase-file bn") == (
        2,
        "",
        "chairtime: That is not the passphrase of AK.\n",
    )
    for _ in range(4):
        people("verify --as AK --passphrase-file bn")
    status, _, err = people("verify --as AK --passphrase-file ak")
    assert status == 2
    assert err.startswith("chairtime: There were 5 wrong tries; the next one can be made in ")


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "cannot be read: no such file"), (b"", "holds no passphrase"), (b"\xff\xfe", "is no text")],
    ids=["missing", "empty", "bytes"],
)
def test_a_passphrase_file_that_holds_none_is_named(people: Run, content: bytes | None, words: str) -> None:
    if content is not None:
        Path("other").write_bytes(content)
    status, _, err = people("verify --as AK --passphrase-file other")
    assert status == 2
    assert err.startswith("chairtime: ")
    assert "other" in err
    assert words in err


def test_somebody_taken_out_is_out(people: Run) -> None:
    assert people("keys remove BN --as AK --passphrase-file ak")[1] == (
        "BN cannot open the folder any more, and it has a new data key.\n"
    )
    assert people("verify --as BN --passphrase-file bn")[2].endswith("has a passphrase here.\n")
    assert people("verify --passphrase-file ak")[0] == 0
    assert people("keys remove AK --passphrase-file ak")[2] == (
        "chairtime: AK is the last one with a passphrase, so it stays.\n"
    )


def test_a_passphrase_is_changed(people: Run) -> None:
    Path("new").write_text("a third long sentence")
    status, out, _ = people("keys change AK --as AK --passphrase-file ak --new-passphrase-file new")
    assert (status, out) == (0, "AK has a new passphrase.\n")
    assert people("verify --as AK --passphrase-file ak")[0] == 2
    assert people("verify --as AK --passphrase-file new")[0] == 0


def test_who_forgot_a_passphrase_gets_a_new_one_by_the_recovery_key(people: Run) -> None:
    _, out, _ = people("keys recovery --as AK --passphrase-file ak")
    printed = RECOVERY_KEY.search(out)
    assert printed
    Path("new").write_text("a third long sentence")
    Path("paper").write_text(printed[0][:-1] + ("0" if printed[0][-1] != "0" else "1"))
    words = "keys recover AK --recovery-file paper --new-passphrase-file new"
    assert people(words)[2] == "chairtime: Group 11 of 11 of the recovery key is mistyped.\n"
    Path("paper").write_text(printed[0].lower().replace("-", " "))
    assert people(words)[1] == "AK has a new passphrase.\n"
    assert people("verify --as AK --passphrase-file new")[0] == 0


def test_a_folder_gets_a_new_data_key_when_asked(people: Run) -> None:
    before = Path("data", "chairtime.db").read_bytes()[:16]
    assert people("keys rekey --as AK --passphrase-file ak")[1] == "The folder has a new data key.\n"
    assert Path("data", "chairtime.db").read_bytes()[:16] != before


def test_a_keyring_that_does_not_answer_is_said(people: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.store.system_keyring._is_reachable", bool)
    assert people("keys keyring on --as AK --passphrase-file ak")[2] == (
        "chairtime: The system's keyring did not answer, so it does not hold the data key.\n"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("keys add BN --new-passphrase-file bn", "Nobody has a passphrase here"),
        ("keys recovery", "Nobody has a passphrase here"),
        ("keys recover AK", "Nobody has a passphrase here"),
        ("keys rekey", "Nobody has a passphrase here"),
        ("keys keyring on", "Nobody has a passphrase here"),
        ("keys remove AK", "AK has no passphrase here"),
        ("keys change AK", "AK has no passphrase here"),
        ("keys protect AK", "A new passphrase is needed, and there is no terminal to ask at"),
    ],
)
def test_what_cannot_be_done_with_an_open_folder_is_one_sentence(run: Run, words: str, said: str) -> None:
    run("settings")
    run("settings | suite-name Here")
    status, out, err = run(words)
    assert (status, out) == (2, "")
    assert said in err
    assert read_keys(Path("data", "keys.json")).head is not None


def test_a_protected_folder_is_not_protected_twice(people: Run) -> None:
    words = "keys protect CD --as AK --passphrase-file ak --new-passphrase-file bn"
    assert people(words)[2].endswith("People sign in here already; `chairtime keys add` adds somebody.\n")


def test_there_is_nothing_to_protect_where_there_is_no_journal(run: Run) -> None:
    assert run("keys protect AK --new-passphrase-file ak")[2] == (
        "chairtime: There is no journal in the folder data.\n"
    )
    assert not Path("data").exists()


def test_the_real_program_without_a_terminal_refuses_at_once(people: Run, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert chairtime("verify", "--data-dir", folder).sentence == (
        f"The data folder {folder} is locked, and there is no terminal to ask at; "
        "name a file with --passphrase-file."
    )
    signing_in = ("--as", "AK", "--passphrase-file", tmp_path / "ak")
    done = chairtime("log", "--json", "--data-dir", folder, *signing_in)
    assert [answer["kind"] for answer in done.answers][:1] == ["patient-seated"]
    assert people("verify --as AK --passphrase-file ak")[0] == 0


@TERMINALS
@pytest.mark.usefixtures("people")
def test_a_person_at_a_terminal_says_who_they_are_and_gets_more_than_one_try(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    status, seen = talk(
        "verify",
        "--data-dir",
        folder,
        answers=[
            ("Who are you (AK, BN)? ", "bn"),
            ("Passphrase of BN: ", "not that one"),
            ("That is not the passphrase of BN.\r\nPassphrase of BN: ", BN),
        ],
    )
    assert status == 0
    assert "The journal is whole: 5 events" in seen
    assert "not that one" not in seen
    assert BN not in seen


@TERMINALS
def test_a_new_passphrase_is_typed_twice_and_never_seen(run: Run, tmp_path: Path) -> None:
    run("play | touches")
    folder = tmp_path / "data"
    new = "New passphrase of AK: "
    again = "The same again: "
    status, seen = talk("keys", "protect", "AK", "--data-dir", folder, answers=[(new, AK), (again, BN)])
    assert status == 2
    assert "The two are not the same, so nothing was changed." in seen
    status, seen = talk("keys", "protect", "AK", "--data-dir", folder, answers=[(new, AK), (again, AK)])
    assert status == 0
    assert RECOVERY_KEY.search(seen)
    assert AK not in seen
    assert talk("verify", "--data-dir", folder, answers=[("Passphrase of AK: ", AK)])[0] == 0


@pytest.fixture
def staff(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs the program on a folder where AK is an administrator and BN a nurse, both with a passphrase."""
    return made(
        run,
        tmp_path_factory.getbasetemp() / "folder-of-staff",
        "people add AK Ada_King --role administrator",
        "people add BN Bo_Nash --role nurse --as AK",
        "keys protect AK --as AK --new-passphrase-file ak",
        "keys add BN --passphrase-file ak --new-passphrase-file bn",
    )


def told() -> list[e.Recorded]:
    """Return the events of the folder, oldest first."""
    folder = open_folder(Path("data"), read_only=True, unlock=lambda locked: locked.with_passphrase("AK", AK))
    try:
        return list(folder.journal.since(0))
    finally:
        folder.close()


def secrets_told() -> list[tuple[str, str, str, bool]]:
    """Return who was told of which secret, by whom, and whether it is gone."""
    return [
        (one.stamp.actor, one.event.person, one.event.what, one.event.is_taken_away)
        for one in told()
        if isinstance(one.event, e.SecretChanged)
    ]


@pytest.mark.parametrize(
    "words", ["remove AK", "change AK", "recovery", "rekey", "keyring on", "add CD --new-passphrase-file ak"]
)
def test_a_nurse_changes_nobodys_keys_but_her_own(staff: Run, words: str) -> None:
    before = Path("data", "keys.json").read_bytes()
    status, _, err = staff(f"keys {words} --as BN --passphrase-file bn")
    assert (status, err) == (
        2,
        "chairtime: A nurse names, changes and removes nobody: switch to an administrator.\n",
    )
    assert json.loads(before)["slots"] == json.loads(Path("data", "keys.json").read_text())["slots"]
    Path("new").write_text("a third long sentence")
    assert staff("keys change BN --as BN --passphrase-file bn --new-passphrase-file new")[0] == 0


def test_the_journal_is_told_of_every_secret_and_never_which(staff: Run) -> None:
    Path("new").write_text("a third long sentence")
    staff("keys change BN --as BN --passphrase-file bn --new-passphrase-file new")
    printed = RECOVERY_KEY.search(staff("keys recovery --as AK --passphrase-file ak")[1])
    assert printed
    Path("paper").write_text(printed[0])
    staff("keys recover BN --recovery-file paper --new-passphrase-file bn")
    staff("keys remove BN --as AK --passphrase-file ak")
    assert secrets_told() == [
        ("AK", "AK", "passphrase", False),
        ("AK", "", "recovery-key", False),
        ("AK", "BN", "passphrase", False),
        ("BN", "BN", "passphrase", False),
        ("AK", "", "recovery-key", False),
        ("the recovery key", "BN", "passphrase", False),
        ("AK", "BN", "passphrase", True),
    ]


def test_only_one_of_the_people_gets_a_passphrase_where_they_are_named(staff: Run) -> None:
    assert staff("keys add XY --as AK --passphrase-file ak --new-passphrase-file bn")[2] == (
        "chairtime: XY is none of the people here; `chairtime people add` names somebody.\n"
    )


def test_who_is_none_of_the_people_is_told_how_to_say_who_they_are(run: Run) -> None:
    assert run("people add AK Ada --role administrator")[0] == 0
    status, _, err = run("keys protect AK --as XY --new-passphrase-file ak")
    assert status == 2
    assert err == (
        "chairtime: “XY” is none of the people here: sign in as an administrator first."
        " `--as` says who you are.\n"
    )


def test_where_the_key_file_alone_is_gone_that_is_said(run: Run) -> None:
    run("play | touches")
    Path("data", "keys.json").unlink()
    for words in ("keys list", "keys rekey"):
        status, _, err = run(words)
        assert (status, "keys.json is missing" in err) == (2, True), err


def test_a_name_in_the_key_file_neither_clears_the_terminal_nor_forges_a_row(people: Run) -> None:
    file = Path("data", "keys.json")
    found = read_key_file(file)
    assert isinstance(found, SealedKeys)
    bad = ("\x1b[2J\nMM            opens it", "x" * 400_000)
    slots = tuple(replace(found.slots[0], name=name) for name in bad)
    write_keys(file, Keys(DatabaseKey(bytes(32), found.salts[0]), found.head, slots))
    status, out, _ = people("keys list")
    first, second, *_ = out.splitlines()
    assert (status, first.count("opens it"), "\x1b" in out) == (0, 2, False)
    assert second == f"{'x' * 199}…  opens it with a passphrase"
    _, _, err = people("sessions --passphrase-file ak")
    assert ("\x1b" in err, len(err.splitlines()), len(err) < 600) == (False, 1, True)
