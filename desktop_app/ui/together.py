"""Several decisions in one touch: all of their events are stored together, or none."""

from __future__ import annotations

from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.desk import Action
from desktop_app.core.events import Event
from desktop_app.core.session import Session


def together(*actions: Action) -> Action:
    """Return one action of several that do not depend on each other; the first refusal refuses all."""

    def act(session: Session, when: When) -> Decision:
        events: list[Event] = []
        for action in actions:
            decision = action(session, when)
            if isinstance(decision, Refusal):
                return decision
            events += decision
        return tuple(events)

    return act
