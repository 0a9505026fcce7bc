"""What became of a batch that was cut off between its intent and its record, read off the disk.

The hidden folder tells::

    hidden folder   folder of the name    what happened
    there           not there             never renamed
    there           somebody else's       never renamed
    not there       there, or taken       renamed, so billing may have it

Nothing but the rename takes a hidden folder away while its batch is unsettled: this program
removes one only after it told the journal that the batch is abandoned.
"""

from __future__ import annotations

import errno
import os

from desktop_app.exchange.ledger import Batch
from desktop_app.exchange.naming import hidden
from desktop_app.exchange.whole_folder import differing, reachable, stands


def was_revealed(batch: Batch) -> bool:
    """Return whether a batch's folder got its name. Raises OSError when nobody can tell now."""
    if not reachable(batch.folder.parent):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(batch.folder.parent))
    if not stands(hidden(batch.folder, batch.origin)):
        return True
    # Where renaming is no single step, a power cut can leave both names, each with the whole batch.
    return not differing(batch.folder, batch.files)


def changed_since(batch: Batch) -> str:
    """Return what became of a revealed folder since; empty when it stands as written. Raises OSError."""
    if not stands(batch.folder):
        return "the folder was taken away before the batch was recorded as sent"
    differs = differing(batch.folder, batch.files)
    return f"{differs} was changed or taken away before the batch was recorded as sent" if differs else ""


def not_recorded(batch: Batch) -> str:
    """Say that a batch is written and not yet recorded as sent."""
    return (
        f"Batch {batch.name} is written in {batch.folder.parent}, but that it was sent is not recorded yet; "
        "it will be at the next start. Do not delete it."
    )


def not_known(batch: Batch) -> str:
    """Say that nobody can tell now whether a batch is written."""
    return (
        f"{batch.folder.parent} went away while batch {batch.name} was written, so it is not known whether "
        "it was sent; the next start looks again. Delete nothing there."
    )
