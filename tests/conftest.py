"""What holds for every test: no display is needed, nothing is left alive, nothing warns unseen."""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# What a test's window keeps for its next start must not lie where a person's does.
os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(prefix="chairtime-tests-")
atexit.register(shutil.rmtree, os.environ["XDG_STATE_HOME"], ignore_errors=True)

from PySide6.QtCore import QCoreApplication, QEvent

from desktop_app.ui import words

# A busy machine is no fault of the code: examples are limited in number, not in time. Before a
# change lands the same examples are tried each time; new ones are found at the desk.
settings.register_profile("chairtime", deadline=None, derandomize="CI" in os.environ)
# A planted fault is looked for thousands of times over: few examples, always the same ones.
settings.register_profile("mutation", deadline=None, derandomize=True, max_examples=20, database=None)
settings.register_profile("soak", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("CHAIRTIME_EXAMPLES", "chairtime"))


@pytest.fixture(autouse=True)
def deliver_deferred_deletes() -> Iterator[None]:
    """Deletes what a test gave to ``deleteLater``, so that no widget lives into the next test."""
    yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()


@pytest.fixture(autouse=True)
def no_suites_zone() -> Iterator[None]:
    """Forgets the zone of a window, so that the next test's times are told without one."""
    yield
    words.be_in("")


@pytest.fixture(autouse=True)
def no_unexpected_log_line(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fails a test that logged at WARNING or above.

    A test that expects such a line asserts it and then calls ``caplog.clear()``.
    """
    yield
    records = caplog.get_records("setup") + caplog.get_records("call")
    loud = [record.getMessage() for record in records if record.levelno >= logging.WARNING]
    if loud:
        pytest.fail(f"logged at WARNING or above: {loud}")
