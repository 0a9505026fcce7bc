"""The whole program: a restore the window was asked for is done once it is closed; then it comes again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.commands.program import MOST_SECONDS, ROOT, chairtime, content, log, play, surroundings
from tests.commands.touches import VISIT

PROGRAM = """
import sys
from functools import partial
from desktop_app import cli
import desktop_app.ui.window as room
from PySide6.QtCore import QTimer

opened = []

class Window(room.MainWindow):
    def showEvent(self, event):
        super().showEvent(event)
        if self not in opened:
            opened.append(self)
            QTimer.singleShot(0, self.go_on)

    def go_on(self):
        lines = self.upkeep.backups.lines()
        if not lines:
            QTimer.singleShot(50, self.go_on)
        elif len(opened) == 1:
            self.beside.leaving.quit_then(partial(self.upkeep.backups.want_restore, lines[0].name))
        else:
            print(len(opened), "windows")
            self.beside.leaving.quit()

room.MainWindow = Window
import desktop_app.commands.window as command
command.MainWindow = Window
sys.exit(cli.main(["--data-dir", sys.argv[1]]))
"""


def test_a_restore_from_the_window_closes_it_restores_and_opens_it_again(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    play(folder, *VISIT)
    assert chairtime("backup", "--data-dir", folder).status == 0
    before = log(folder)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=surroundings(),
        timeout=MOST_SECONDS,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "2 windows\n"), done.stderr
    *events, restored = log(folder)
    assert events == before
    assert restored["kind"] == "journal-restored"
    assert restored["body"]["why"] == "A person asked for it; the journal could be opened."
    assert any(name.startswith("quarantine/") for name in content(folder))
