"""``chairtime verify``: walk the whole journal, make its lists again, and name the first fault."""

from __future__ import annotations

from argparse import Namespace

from desktop_app.commands.unlocking import open_to_read
from desktop_app.store.verify import verify
from desktop_app.ui.words import count_words


def run(arguments: Namespace) -> int:
    """Print what was checked; status 1 when an event or a list is bad."""
    folder = open_to_read(arguments)
    try:
        bad = verify(folder.journal, folder.known_head)
        fault = bad.sentence if bad else folder.journal.false_list()
        events, link = folder.journal.last()
    finally:
        folder.close()
    if fault:
        print(f"The journal is not whole: {fault}.")
        return 1
    print(f"The journal is whole: {count_words(events, 'event', 'events')}, chain head {link[:16]}.")
    return 0
