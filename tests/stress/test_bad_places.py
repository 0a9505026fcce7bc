"""Every step of an export fails in turn, on a disk that is full and on one that is broken."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from tests.exchange.test_bad_places import let_steps_fail


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO], ids=["full", "broken"])
def test_whichever_step_fails_no_half_batch_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    let_steps_fail(tmp_path.resolve(), monkeypatch, code, each=1)
