"""One table of settings: key, what it may hold, default, and what a person reads beside it.

Values are text, stored in the journal's database; a value that was never set is its default,
today's and not the one of the day the database was made.
"""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.core.recordable import as_line
from desktop_app.core.values import dataclass
from desktop_app.store.clock import local_zone
from desktop_app.store.database import Database, SqlError, immediate
from desktop_app.store.faults import SettingRefused
from desktop_app.store.setting_checks import (
    MOST_CHAIRS,
    MOST_FAVOURITES,
    MOST_HIDDEN,
    Check,
    between,
    chair_labels,
    chair_names,
    drug_codes,
    format_names,
    line,
    npi,
    of_digits,
    one_of,
    own_drugs,
    place_of_service,
    place_on_screen,
    shaped,
    usual_orders,
    zone,
)
from desktop_app.store.standing import Standing

MOST_MINUTES = 240
_LONGEST_SAID = 400
_PUT = "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: ``check`` is its type, ``text`` its label on screen."""

    key: str
    check: Check
    default: str
    text: str


SETTINGS = {
    setting.key: setting
    for setting in (
        Setting("suite-name", line, "", "Name of the suite"),
        Setting("zone", zone, "", "Time zone; empty for this computer's"),
        Setting("setting", one_of("facility", "physician"), "facility", "Who bills"),
        Setting("place-of-service", place_of_service, "", "Place of service on the claim"),
        Setting("profile", line, "", "Payer profile"),
        Setting("chairs", between(1, MOST_CHAIRS), "12", "Number of chairs"),
        Setting("chair-labels", chair_labels, "", "Labels of the chairs, with commas between"),
        Setting("scheme", one_of("system", "light", "dark"), "system", "Colours"),
        Setting("text-size", between(80, 150), "100", "Text size in percent"),
        Setting("density", one_of("roomy", "dense"), "roomy", "How close the cards stand"),
        Setting("card-names", one_of("initials", "digits", "none"), "initials", "Patients on the cards"),
        Setting("one-minute", one_of("no", "yes"), "yes", "What one minute would change, in the panel"),
        Setting("actor", line, "", "Initials of who works here; empty for the computer's user"),
        Setting("recent-people", line, "", "Initials of who worked here lately, with commas between"),
        Setting("remind-rate", one_of("yes", "no"), "yes", "Remind of rate steps"),
        Setting("remind-vitals", one_of("yes", "no"), "yes", "Remind of vital signs"),
        Setting("remind-plan-end", one_of("yes", "no"), "yes", "Remind of planned ends"),
        Setting("remind-observation", one_of("yes", "no"), "yes", "Remind of the end of a watch"),
        Setting(
            "vitals-minutes",
            between(0, MOST_MINUTES),
            "0",
            "Minutes between vital signs; 0 as ordered",
        ),
        Setting("near-minutes", between(0, MOST_MINUTES), "0", "Minutes before a planned end; 0 for none"),
        Setting("reminder-sound", one_of("off", "tone", "voice"), "off", "Sound of reminders"),
        Setting("lock-minutes", between(0, MOST_MINUTES), "0", "Lock after so many minutes; 0 for never"),
        Setting("strip-place", place_on_screen, "", "Where the small strip stands on the screen"),
        Setting("backup-folder", line, "", "Folder for backups; empty for beside the data folder"),
        Setting("export-folder", line, "", "Folder for exported files; empty to ask"),
        Setting("export-formats", format_names, "csv", "Formats of the last export"),
        Setting("export-layout", line, "complete", "Layout of the last export's tables"),
        Setting(
            "favourite-drugs",
            drug_codes(MOST_FAVOURITES),
            "",
            "Drugs with a star, by their codes",
        ),
        Setting(
            "hidden-drugs",
            drug_codes(MOST_HIDDEN),
            "",
            "Drugs that are not offered, by their codes",
        ),
        Setting("own-drugs", own_drugs, "", "Drugs of the suite's own: name, kind, unit"),
        Setting("usual-orders", usual_orders, "", "Usual orders: drug, route, dose, minutes"),
        Setting("practice-name", line, "", "Name of who bills, as on a claim"),
        Setting("practice-npi", npi, "", "NPI of who bills"),
        Setting("practice-tax-id", of_digits(9), "", "Tax number (EIN) of who bills, nine digits"),
        Setting("practice-taxonomy", shaped("[0-9A-Z]{9}X", "261QI0500X"), "", "Taxonomy code of who bills"),
        Setting("practice-street", line, "", "Street of who bills"),
        Setting("practice-city", line, "", "City of who bills"),
        Setting("practice-state", shaped("[A-Z]{2}", "IL"), "", "State of who bills, two letters"),
        Setting("practice-zip", of_digits(5, 9), "", "ZIP code of who bills, nine digits on claims"),
        Setting("practice-contact", line, "", "Whom a receiver may ask"),
        Setting("practice-phone", of_digits(10), "", "Telephone number of that person, ten digits"),
        Setting("submitter-id", line, "", "What the receiver of claims calls this practice"),
        Setting("receiver-name", line, "", "Who receives the claims"),
        Setting("receiver-id", line, "", "The receiver's id"),
        Setting(
            "bill-type",
            shaped("[0-9]{2}", "13"),
            "13",
            "Type of bill of a hospital, its first two digits",
        ),
        Setting("test-claims", one_of("no", "yes"), "no", "Claims are a test and not to be paid"),
        Setting("hl7-application", line, "", "Application that receives HL7 charges (MSH-5)"),
        Setting("hl7-facility", line, "", "Facility that receives HL7 charges (MSH-6)"),
        Setting("hl7-credit", one_of("cd", "cr"), "cd", "What the receiver calls a credit (FT1-6)"),
        Setting(
            "hl7-times",
            one_of("range", "day"),
            "range",
            "Charges in HL7 say start and stop, or the day",
        ),
        Setting("cpt-licence", one_of("no", "yes"), "no", "This site holds a CPT licence"),
    )
}
"""Every setting by its key."""


def _user() -> str:
    import getpass  # noqa: PLC0415 - a suite that is set up says who works in it

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "workstation"


_OF_THIS_COMPUTER: dict[str, Callable[[], str]] = {"zone": local_zone, "actor": _user}
"""Where an empty value means what the operating system says."""


def checked(key: str, text: str) -> str:
    """Return a setting's value as it is to be kept. Raises SettingRefused with one sentence."""
    setting = SETTINGS.get(key)
    if setting is None:
        raise SettingRefused(f"There is no setting {as_line(key, _LONGEST_SAID)}.")
    try:
        return setting.check(text)
    except ValueError as error:
        raise SettingRefused(f"{setting.text}: {as_line(str(error), _LONGEST_SAID)}.") from None


def _anything(_key: str, _value: str) -> None:
    """Let every value be: nothing outside is known."""


class Settings:
    """Reads and changes the settings of an open database."""

    def __init__(self, database: Database, standing: Standing) -> None:
        self._database = database
        self._standing = standing
        self.further_check: Callable[[str, str], None] = _anything
        """Refuses, with SettingRefused, a value that does not fit what lies outside the database."""
        self._set: dict[str, str] = dict(database.execute("SELECT key, value FROM setting").fetchall())

    def get(self, key: str) -> str:
        """Return a setting's value, or its default. Raises KeyError for a key that is none."""
        value = self._set.get(key, SETTINGS[key].default)
        return value or _OF_THIS_COMPUTER.get(key, str)()

    def all(self) -> dict[str, str]:
        """Return every setting's value by its key."""
        return {key: self.get(key) for key in SETTINGS}

    def chairs(self) -> tuple[str, ...]:
        """Return the names of the suite's chairs, in their order."""
        return chair_names(int(self.get("chairs")), self.get("chair-labels"))

    def set(self, key: str, text: str) -> None:
        """Change a setting, durably. Raises SettingRefused, or NotSaved where the disk took nothing."""
        value = checked(key, text)
        self.further_check(key, value)
        self._store(key, value)

    def _store(self, key: str, value: str) -> None:
        try:
            with immediate(self._database.conn):
                self._database.execute(_PUT, (key, value))
                self._standing.require()
        except SqlError as error:
            raise self._database.fault(error) from error
        self._set[key] = value
