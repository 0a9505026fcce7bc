"""The settings of billing files: who bills, who receives claims, how charge messages are written."""

from __future__ import annotations

from desktop_app.ui.settings.rows import SettingRow

PRACTICE = (
    SettingRow("practice-name", "Name", "As it stands on claims and messages; empty takes the suite's name."),
    SettingRow("practice-npi", "NPI", "Ten digits, the last of which is a check digit over the others."),
    SettingRow("practice-tax-id", "Tax number", "The nine digits of the EIN."),
    SettingRow(
        "practice-taxonomy",
        "Taxonomy code",
        "Ten characters, for example 261QI0500X, where a payer asks for it; may be empty.",
    ),
    SettingRow("practice-street", "Street", "Where care is given; claims take no post office box."),
    SettingRow("practice-city", "City", "Of the same address."),
    SettingRow("practice-state", "State", "Two letters, for example IL."),
    SettingRow("practice-zip", "ZIP code", "Claims want all nine digits."),
    SettingRow("practice-contact", "Contact", "Whom a receiver may ask."),
    SettingRow("practice-phone", "Telephone", "Ten digits, of that person."),
)
CLAIMS = (
    SettingRow("submitter-id", "Submitter id", "What the clearinghouse calls you, in 2 to 15 characters."),
    SettingRow("receiver-name", "Receiver", "Who receives the claims, mostly a clearinghouse."),
    SettingRow("receiver-id", "Receiver's id", "As the receiver says it, in 2 to 15 characters."),
    SettingRow(
        "bill-type",
        "Type of bill",
        "How a hospital's type of bill begins, in two digits; 13 is an outpatient department.",
    ),
    SettingRow(
        "test-claims",
        "Claims and messages are",
        "Leave it at a test until the clearinghouse says that your files are good.",
        (("yes", "A test"), ("no", "To be paid")),
    ),
)
MESSAGES = (
    SettingRow("hl7-application", "Receiving application", "As its interface says it (MSH-5); may be empty."),
    SettingRow("hl7-facility", "Receiving facility", "As its interface says it (MSH-6); may be empty."),
    SettingRow(
        "hl7-credit",
        "A credit is called",
        "What the receiver takes for a charge that is taken back (FT1-6); ask its vendor.",
        (("cd", "CD"), ("cr", "CR")),
    ),
    SettingRow(
        "hl7-times",
        "A charge says",
        "Start and stop, or only the day, for a receiver that takes no times (FT1-4).",
        (("range", "Start and stop"), ("day", "The day")),
    ),
)
BILLING_FILES = (("Who bills", PRACTICE), ("Claims", CLAIMS), ("Charge messages", MESSAGES))
"""The groups of the card, in the order they are read."""
