"""A data folder and downloads beside it, for the tests of ``import``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop_app.cli import main
from tests.cms.files import MUE, MUE_HEAD, PTP, PTP_HEAD, comma, put, tabbed
from tests.commands.program import content

PAIRS = tabbed(PTP_HEAD, PTP)
LIMITS = comma(MUE_HEAD, MUE)


@dataclass
class Clinic:
    """A data folder, and a folder with downloads beside it."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def run(self, *arguments: object) -> tuple[int, str, str]:
        """Run an import and return its status and what it said."""
        status = main(["import", "--data-dir", str(self.data), *map(str, arguments)])
        said = self.capsys.readouterr()
        return status, said.out, said.err

    def file(self, name: str, content: bytes) -> Path:
        return put(self.folder, name, content)

    def taken(self, name: str, content: bytes, *more: object) -> str:
        """Import a file, which must be done, and return what was said of it."""
        status, out, err = self.run(self.file(name, content), *more)
        assert (status, err) == (0, "")
        return out

    def refused(self, *arguments: object) -> str:
        """Import what must be refused, and return the sentence; nothing may have changed."""
        before = content(self.data)
        status, out, err = self.run(*arguments)
        assert (status, out) == (2, "")
        (line,) = err.splitlines()
        assert line.startswith("chairtime: ")
        assert line.endswith(".")
        assert {**content(self.data), "tables/import.lock": b""} == {**before, "tables/import.lock": b""}
        return line.removeprefix("chairtime: ")
