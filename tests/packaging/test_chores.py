"""The chores say what they do, and what to do when they may not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import dev
from chores import checks, environment, showing, system_packages
from chores.terminal import ROOT, Stopped


def test_help_names_every_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main([]) == 0
    said = capsys.readouterr().out
    words = "run test lint build smoke coverage mutate bench stress pictures handbook audit lock"
    assert all(f"  {word} " in said for word in words.split())


def test_an_unknown_word_changes_nothing_and_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["biuld"]) == 2
    assert "There is no word 'biuld'." in capsys.readouterr().out


def test_a_chore_that_cannot_go_on_says_why(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: list[str]) -> int:
        raise Stopped("The disk is full.")

    monkeypatch.setitem(dev.WORDS, "build", (stop, ""))
    assert dev.main(["build"]) == 1
    assert capsys.readouterr().out == "The disk is full.\n"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, False),
        ({"DISPLAY": ":4077"}, False),
        ({"WAYLAND_DISPLAY": "none-4077"}, False),
        ({"DISPLAY": ""}, False),
    ],
)
def test_a_display_that_does_not_answer_is_none(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], *, expected: bool
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert showing.has_display() is expected


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Returns the list of commands that would have run, and runs none."""
    commands: list[list[str]] = []

    def call(command: list[str | Path], **_: object) -> int:
        commands.append([str(part) for part in command])
        return 0

    monkeypatch.setattr(showing, "call", call)
    monkeypatch.setattr(environment, "ready_for_qt", lambda *_: Path("python"))
    return commands


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], dict[str, str]]]:
    """Returns the list of checks that would have run, with what they would find in the environment."""
    commands: list[tuple[list[str], dict[str, str]]] = []

    def call(command: list[str | Path], extra: dict[str, str], **_: object) -> int:
        commands.append(([str(part) for part in command], extra))
        return 0

    monkeypatch.setattr(checks, "call", call)
    monkeypatch.setattr(environment, "ready_for_qt", lambda *_: Path("python"))
    return commands


def test_coverage_fails_under_a_hundred_and_tries_the_same_examples_each_time(
    checked: list[tuple[list[str], dict[str, str]]],
) -> None:
    assert checks.coverage(["-x"]) == 0
    ((command, found),) = checked
    assert {"--cov=desktop_app/coding", "--cov-branch", "--cov-fail-under=100", "-x"} <= {*command}
    assert command[-1] == "tests/coding"
    assert (found["CHAIRTIME_EXAMPLES"], found["QT_QPA_PLATFORM"]) == ("mutation", "offscreen")


def test_faults_are_planted_in_the_modules_named(checked: list[tuple[list[str], dict[str, str]]]) -> None:
    assert checks.mutate(["case.py"]) == 0
    ((command, _found),) = checked
    assert command == ["python", str(ROOT / "packaging" / "mutate.py"), "case.py"]


def test_run_opens_the_window_with_its_arguments(
    ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing, "has_display", lambda: True)
    assert showing.run(["--demo"]) == 0
    assert ran == [["python", "-m", "desktop_app", "--demo"]]


def test_run_without_a_display_says_so_and_plays_the_demo_day(
    ran: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(showing, "has_display", lambda: False)
    assert showing.run(["--demo"]) == 0
    assert ran == [["python", "-m", "desktop_app", "demo", "--to", "chairtime-demo"]]
    assert "There is no display here" in capsys.readouterr().out


def test_run_needs_no_display_for_a_command(ran: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(showing, "has_display", lambda: False)
    assert showing.run(["code", "case.json"]) == 0
    assert ran == [["python", "-m", "desktop_app", "code", "case.json"]]


def test_who_may_not_install_is_told_the_exact_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system_packages, "_privilege", lambda: None)
    system_packages.install(["libegl1", "libgl1"])
    told = "sudo apt-get install --yes --no-install-recommends libegl1 libgl1"
    assert told in capsys.readouterr().out


def test_a_failed_install_is_tried_once_more_with_newer_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def apt(command: list[str]) -> tuple[int, str]:
        tried.append(command[1])
        return 100, "E: Unable to locate package libegl1"

    monkeypatch.setattr(system_packages, "_privilege", list)
    monkeypatch.setattr(system_packages, "_apt", apt)
    with pytest.raises(Stopped, match="Unable to locate package libegl1"):
        system_packages.install(["libegl1"])
    assert tried == ["install", "update", "install"]


def test_a_missing_library_is_named_by_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(system_packages, "_loads", lambda library: library != "libxcb-cursor.so.0")
    monkeypatch.setattr(system_packages, "font_files", lambda: [Path("DejaVuSans.ttf")])
    assert system_packages.for_window() == ["libxcb-cursor0"]


def test_a_system_without_any_font_gets_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(system_packages, "_loads", lambda _: True)
    monkeypatch.setattr(system_packages, "font_files", list)
    assert system_packages.for_window() == ["fonts-inter"]


def test_without_what_qt_draws_with_a_chore_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(system_packages, "_loads", lambda library: library != "libEGL.so.1")
    with pytest.raises(Stopped, match="Qt cannot draw"):
        system_packages.need_what_draws()


def test_without_what_only_a_window_needs_a_chore_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(system_packages, "is_debian", lambda: False)
    monkeypatch.setattr(system_packages, "_loads", lambda library: library != "libxcb-cursor.so.0")
    system_packages.provide(["libxcb-cursor0"])
    system_packages.need_what_draws()
    assert "libxcb-cursor0" in capsys.readouterr().out


def test_everything_missing_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    named: list[str] = []
    monkeypatch.setattr(environment, "_is_made", lambda: False)
    monkeypatch.setattr(environment, "_packages_to_make_it", lambda: ["python3.11-venv"])
    monkeypatch.setattr(system_packages, "for_window", lambda: ["libegl1"])
    monkeypatch.setattr(system_packages, "provide", named.extend)
    monkeypatch.setattr(environment, "ready", lambda *_: Path("python"))
    environment.ready_for_qt(environment.BUILD, also=["binutils"])
    assert named == ["binutils", "libegl1", "python3.11-venv"]


def test_a_lock_is_installed_again_only_when_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed: list[str] = []

    def call(command: list[str | Path]) -> int:
        installed.append(str(command[-1]))
        return 0

    lock = tmp_path / "requirements.lock"
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path)
    monkeypatch.setattr(environment, "call", call)
    for text in ("a==1", "a==1", "a==2"):
        lock.write_text(text, encoding="utf-8")
        environment._install_lock(lock)
    assert installed == [str(lock), str(lock)]


def test_a_lock_that_could_not_be_installed_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("a==1", encoding="utf-8")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path)
    monkeypatch.setattr(environment, "call", lambda _: 1)
    for _ in range(2):
        with pytest.raises(Stopped, match="could not be installed"):
            environment._install_lock(lock)
