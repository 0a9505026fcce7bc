"""What is asked once before it is recorded: a name no table has. A number and an MRN are refused as one."""

from __future__ import annotations

from desktop_app.core.suite import Suite
from desktop_app.ui.widgets.second_press import SecondPress
from desktop_app.ui.words import hidden_mrn

SHORTEST_MRN = 4
"""A shorter one may stand in a drug's name by chance."""


class AskOnce:
    """Holds back what is odd until it is asked for once more, by a press that can have read the question."""

    def __init__(self) -> None:
        self._asked = ""
        self._second = SecondPress()

    @property
    def waits(self) -> bool:
        """Whether the question is so fresh that nobody can have read it."""
        return self._second.comes_too_soon

    def holds_back(self, question: str) -> bool:
        """Return whether the question is still to be answered.

        The second press of a double click, or of a key hit twice, answers nothing.
        """
        if question == self._asked:
            return self.waits
        self._asked = question
        self._second.start()
        return True


def own_name(name: str) -> str:
    """Ask whether a drug is to be recorded by a name that no table has."""
    return f"no drug is called “{name}”. Enter again: record it by this name, without a drug line"


def no_name(name: str, suite: Suite) -> str:
    """Return why a text is no drug's name, whoever says so: it is a number, or a patient's MRN."""
    typed = name.casefold()
    for session in suite.sessions.values():
        mrn = session.mrn.casefold()
        if mrn == typed or (len(mrn) >= SHORTEST_MRN and mrn in typed):
            return f"{hidden_mrn(session.mrn)} is the MRN of a patient in chair {session.chair}, not a drug"
    if any(letter.isalpha() for letter in name):
        return ""
    return "a number alone is no drug: type the name of one, or scan its vial"
