"""``chairtime verify``: walk the whole journal, make its lists again, and name the first fault."""

from __future__ import annotations

from argparse import Namespace

from desktop_app import paths
from desktop_app.commands.history_check import fault_of_history
from desktop_app.store.folder import open_folder
from desktop_app.store.verify import verify
from desktop_app.ui.words import count_words


def run(arguments: Namespace) -> int:
    """Print what was checked; status 1 when an event or a list is bad."""
    folder = open_folder(arguments.data_dir or paths.user_data_dir(), read_only=True)
    try:
        bad = verify(folder.journal, folder.known_head)
        fault = bad.sentence if bad else folder.journal.false_list()
        if fault:
            print(f"The journal is not whole: {fault}.")
            return 1
        events, link = folder.journal.last()
        print(f"The journal is whole: {count_words(events, 'event', 'events')}, chain head {link[:16]}.")
        if arguments.history and (fault := fault_of_history(folder, arguments.history)):
            print(fault)
    finally:
        folder.close()
    return 1 if fault else 0
