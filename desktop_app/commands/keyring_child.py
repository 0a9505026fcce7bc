"""``chairtime keyring-child``: the process in which the system's keyring is asked, started by the program."""

from __future__ import annotations

import sys
from argparse import Namespace

from desktop_app.commands.streams import NothingDone
from desktop_app.store.keyring_backend import NoKeyring, answer


def run(arguments: Namespace) -> int:
    """Do what is asked with one key and print the answer. Raises NothingDone where no keyring answers."""
    given = sys.stdin.read().strip() if arguments.what == "put" else ""
    try:
        print(answer(arguments.what, arguments.account, given))
    except (NoKeyring, ImportError):
        raise NothingDone("There is no keyring here that answers without asking.") from None
    return 0
