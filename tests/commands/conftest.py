"""What several tests of the commands stand on."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """Makes a folder that every user can reach, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="chairtime-test-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)
