"""The settings a person meets on screen: key, name, the sentence beside it, and what may be chosen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting on the page; without options it is a line of text."""

    key: str
    name: str
    text: str
    options: tuple[tuple[str, str], ...] = ()


SUITE = (
    SettingRow("suite-name", "Suite", "Stands in the window's title and on exports."),
    SettingRow("chairs", "Chairs", "How many chairs the board shows, from 1 to 60."),
    SettingRow(
        "chair-labels", "Chair labels", "Names for the chairs, with commas between; empty gives numbers."
    ),
    SettingRow("zone", "Time zone", "Every time on screen and in exports is told in this zone."),
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
        "place-of-service", "Place of service", "Two digits for the claim, for example 11; may be empty."
    ),
    SettingRow("export-folder", "Export folder", "Where exports are written; empty asks each time."),
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
        "Everything grows with the text, up to one and a half times.",
        (("100", "100 %"), ("125", "125 %"), ("150", "150 %")),
    ),
    SettingRow("actor", "Who works here", "Initials kept with every touch; in effect from the next start."),
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
    SettingRow(
        "lock-minutes",
        "Lock after … minutes",
        "Hides every name when nobody has touched the computer for so long; timers go on. 0 never locks.",
    ),
)
GROUPS = (("Suite", SUITE), ("Billing", BILLING), ("Reminders and lock", REMINDERS), ("Screen", SCREEN))
