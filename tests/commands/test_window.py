"""The window as a program: one for each folder, and a sentence where none can open."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.store.look import USUAL, Look, read_look
from tests.commands.program import ROOT, chairtime, command, start, surroundings
from tests.store.examples import open_here


@pytest.fixture
def window(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Opens the window on a folder and closes it at the end."""
    with start("--data-dir", tmp_path) as process:
        while chairtime("log", "--data-dir", tmp_path).status:
            assert process.poll() is None
        yield process
        process.terminate()


def test_a_second_start_brings_the_first_window_to_the_front(
    window: subprocess.Popen[str], tmp_path: Path
) -> None:
    second = chairtime("--data-dir", tmp_path)
    assert (second.status, second.err) == (0, "")
    assert second.out == "Chairtime is open already; its window was asked to come to the front.\n"
    assert window.poll() is None


BESIDE_A_COMMAND = """
import sys
from pathlib import Path
from desktop_app import cli
from desktop_app.commands import window as command
from desktop_app.store.exclusive import FolderLock
from desktop_app.store.folder import LOCK_NAME

lock = FolderLock(Path(sys.argv[1], LOCK_NAME))
command.time.sleep = lambda _seconds: lock.release()

class Window(command.MainWindow):
    def showEvent(self, event):
        super().showEvent(event)
        print("The window is there.", flush=True)

command.MainWindow = Window
sys.exit(cli.main(["--data-dir", sys.argv[1]]))
"""


def test_a_command_that_is_in_the_folder_for_a_moment_is_waited_for(tmp_path: Path) -> None:
    open_here(tmp_path).close()
    line = [sys.executable, "-c", BESIDE_A_COMMAND, str(tmp_path)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=surroundings()) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        process.terminate()
    assert said == "The window is there.\n"


def test_a_script_is_refused_while_the_window_is_open(window: subprocess.Popen[str], tmp_path: Path) -> None:
    done = chairtime("play", "--data-dir", tmp_path, "-")
    assert (done.status, done.out) == (2, "")
    assert done.sentence == f"Another Chairtime already works in the data folder {tmp_path}."
    assert window.poll() is None


def test_a_protocol_that_cannot_be_read_is_told_at_the_start_and_the_window_opens(tmp_path: Path) -> None:
    (tmp_path / "protocols").mkdir()
    bad = tmp_path / "protocols" / "iron.toml"
    bad.write_text('[[protocol]]\nname = "Iron"\nservices = 1\n', encoding="utf-8")
    with start("--data-dir", tmp_path) as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        assert process.poll() is None
        process.terminate()
    assert said == f"{bad}, line 3: [[protocol]] services should be gone: it is not a key of this table.\n"
    assert bad.read_text(encoding="utf-8").endswith("services = 1\n")


def test_how_the_window_looks_is_kept_for_the_page_before_it(tmp_path: Path) -> None:
    folder = open_here(tmp_path)
    folder.settings.set("scheme", "dark")
    folder.close()
    with start("--data-dir", tmp_path) as process:
        while read_look(tmp_path) == USUAL:
            assert process.poll() is None
        process.terminate()
    assert read_look(tmp_path) == Look("dark", 100)
    assert chairtime("settings", "text-size", "120", "--data-dir", tmp_path).status == 0
    assert read_look(tmp_path) == Look("dark", 120)


@pytest.mark.skipif(sys.platform != "linux", reason="only there can a display be missing")
@pytest.mark.parametrize("dead", [{}, {"DISPLAY": ":4077"}, {"WAYLAND_DISPLAY": "none-4077"}], ids=str)
def test_without_a_display_one_sentence_says_what_to_do(tmp_path: Path, dead: dict[str, str]) -> None:
    screens = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    env = {name: value for name, value in os.environ.items() if name not in screens}
    done = subprocess.run(
        command("--data-dir", tmp_path / "data"),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=env | dead,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    said = "chairtime: There is no display here; `chairtime demo` plays a day without a window.\n"
    assert done.stderr == said
    assert not (tmp_path / "data").exists()
