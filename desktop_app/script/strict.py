"""Where reading a line ends: one sentence that names the key, whichever reader found the fault."""

from __future__ import annotations

from desktop_app.coding.case_text import NotJson, read_json
from desktop_app.coding.refusals import CaseError, key_path


class NotATouch(ValueError):
    """A line that cannot be read as a touch; ``str`` is one sentence that names the key."""


def read_value(line: str | bytes) -> object:
    """Return the JSON value of a line; numbers are ``int`` or ``Decimal``. Raises NotATouch."""
    try:
        return read_json((line if isinstance(line, str) else line.decode("utf-8")).strip())
    except UnicodeDecodeError:
        raise NotATouch("the line is not UTF-8 text") from None
    except NotJson as fault:
        raise NotATouch(str(fault).replace("the text", "the line", 1)) from None
    except CaseError as fault:
        raise refused(fault) from None


def refused(fault: CaseError) -> NotATouch:
    """Return a fault of the case format as one of a touch line."""
    return NotATouch(f"{key_path(fault.path) or 'the line'} {fault.fault}")
