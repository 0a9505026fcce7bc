"""The settings a person meets on screen: a table of sections and rows, the sentence beside each.

A further setting is a line here, and its check and default in the store's own table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop_app.core.values import dataclass
from desktop_app.ui.station import Station

Options = Sequence[tuple[str, str]]
"""What may be chosen: the value kept, and the words on the chip."""

NO_OR_YES = (("yes", "Shown"), ("no", "Hidden"))


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting on the page; without options it is a line of text."""

    key: str
    name: str
    text: str
    options: Options = ()
    options_of: Callable[[Station], Options] | None = None
    """Gives the options where they are not always the same."""
    control_of: Callable[[Station], QWidget] | None = None
    """Makes a control of its own in the place of a field: a list to keep, a button to press."""


def _payers(station: Station) -> Options:
    return station.billing.payers()


SUITE = (
    SettingRow("suite-name", "Suite", "Stands in the window's title and on exports."),
    SettingRow("zone", "Time zone", "Every time on screen and in exports is told in this zone."),
    SettingRow("actor", "Who works here", "Initials kept with every touch from now on."),
)
BOARD = (
    SettingRow("chairs", "Chairs", "How many chairs the board shows, from 1 to 60."),
    SettingRow(
        "chair-labels", "Chair labels", "Names for the chairs, with commas between; empty gives numbers."
    ),
    SettingRow(
        "density",
        "Cards",
        "Roomy cards say everything, and the board scrolls when there are many. Dense cards keep the "
        "time as large on half the height, with icons for the actions.",
        (("roomy", "Roomy"), ("dense", "Dense")),
    ),
)
SCREEN = (
    SettingRow(
        "scheme",
        "Colours",
        "System follows this computer's light or dark scheme.",
        (("system", "System"), ("light", "Light"), ("dark", "Dark")),
    ),
    SettingRow(
        "text-size",
        "Text size",
        "Everything grows with the text, up to one and a half times; what is pressed never shrinks.",
        tuple((str(percent), f"{percent} %") for percent in (80, 90, 100, 110, 125, 150)),
    ),
)
YES_NO = (("yes", "Yes"), ("no", "No"))
REMINDERS = (
    SettingRow(
        "remind-rate",
        "Rate steps",
        "Says when an ordered rate step is due, with its rate; recording a new rate settles it.",
        YES_NO,
    ),
    SettingRow(
        "remind-vitals",
        "Vital signs",
        "Says when vital signs are due while a drug runs; pauses do not count.",
        YES_NO,
    ),
    SettingRow(
        "remind-plan-end",
        "Planned end",
        "Asks to be seen when the planned time is over. Nothing stops by itself.",
        YES_NO,
    ),
    SettingRow(
        "remind-observation",
        "Watch afterwards",
        "Says when an ordered watch after a stop or a push is over.",
        YES_NO,
    ),
    SettingRow(
        "vitals-minutes",
        "Vital signs every … minutes",
        "For drugs whose order does not say how often; 0 reminds only where it does.",
    ),
    SettingRow(
        "near-minutes",
        "Minutes before the planned end",
        "Says ahead that a planned end is near; 0 says it only when it is there.",
    ),
    SettingRow(
        "reminder-sound",
        "Sound",
        "A soft sound when something is due, again every two minutes until it is seen. "
        "Voice says the chair's number too, where this computer has one.",
        (("off", "Off"), ("tone", "Soft sound"), ("voice", "With voice")),
    ),
)
PRIVACY = (
    SettingRow(
        "card-names",
        "Patients on the cards",
        "How much of a name stands on the board, where visitors can read it. The panel beside it shows "
        "the chosen patient's initials.",
        (("initials", "Initials and digits"), ("digits", "Last digits"), ("none", "Nothing")),
    ),
    SettingRow(
        "lock-minutes",
        "Lock after … minutes",
        "Hides every name when nobody has touched the computer for so long; timers go on. 0 never locks.",
    ),
)
BILLING = (
    SettingRow(
        "setting",
        "Who bills",
        "An office bills as a physician's practice, a hospital as an outpatient department. "
        "It decides the order of the codes, for patients seated from now on.",
        (("physician", "Office"), ("facility", "Hospital outpatient")),
    ),
    SettingRow(
        "profile",
        "Payer",
        "Whose rules the lines follow, for patients seated from now on.",
        options_of=_payers,
    ),
    SettingRow(
        "place-of-service", "Place of service", "Two digits for the claim, for example 11; may be empty."
    ),
    SettingRow("export-folder", "Export folder", "Where exports are written; empty asks each time."),
    SettingRow(
        "one-minute",
        "What one minute changes",
        "Whether the panel says, as a fact, how far each line is from its next unit.",
        NO_OR_YES,
    ),
)
GROUPS = (
    ("Suite", SUITE),
    ("Board", BOARD),
    ("Screen", SCREEN),
    ("Privacy and lock", PRIVACY),
    ("Billing", BILLING),
    ("Reminders", REMINDERS),
)
"""The sections in the order they are read."""
