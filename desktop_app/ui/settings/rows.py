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
GROUPS = (("Suite", SUITE), ("Billing", BILLING), ("Screen", SCREEN))
