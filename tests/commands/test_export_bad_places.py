"""``export`` in every format into a full, broken or closed place: one sentence, and a status that says so."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from pathlib import Path

import pytest

from desktop_app.cli import main
from desktop_app.exchange.formats import FORMATS
from tests.commands.program import NOBODY, chairtime_without_rights, sessions
from tests.exchange.failing_disk import FailingDisk
from tests.exchange.month import visits
from tests.exchange.sent_month import play, prepare

ALL_FORMATS = [word for name in FORMATS for word in ("--format", name)]


def make_ready(data: Path) -> None:
    """Make a data folder with two signed sessions."""
    prepare(data)
    play(data, visits(range(2)))


FAILURES = {
    "the batch's folder cannot be made": ("mkdir .chairtime", errno.EACCES, "Nobody may write to"),
    "the workbook does not fit": ("write lines.xlsx", errno.ENOSPC, "The disk of"),
    "the bundle is not made durable": ("open charges.fhir.json r", errno.EIO, "Writing to"),
    "the rename fails": ("rename .chairtime", errno.EROFS, "Nobody may write to"),
}


def test_each_failure_is_one_sentence_and_status_2_and_the_next_export_sends_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data, out = tmp_path / "data", tmp_path.resolve() / "out"
    make_ready(data)
    arguments = ["export", "--data-dir", str(data), "--to", str(out), *ALL_FORMATS]
    for step, code, begins in FAILURES.values():
        with monkeypatch.context() as patch:
            disk = FailingDisk(out, step, code, lasts=code == errno.ENOSPC)
            disk.put_under(patch)
            status = main(arguments)
        said = capsys.readouterr()
        assert (status, said.out) == (2, ""), step
        (sentence,) = said.err.splitlines()
        assert sentence.startswith(f"chairtime: {begins} {out}")
        assert "nothing was sent" in sentence
        assert not out.exists()
    assert main(arguments) == 0
    assert {told["state"] for told in sessions(data)} == {"sent"}


def give_to_nobody(data: Path) -> None:
    """Let the data folder belong to the user without rights, where the tests run as root."""
    if os.getuid() == 0:
        for path in (data, *data.rglob("*")):
            os.chown(path, NOBODY, NOBODY)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file modes")
def test_a_place_that_is_closed_to_the_user_is_one_sentence_and_status_2(open_to_all: Path) -> None:
    data, out = open_to_all / "data", open_to_all / "out"
    make_ready(data)
    shutil.copytree(data, open_to_all / "copy")
    give_to_nobody(data)
    out.mkdir(mode=0o555)
    elsewhere = ("export", "--data-dir", open_to_all / "copy", "--to", open_to_all / "good", *ALL_FORMATS)
    done = chairtime_without_rights("export", "--data-dir", data, "--to", out, *ALL_FORMATS, before=elsewhere)
    assert (done.status, done.out) == (2, "")
    assert done.sentence.startswith(f"Nobody may write to {out} from here; nothing was sent")
    assert list(out.iterdir()) == []
    assert {told["state"] for told in sessions(data)} == {"signed"}
