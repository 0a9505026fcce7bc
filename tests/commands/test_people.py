"""``people``: who works here is named from a terminal too, and every other command asks who may."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop_app import cli
from desktop_app.app import Parts, open_parts
from desktop_app.commands.charge_list import ChargeList
from desktop_app.commands.layout_shelf import LayoutShelf
from desktop_app.commands.protocol_shelf import ProtocolShelf
from desktop_app.core.access import Right, Role, right_of_setting
from desktop_app.core.guard import requiring
from desktop_app.core.layouts import Layout
from desktop_app.core.ports import NotAllowed
from desktop_app.core.protocols import Protocol
from desktop_app.store.faults import SettingRefused
from desktop_app.store.settings import SETTINGS
from desktop_app.ui.export.ports import CannotBeTaken
from tests.commands.program import Done, script
from tests.commands.touches import SEAT, START
from tests.core.rights_page import rights_told
from tests.core.staffed import EVERYBODY, NAMES, name_all


def chairtime(*arguments: object) -> Done:
    """Run a command in this process: it is quicker than a new one for each."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = cli.main([str(argument) for argument in arguments])
    return Done(status, out.getvalue(), err.getvalue())


def people(data: Path, *words: object) -> Done:
    what, *others = words
    return chairtime("people", what, "--data-dir", data, *others)


def play(data: Path, *touches: Mapping[str, object]) -> Done:
    file = data.parent / "touches.jsonl"
    file.write_text(script(*touches), encoding="utf-8")
    return chairtime("play", "--data-dir", data, file)


def log(data: Path) -> list[dict[str, Any]]:
    return chairtime("log", "--data-dir", data, "--json").answers


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder where AK is nurse and administrator, and BI bills."""
    data = tmp_path / "data"
    named = people(data, "add", "AK", "Ada King", "--role", "nurse", "--role", "administrator")
    assert named.status == 0, named.err
    assert people(data, "add", "BI", "Bill I.", "--role", "biller", "--as", "AK").status == 0
    return data


def test_until_somebody_is_named_that_is_said(tmp_path: Path) -> None:
    assert chairtime("settings", "--data-dir", tmp_path / "data", "chairs", "6").status == 0
    assert people(tmp_path / "data", "list").out.startswith("Nobody is named yet")


def test_people_are_named_changed_and_removed(data: Path) -> None:
    assert people(data, "change", "BI", "--role", "biller", "--role", "nurse", "--as", "AK").status == 0
    done = people(data, "remove", "BI", "--as", "AK")
    assert done.status == 0
    listed = people(data, "list").out
    assert "Ada King" in listed
    assert "not here any more" in listed
    assert [event["kind"] for event in log(data)] == [
        *("person-added", "person-added", "person-changed", "person-removed")
    ]
    assert people(data, "add", "bi", "Bo I.", "--role", "nurse", "--as", "AK").sentence.startswith("“bi” was")


def test_who_may_not_is_told_who_may(data: Path) -> None:
    done = people(data, "add", "ZZ", "Zoe Z.", "--role", "nurse", "--as", "BI")
    assert done.status == 2
    assert done.sentence == "A biller names, changes and removes nobody: switch to an administrator."
    refused = people(data, "remove", "AK", "--as", "BI").sentence
    assert refused == "A biller names, changes and removes nobody: switch to an administrator."
    assert people(data, "remove", "AK", "--as", "AK").sentence.startswith("AK is the last administrator")


def test_no_other_command_passes_the_roles_by(data: Path, tmp_path: Path) -> None:
    assert "none of the people here" in chairtime("settings", "--data-dir", data, "chairs", "6").sentence
    assert "none of the people here" in chairtime("downtime", "--data-dir", data, "--open").sentence
    sent = chairtime("export", "--data-dir", data, "--to", tmp_path)
    assert sent.status != 0
    assert "none of the people here" in sent.err
    assert not play(data, {**SEAT, "by": "BI"}).answers[0]["ok"]
    assert play(data, {**SEAT, "by": "AK"}, {**START, "by": "AK"}).status == 0


def test_an_emergency_is_listed_with_its_reason(data: Path) -> None:
    emergency = {"do": "emergency", "person": "Kim", "reason": "the nurse fell ill", "at": "2026-03-02T08:00"}
    assert play(data, emergency, SEAT).status == 0
    listed = people(data, "list").out
    assert "emergency 1: Kim, " in listed
    assert "“the nurse fell ill”, not marked as seen yet" in listed
    assert "“the nurse fell ill”" in listed
    assert log(data)[-1]["actor"] == "emergency 1"


def _own(layouts: LayoutShelf) -> Layout:
    return replace(layouts.all()[0], name="ours", title="Ours")


def test_a_folder_that_is_locked_names_people_with_their_passphrases(tmp_path: Path) -> None:
    data, own, new = tmp_path / "data", tmp_path / "own.txt", tmp_path / "new.txt"
    own.write_text("four words in a row\n", encoding="utf-8")
    new.write_text("another four words\n", encoding="utf-8")
    assert chairtime("settings", "--data-dir", data, "chairs", "6").status == 0
    protected = chairtime("keys", "protect", "AK", "--data-dir", data, "--new-passphrase-file", own)
    assert protected.status == 0, protected.err
    as_ak = ("--as", "AK", "--passphrase-file", own)
    assert people(data, "add", "AK", "Ada King", "--role", "administrator", *as_ak).status == 0
    named = people(data, "add", "MB", "Max B.", "--role", "nurse", *as_ak, "--new-passphrase-file", new)
    assert named.status == 0, named.err
    done = people(data, "add", "ZZ", "Zoe", "--role", "nurse", "--as", "MB", "--passphrase-file", new)
    assert done.sentence == "A nurse names, changes and removes nobody: switch to an administrator."
    assert people(data, "remove", "MB", *as_ak).status == 0
    assert "AK" in chairtime("keys", "list", "--data-dir", data).out
    assert "MB" not in chairtime("keys", "list", "--data-dir", data).out


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with open_parts(tmp_path / "parts") as parts:
        name_all(parts.desk)
        yield parts


NEEDED = {
    **dict.fromkeys(("scheme", "text-size", "favourite-drugs", "strip-place", "recent-people"), Right.TELL),
    **dict.fromkeys(("hidden-drugs", "usual-orders", "remind-rate", "near-minutes"), Right.PROTOCOLS),
    **dict.fromkeys(("practice-name", "profile", "setting", "hl7-credit", "receiver-id"), Right.BILLING),
    **dict.fromkeys(("chairs", "zone", "lock-minutes", "card-names", "cpt-licence"), Right.SUITE),
}


@pytest.mark.parametrize("who", EVERYBODY, ids=str)
def test_every_setting_is_changed_by_those_alone_whose_role_has_its_right(
    parts: Parts, who: Role | None
) -> None:
    settings, told = parts.folder.settings, rights_told()[who]
    parts.desk.actor = NAMES[who]
    for key in SETTINGS:
        right = right_of_setting(key)
        assert right is NEEDED.get(key, right)
        if right in told and key != "actor":
            settings.set(key, settings.get(key))
        else:
            with pytest.raises(SettingRefused):
                settings.set(key, settings.get(key))


def test_who_works_here_is_no_setting_once_people_are_named(parts: Parts) -> None:
    with pytest.raises(SettingRefused, match="whoever works here signs in"):
        parts.folder.settings.set("actor", "NU")


@pytest.mark.parametrize("who", EVERYBODY, ids=str)
def test_protocols_layouts_and_charges_are_changed_by_those_alone_whose_role_has_the_right(
    parts: Parts, tmp_path: Path, who: Role | None
) -> None:
    told, require = rights_told()[who], requiring(parts.desk)
    parts.desk.actor = NAMES[who]
    shelves = ProtocolShelf(parts.folder.path, require), LayoutShelf(parts.folder.path, require)
    protocols, layouts = shelves
    charges = tmp_path / "charges.csv"
    charges.write_text("code,charge\n96413,100.00\n", encoding="utf-8")
    ours = Protocol(name="Ours", services=protocols.all()[0].services)
    asked: list[tuple[Right, Callable[[], None]]] = [
        (Right.PROTOCOLS, lambda: protocols.save(ours)),
        (Right.PROTOCOLS, lambda: protocols.delete("Ours")),
        (Right.BILLING, lambda: layouts.save(_own(layouts))),
        (Right.BILLING, lambda: layouts.delete("ours")),
    ]
    for right, ask in asked:
        if right in told:
            ask()
        else:
            with pytest.raises(NotAllowed):
                ask()
    take = ChargeList(parts.folder.path, require)
    if Right.BILLING in told:
        assert take.take(charges, "2026-01-01", fewer=False)
    else:
        with pytest.raises(CannotBeTaken, match=r"tables and charges|ign in"):
            take.take(charges, "2026-01-01", fewer=False)
