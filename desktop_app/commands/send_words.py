"""What a batch lacks and how far it has come, in words for the window."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from desktop_app.commands.practice import key_of
from desktop_app.core.session import Session
from desktop_app.exchange.looking import Looked
from desktop_app.exchange.sending import Format, Practice
from desktop_app.exchange.steps import Step
from desktop_app.exchange.x12_lacks import listed
from desktop_app.ui.export.ports import Lack, Progress
from desktop_app.ui.words import count_words, who

_HALF = 500
"""Thousandths of a batch: it is written in the first half, and read back in the second."""


def lacks_of(found: Mapping[str, Looked], forms: Mapping[str, Format], practice: Practice) -> Iterator[Lack]:
    """Yield what is to be known of each format, what keeps the batch back first."""
    nowhere = _nowhere(found)
    for name, looked in found.items():
        yield from _of_practice(name, forms[name], practice, looked)
        if nowhere:
            yield _going_nowhere(name, nowhere, looked)
        elif looked.passed_over:
            yield _passed_over(name, looked)


def _of_practice(name: str, form: Format, practice: Practice, looked: Looked) -> Iterator[Lack]:
    """Yield what the practice has to say; while it has not, what sessions lack is not told besides."""
    unset = form.unset(practice)
    if unset:
        text = f"Still missing: {listed([one.words for one in unset])}."
        yield Lack(format=name, text=text, key=key_of(unset[0].field))
    elif looked.lacking:
        session, why = looked.lacking[0]
        lacking = tuple(one.id for one, _ in looked.lacking)
        text = f"{_of_all(len(lacking), looked.takes)}: {who(session)} in chair {session.chair} {why}."
        yield Lack(format=name, text=text, session=session.id, sessions=lacking)


def _passed_over(name: str, looked: Looked) -> Lack:
    session = looked.passed_over[0]
    count = _of_all(len(looked.passed_over), looked.takes + len(looked.passed_over))
    text = f"{count} not in it: {who(session)} in chair {session.chair} {looked.why_passed_over}."
    return Lack(format=name, text=text, session=session.id, keeps_back=False)


def _going_nowhere(name: str, sessions: Sequence[Session], looked: Looked) -> Lack:
    session = sessions[0]
    text = (
        f"{count_words(len(sessions), 'session goes', 'sessions go')} out in none of the formats: "
        f"{who(session)} in chair {session.chair} {looked.why_passed_over}. Choose another format too."
    )
    return Lack(format=name, text=text, session=session.id, sessions=tuple(one.id for one in sessions))


def _nowhere(found: Mapping[str, Looked]) -> list[Session]:
    """Return the sessions that none of the formats takes."""
    every = [{session.id: session for session in looked.passed_over} for looked in found.values()]
    first = every[0] if every else {}
    return [session for name, session in first.items() if all(name in others for others in every)]


def _of_all(some: int, every: int) -> str:
    return f"{some} of {count_words(every, 'session', 'sessions')}"


def step_words(step: Step, sessions: int) -> Progress:
    """Return how far a batch of so many sessions has come."""
    if not step.file:
        part = _HALF * min(step.done, sessions) // max(1, sessions)
        if step.done >= sessions:
            return Progress(part, f"All {sessions:,} written, now closed")
        return Progress(part, f"{step.done:,} of {count_words(sessions, 'session', 'sessions')} written")
    within = _HALF * step.done // max(1, step.of)
    part = _HALF + (_HALF * step.place + within) // step.places
    return Progress(part, f"Closing and checking {step.file}: {step.done:,} of {step.of:,}")
