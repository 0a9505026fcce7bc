"""Who may change what lies in files beside the journal: rules, layouts and tables of the practice's own."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing

from desktop_app import paths
from desktop_app.commands.streams import NothingDone
from desktop_app.commands.unlocking import open_to_read
from desktop_app.core.access import Right
from desktop_app.core.events import PEOPLE_STREAM
from desktop_app.core.guard import acting_as, sentence
from desktop_app.core.staff import fold_people
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME


def require_may_bill(arguments: Namespace) -> None:
    """Refuse whoever may not change what lines are made and priced by; without a journal anybody may.

    The journal is asked beside a program that works. Raises NothingDone with who may, or JournalError.
    """
    path = arguments.data_dir or paths.user_data_dir()
    if not any((path / name).exists() for name in (DATABASE_NAME, KEYS_NAME)):
        return
    with closing(open_to_read(arguments)) as folder:
        people = fold_people(folder.journal.load(PEOPLE_STREAM))
        name = folder.opened_by or folder.settings.get("actor")
    if refusal := acting_as(people, name).why_not(Right.BILLING):
        raise NothingDone(sentence(refusal))
