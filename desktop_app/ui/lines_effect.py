"""What a corrected time changed on the lines: asked of the coder, and told as a fact."""

from __future__ import annotations

from desktop_app.coding.reasons import Coding
from desktop_app.core.history import Value
from desktop_app.core.moments import Moment
from desktop_app.core.service import with_moment
from desktop_app.core.session import Session, Stage
from desktop_app.ui.ports import Coder

Named = tuple[str, int]
"""A moment of a service: start, stop, or which pause or resume."""
NO_LINE = "no line"


def effect_words(
    coder: Coder,
    session: Session,
    service: str,
    named: Named,
    values: tuple[Value, ...],
    now_us: int,
) -> str:
    """Say how the lines by a moment's first value differ from those by the one that stands.

    Empty where there is only one value, or where none stands that could be compared.
    """
    stands = next((value for value in values if value.stands), None)
    if stands is None or len(values) <= 1:
        return ""
    first = min(reversed(values), key=lambda value: value.moment.recorded_us)
    before = _lines_with(coder, session, service, named, first.moment, now_us)
    after = _lines_with(coder, session, service, named, stands.moment, now_us)
    if before == after:
        return f"Effect on lines: none. Before and after: {after}."
    return f"Effect on lines: before {before}; after {after}."


def lines_words(coding: Coding) -> str:
    """Write the lines of a coding, one after another."""
    lines = (f"{'-'.join((line.code, *line.modifiers))} ×{line.units}" for line in coding.lines)
    return " · ".join(lines) or NO_LINE


def _lines_with(
    coder: Coder, session: Session, service: str, named: Named, moment: Moment, now_us: int
) -> str:
    found = session.service(service)
    if found is None:
        return NO_LINE
    other = session.with_service(with_moment(found, *named, moment))
    is_open = other.stage is Stage.OPEN
    return lines_words(coder.if_stopped(other, now_us) if is_open else coder.as_recorded(other))
