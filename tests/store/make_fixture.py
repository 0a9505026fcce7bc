"""Keep a database of today's schema for the tests of tomorrow: ``python -m tests.store.make_fixture``.

Run once when a schema is released; a folder that was kept is never made again.
"""

from __future__ import annotations

from pathlib import Path

from desktop_app.core import events as e
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME, LOCK_NAME
from desktop_app.store.migrations import SCHEMA_VERSION
from desktop_app.store.opening import open_folder
from tests.fakes import FakeClock, SequentialIdentities
from tests.store.examples import ended, prepared, put, sent, session, signed, started
from tests.store.people import AK, BN, kept_recovery_key

FIXTURES = Path(__file__).resolve().parent / "fixtures"
LOCKED = Path(__file__).resolve().parent / "locked_fixtures"
RECOVERY_KEY = "recovery-key.txt"
PIN, BADGE = "4829", "B-100017"
"""Of BN."""


def make(path: Path) -> None:
    """Fill a data folder with a sent session, a running one and a setting, and close it."""
    folder = open_folder(path, clock=FakeClock(), names=SequentialIdentities("kept"))
    stop = e.ServiceStopped(at_us=started().at_us + 3_600_000_000, service="1")
    session(folder.journal, "sent", started(), stop, ended(), signed("sent.1.1"))
    put(folder.journal, e.EXPORT_STREAM, prepared("b1", "sent.1.1"))
    put(folder.journal, e.EXPORT_STREAM, sent("b1"))
    session(folder.journal, "running", started())
    folder.settings.set("suite-name", "Kept Suite")
    folder.close()
    for file in path.iterdir():
        if file.name not in (DATABASE_NAME, KEYS_NAME):
            file.unlink()


def make_locked(path: Path) -> None:
    """Do the same, and let two people and a recovery key open it; what is kept says the key."""
    make(path)
    folder = open_folder(path, clock=FakeClock(), names=SequentialIdentities("kept"))
    folder.sign_in.enrol("AK", AK)
    folder.sign_in.enrol("BN", BN)
    (path / RECOVERY_KEY).write_text(kept_recovery_key(folder) + "\n", encoding="utf-8")
    folder.sign_in.set_pin("BN", PIN)
    folder.sign_in.set_badge("BN", BADGE)
    folder.close()
    (path / LOCK_NAME).unlink()


if __name__ == "__main__":
    make(FIXTURES / f"schema-{SCHEMA_VERSION}")
    make_locked(LOCKED / f"schema-{SCHEMA_VERSION}")
