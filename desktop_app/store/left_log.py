"""The log that a program left, looked at before the database is opened over it."""

from __future__ import annotations

from pathlib import Path

from desktop_app.store.durable_file import flush_left
from desktop_app.store.faults import DatabaseDamaged, FolderNotWritable
from desktop_app.store.log_file import LeftLog, log_of, read_log


def look_at_log(file: Path, *, flush: bool) -> LeftLog:
    """Read what a program that was cut off has left in the log. Raises DatabaseDamaged, FolderNotWritable.

    It may have been killed between the write and the flush of a touch, which then is in memory alone:
    it is made durable before anything of it is shown, or the key file speaks of it.
    """
    try:
        log = read_log(file)
        if flush:
            flush_left(log_of(file))
    except OSError as error:
        raise FolderNotWritable(
            f"The log of the database {file} cannot be used: {error.strerror}."
        ) from error
    if log.is_damaged:
        raise DatabaseDamaged(
            f"The log {log_of(file)} is damaged: touches that were stored cannot be read in it any more. "
            "Nothing in the folder was changed."
        )
    return log
