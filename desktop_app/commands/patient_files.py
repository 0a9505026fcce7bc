"""Files of patients as the window reads them; what reads them is loaded with the first one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.commands.streams import LARGEST, NothingDone
from desktop_app.core.desk import Desk
from desktop_app.core.ports import Journal
from desktop_app.ui.billing_ports import CannotBeRead

if TYPE_CHECKING:
    from desktop_app.commands.registering import PatientFile


def read_patients(path: Path, desk: Desk, journal: Journal, today: date) -> PatientFile:
    """Return a file as it was read. Raises CannotBeRead with one sentence."""
    from desktop_app.commands.registering import PatientFile, told_in  # noqa: PLC0415 - as the docstring says

    if path.is_file() and path.stat().st_size > LARGEST:
        raise CannotBeRead(f"{path.name} is too large to be a file of patients.")
    try:
        return PatientFile(told_in(str(path), today), desk, journal)
    except NothingDone as fault:
        raise CannotBeRead(str(fault)) from fault
