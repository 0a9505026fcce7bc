"""How a command shows whole MRNs: to who may see them, and the journal is told who looked, as by the window.

What is shown is read beside whatever works in the folder. The look is told through a desk of its own, for a
moment, waiting up to a second for another command; where that cannot be, as while a window is open, the
command says so and shows it all the same.
"""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path

from desktop_app import paths
from desktop_app.app import Parts, open_parts
from desktop_app.commands.attending import attend
from desktop_app.commands.streams import NothingDone
from desktop_app.commands.unlocking import open_to_read
from desktop_app.core.access import Right
from desktop_app.core.events import PEOPLE_STREAM
from desktop_app.core.guard import acting_as, sentence
from desktop_app.core.ports import JournalError
from desktop_app.core.staff import fold_people
from desktop_app.store.database import DatabaseKey
from desktop_app.store.faults import FolderInUse, NotClosedWell
from desktop_app.store.folder import Folder
from desktop_app.store.locked import Locked
from desktop_app.store.manifest import is_backup

NOT_RECORDED = "This look is not recorded"
OF_BACKUP = "a backup is only read."
MOST_WAITS = 20
BETWEEN_S = 0.05


class Shown:
    """A data folder that is shown to somebody."""

    def __init__(self, path: Path, folder: Folder) -> None:
        self._path = path
        self.folder = folder

    def look_at(self, sessions: Sequence[str], where: str) -> None:
        """Tell the journal who looks at some sessions, before they are shown."""

        def tell(parts: Parts, who: str) -> None:
            for session in sessions:
                parts.desk.access.view(session, who, where, parts.desk.now())

        self._tell(tell)

    def look_through(self, where: str) -> None:
        """Tell the journal who looks through a list of sessions, before it is shown."""
        self._tell(lambda parts, who: parts.desk.access.look_through(who, where))

    def _tell(self, tell: Callable[[Parts, str], object]) -> None:
        """Tell the journal; where nobody signs in there is nobody to tell of."""
        folder = self.folder
        if folder.is_anybodys:
            return
        if is_backup(self._path):
            _say(f"{NOT_RECORDED}: {OF_BACKUP}")
            return
        try:
            with ExitStack() as until:
                parts = self._entered(until)
                # Who reads beside it has the former database open.
                parts.folder.may_renew = False
                attend(parts)
                tell(parts, folder.opened_by)
        except NotClosedWell as fault:
            _say(str(fault))
        except JournalError as fault:
            _say(f"{NOT_RECORDED}: {fault}")

    def _entered(self, until: ExitStack) -> Parts:
        """Open the folder; a command that tells its own look meanwhile is waited for. Raises JournalError."""
        for _ in range(MOST_WAITS):
            with suppress(FolderInUse):
                return until.enter_context(self._opened())
            time.sleep(BETWEEN_S)
        return until.enter_context(self._opened())

    def _opened(self) -> AbstractContextManager[Parts]:
        return open_parts(self._path, rules_later=True, unlock=self._unlock)

    def _unlock(self, locked: Locked) -> DatabaseKey:
        return locked.as_before(self.folder.database_key, self.folder.opened)


@contextmanager
def showing(arguments: Namespace) -> Iterator[Shown]:
    """Open a folder to print whole MRNs of it: where people sign in, to who may see them.

    Raises JournalError, or NothingDone with who may.
    """
    folder = open_to_read(arguments)
    try:
        _require_may_see(folder)
        yield Shown(arguments.data_dir or paths.user_data_dir(), folder)
    finally:
        folder.close()


def _require_may_see(folder: Folder) -> None:
    if folder.is_anybodys:
        return
    people = fold_people(folder.journal.load(PEOPLE_STREAM))
    if refusal := acting_as(people, folder.opened_by).why_not(Right.SHOW):
        raise NothingDone(sentence(refusal))


def _say(told: str) -> None:
    print(f"chairtime: {told}", file=sys.stderr)
