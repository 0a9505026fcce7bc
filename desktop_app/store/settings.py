"""One table of settings: key, what it may hold, default, and what a person reads beside it.

Values are text, stored in the journal's database; a value that was never set is its default,
today's and not the one of the day the database was made.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from desktop_app.core.moments import is_zone
from desktop_app.core.recordable import as_line
from desktop_app.core.registration import npi_fault
from desktop_app.core.values import dataclass
from desktop_app.store.clock import local_zone
from desktop_app.store.database import Database, SqlError, immediate
from desktop_app.store.faults import SettingRefused
from desktop_app.store.standing import Standing

MOST_CHAIRS = 60
MOST_MINUTES = 240
_LONGEST_TEXT = 200
_LONGEST_SAID = 400
_LONGEST_LABEL = 12
_MOST_FAVOURITES = 40
_MOST_HIDDEN = 500
_NAME = re.compile(r"[a-z0-9]{1,20}")
_DRUG_CODE = re.compile(r"[A-Z][0-9]{4}")
_SMALLEST_PERCENT, _LARGEST_PERCENT = 80, 150

_PLACE = re.compile(r"-?\d{1,5},-?\d{1,5}", re.ASCII)
_PUT = "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"

Check = Callable[[str], str]
"""Returns the value as it is to be kept, or raises ValueError with the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: ``check`` is its type, ``text`` its label on screen."""

    key: str
    check: Check
    default: str
    text: str


def _line(value: str) -> str:
    line = value.strip()
    if len(line) > _LONGEST_TEXT or not line.isprintable():
        raise ValueError(f"must be one line of at most {_LONGEST_TEXT} characters")
    return line


def _zone(value: str) -> str:
    name = value.strip()
    if name and not is_zone(name):
        raise ValueError("must be a zone name such as America/New_York")
    return name


def _one_of(*words: str) -> Check:
    def check(value: str) -> str:
        word = value.strip().lower()
        if word not in words:
            raise ValueError(f"must be one of: {', '.join(words)}")
        return word

    return check


def _between(least: int, most: int) -> Check:
    def check(value: str) -> str:
        digits = value.strip()
        number = digits.lstrip("0") or digits[:1]
        if not (digits.isascii() and digits.isdigit() and least <= int(number[:9]) <= most):
            raise ValueError(f"must be a whole number from {least} to {most}")
        return number

    return check


def _place_on_screen(value: str) -> str:
    place = value.replace(" ", "")
    if place and not _PLACE.fullmatch(place):
        raise ValueError("must be two whole numbers with a comma between, or empty")
    return place


def _place_of_service(value: str) -> str:
    code = value.strip()
    if code and not (len(code) == 2 and code.isascii() and code.isdigit()):  # noqa: PLR2004 - as on a claim
        raise ValueError("must be two digits, or empty")
    return code


def _names(value: str) -> str:
    words = list(dict.fromkeys(value.lower().split()))
    if not all(_NAME.fullmatch(word) for word in words):
        raise ValueError("must be names such as csv, with spaces between")
    return _line(" ".join(words))


def _drug_codes(most: int) -> Check:
    def check(value: str) -> str:
        codes = list(dict.fromkeys(value.upper().split()))
        if len(codes) > most or not all(_DRUG_CODE.fullmatch(code) for code in codes):
            raise ValueError(f"must be at most {most} drug codes such as J1745, with spaces between")
        return " ".join(codes)

    return check


def _own_drugs(value: str) -> str:
    from desktop_app.core.suite_drugs import read_own, write_own  # noqa: PLC0415 - no start changes it

    return write_own(read_own(value))


def _usual_orders(value: str) -> str:
    from desktop_app.core.suite_drugs import read_usuals, write_usuals  # noqa: PLC0415 - as above

    return write_usuals(read_usuals(value))


def _labels(value: str) -> str:
    labels = [label.strip() for label in value.split(",")] if value.strip() else []
    if len(labels) > MOST_CHAIRS or any(len(label) > _LONGEST_LABEL for label in labels):
        raise ValueError(f"must be at most {MOST_CHAIRS} labels of at most {_LONGEST_LABEL} characters")
    return _line_of_labels(labels)


def _line_of_labels(labels: list[str]) -> str:
    names = chair_names(MOST_CHAIRS, ",".join(labels))
    if len(set(names)) < len(names):
        raise ValueError("must differ from each other, and from the number of any other chair")
    if not all(label.isprintable() for label in labels):
        raise ValueError("must be plain text")
    return ", ".join(labels)


def _digits_of(value: str) -> str:
    return re.sub(r"[ ()./-]", "", value)


def _npi(value: str) -> str:
    digits = _digits_of(value)
    if digits and npi_fault(digits):
        raise ValueError("must be ten digits, the last of which fits the others")
    return digits


def _of_digits(*counts: int) -> Check:
    def check(value: str) -> str:
        digits = _digits_of(value)
        if digits and not (digits.isascii() and digits.isdigit() and len(digits) in counts):
            raise ValueError(f"must be {' or '.join(map(str, counts))} digits")
        return digits

    return check


def _shaped(pattern: str, like: str) -> Check:
    shape = re.compile(pattern, re.ASCII)

    def check(value: str) -> str:
        word = value.strip().upper()
        if word and not shape.fullmatch(word):
            raise ValueError(f"must be such as {like}")
        return word

    return check


_tax_id, _zip, _phone = _of_digits(9), _of_digits(5, 9), _of_digits(10)
_state, _taxonomy = _shaped("[A-Z]{2}", "IL"), _shaped("[0-9A-Z]{9}X", "261QI0500X")

SETTINGS = {
    setting.key: setting
    for setting in (
        Setting("suite-name", _line, "", "Name of the suite"),
        Setting("zone", _zone, "", "Time zone; empty for this computer's"),
        Setting("setting", _one_of("facility", "physician"), "facility", "Who bills"),
        Setting("place-of-service", _place_of_service, "", "Place of service on the claim"),
        Setting("profile", _line, "", "Payer profile"),
        Setting("chairs", _between(1, MOST_CHAIRS), "12", "Number of chairs"),
        Setting("chair-labels", _labels, "", "Labels of the chairs, with commas between"),
        Setting("scheme", _one_of("system", "light", "dark"), "system", "Colours"),
        Setting("text-size", _between(_SMALLEST_PERCENT, _LARGEST_PERCENT), "100", "Text size in percent"),
        Setting("density", _one_of("roomy", "dense"), "roomy", "How close the cards stand"),
        Setting("card-names", _one_of("initials", "digits", "none"), "initials", "Patients on the cards"),
        Setting("one-minute", _one_of("no", "yes"), "yes", "What one minute would change, in the panel"),
        Setting("actor", _line, "", "Initials of who works here; empty for the computer's user"),
        Setting("recent-people", _line, "", "Initials of who worked here lately, with commas between"),
        Setting("remind-rate", _one_of("yes", "no"), "yes", "Remind of rate steps"),
        Setting("remind-vitals", _one_of("yes", "no"), "yes", "Remind of vital signs"),
        Setting("remind-plan-end", _one_of("yes", "no"), "yes", "Remind of planned ends"),
        Setting("remind-observation", _one_of("yes", "no"), "yes", "Remind of the end of a watch"),
        Setting(
            "vitals-minutes", _between(0, MOST_MINUTES), "0", "Minutes between vital signs; 0 as ordered"
        ),
        Setting("near-minutes", _between(0, MOST_MINUTES), "0", "Minutes before a planned end; 0 for none"),
        Setting("reminder-sound", _one_of("off", "tone", "voice"), "off", "Sound of reminders"),
        Setting("lock-minutes", _between(0, MOST_MINUTES), "0", "Lock after so many minutes; 0 for never"),
        Setting("strip-place", _place_on_screen, "", "Where the small strip stands on the screen"),
        Setting("backup-folder", _line, "", "Folder for backups; empty for beside the data folder"),
        Setting("export-folder", _line, "", "Folder for exported files; empty to ask"),
        Setting("export-formats", _names, "csv", "Formats of the last export"),
        Setting("export-layout", _line, "complete", "Layout of the last export's tables"),
        Setting("favourite-drugs", _drug_codes(_MOST_FAVOURITES), "", "Drugs with a star, by their codes"),
        Setting("hidden-drugs", _drug_codes(_MOST_HIDDEN), "", "Drugs that are not offered, by their codes"),
        Setting("own-drugs", _own_drugs, "", "Drugs of the suite's own: name, kind, unit"),
        Setting("usual-orders", _usual_orders, "", "Usual orders: drug, route, dose, minutes"),
        Setting("practice-name", _line, "", "Name of who bills, as on a claim"),
        Setting("practice-npi", _npi, "", "NPI of who bills"),
        Setting("practice-tax-id", _tax_id, "", "Tax number (EIN) of who bills, nine digits"),
        Setting("practice-taxonomy", _taxonomy, "", "Taxonomy code of who bills"),
        Setting("practice-street", _line, "", "Street of who bills"),
        Setting("practice-city", _line, "", "City of who bills"),
        Setting("practice-state", _state, "", "State of who bills, two letters"),
        Setting("practice-zip", _zip, "", "ZIP code of who bills, nine digits on claims"),
        Setting("practice-contact", _line, "", "Whom a receiver may ask"),
        Setting("practice-phone", _phone, "", "Telephone number of that person, ten digits"),
        Setting("submitter-id", _line, "", "What the receiver of claims calls this practice"),
        Setting("receiver-name", _line, "", "Who receives the claims"),
        Setting("receiver-id", _line, "", "The receiver's id"),
        Setting(
            "bill-type",
            _shaped("[0-9]{2}", "13"),
            "13",
            "Type of bill of a hospital, its first two digits",
        ),
        Setting("test-claims", _one_of("no", "yes"), "no", "Claims are a test and not to be paid"),
        Setting("hl7-application", _line, "", "Application that receives HL7 charges (MSH-5)"),
        Setting("hl7-facility", _line, "", "Facility that receives HL7 charges (MSH-6)"),
        Setting("hl7-credit", _one_of("cd", "cr"), "cd", "What the receiver calls a credit (FT1-6)"),
        Setting(
            "hl7-times", _one_of("range", "day"), "range", "Charges in HL7 say start and stop, or the day"
        ),
        Setting("cpt-licence", _one_of("no", "yes"), "no", "This site holds a CPT licence"),
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


def chair_names(count: int, labels: str) -> tuple[str, ...]:
    """Return the names of the chairs: the label where one is given, else the chair's number."""
    given = [label.strip() for label in labels.split(",")][:count]
    return tuple(label or str(n) for n, label in enumerate([*given, *[""] * (count - len(given))], 1))


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
