"""What can be wrong with a data folder, each said in one sentence.

``NotSaved`` and ``StaleVersion`` in ``core.ports`` are about one append; these are about the
journal as a whole. Nothing here is repaired in silence.
"""

from __future__ import annotations

from desktop_app.core.ports import JournalError, NotSaved, SecretRefused


class JournalUnusable(JournalError):
    """The journal cannot be opened or trusted as it is; no timer may start on it."""


class FolderInUse(JournalUnusable):
    """Another program already works in this data folder."""


class FolderNotWritable(JournalUnusable):
    """The data folder is missing, read-only, or no folder."""


class RestoreNoteUnusable(JournalUnusable):
    """The note of a restore that was cut off is nothing this program writes; nothing was moved."""


class KeyFileUnusable(JournalUnusable):
    """The key file is missing, damaged, or belongs to another database."""


class KeyFileNotWritten(KeyFileUnusable):
    """The key file is well, or was never made; it cannot be written (disk full, read-only)."""


class KeyFileOfNewer(KeyFileUnusable):
    """The key file was written by a newer version of the program."""


class FolderLocked(JournalUnusable):
    """The folder has people with passphrases, and nobody has signed in."""


class WrongSecret(SecretRefused):
    """A passphrase or a recovery key opens nothing here; ``str`` never repeats it."""


class DatabaseGone(NotSaved):
    """The database file is not under its path any more; put back, it takes the same touch."""


class FolderTaken(NotSaved):
    """Another program may have come into the folder while it is open here; it is not ours alone."""


class NotClosedWell(JournalError):
    """The work is done, but the note of where the journal stands could not be made; the sentence says why."""


class DatabaseDamaged(JournalUnusable):
    """The database file is not what was last written."""


class DamagedInUse(DatabaseDamaged, NotSaved):
    """The database turned out damaged while it was open: what it did not take is kept, not dropped."""


class DatabaseTooNew(JournalUnusable):
    """A newer version of the program has written the database."""


class DatabaseLocked(JournalUnusable):
    """Another program holds the database."""


class UnreadableEvent(JournalError):
    """An event does not fit its kind; the sentence names the event and the field."""


class SettingRefused(JournalError):
    """A setting was given a value it cannot take."""


class BackupFailed(JournalError):
    """No backup was made, or one is not what was written; the sentence says why. Work goes on."""


class JournalGone(JournalUnusable):
    """There is no journal where one was."""
