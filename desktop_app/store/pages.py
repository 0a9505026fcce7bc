"""Whether every page of the database file is what the cipher wrote, those that hold nothing included.

Each page carries a keyed checksum of its own. The engine checks it when it reads the page; here all
are read. A page that was being written back when the power failed stands whole in the log.
"""

from __future__ import annotations

import re

from desktop_app.store.database import Database
from desktop_app.store.log_file import read_log

_PAGE = re.compile(r"page (\d+)")


def first_bad_page(database: Database) -> str:
    """Return in half a sentence which page of the file is not what was written, or nothing.

    Raises SqlError, OSError.
    """
    said = _said(database)
    if not said:
        return ""
    in_log = read_log(database.path).pages
    # A page that another program was just writing is whole the next time.
    for sentence in sorted(said & _said(database)):
        found = _PAGE.search(sentence)
        if found is None:
            return f"the database {database.path} is not of whole pages"
        if int(found[1]) not in in_log:
            return f"page {found[1]} of the database {database.path} is not what was written"
    return ""


def _said(database: Database) -> set[str]:
    return {str(row[0]) for row in database.execute("PRAGMA cipher_integrity_check")}
