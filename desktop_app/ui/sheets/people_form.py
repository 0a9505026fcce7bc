"""What is asked of patient, providers, diagnoses and payer: a part each, filled in and read back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.people import Address, Pointer, Provider, Registration, Relation, Sex
from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.day_text import day_text, read_day
from desktop_app.ui.review.people_model import icd_words
from desktop_app.ui.sheets import people_checks as checks
from desktop_app.ui.sheets.checked_fields import SEXES, CheckedField, NamedChoice
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.fields import let_scans_in
from desktop_app.ui.widgets.labels import heading, label

Today = Callable[[], date]
RELATIONS = (
    (Relation.SELF, "The patient"),
    (Relation.SPOUSE, "Spouse"),
    (Relation.CHILD, "Parent"),
    (Relation.OTHER, "Another"),
)
"""Who is insured; the patient is a parent's child."""
FOR_THE_FIRST = "A service is for the first diagnosis unless others are named by number, such as 2 or 1 3."
NPI_LENGTH = 10


class Part(QWidget):
    """A heading and rows of fields under it."""

    def __init__(self, theme: Theme, title: str, today: Today) -> None:
        super().__init__()
        self.theme, self._today = theme, today
        self.fields: list[CheckedField] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, theme.px(6), 0, 0)
        self.column.setSpacing(theme.px(8))
        self.column.addWidget(heading(title))

    def line(self, name: str, text: str, key: str = "", *, scans: bool = False) -> CheckedField:
        """Return a new field for a line of text of the registration."""
        check = checks.line_check(key, self._today) if key else checks.name_check(self._today)
        return self.keep(CheckedField(self.theme, name, text, check=check), scans=scans)

    def keep(self, field: CheckedField, *, scans: bool = False) -> CheckedField:
        """Count a field among those that are verified."""
        self.fields.append(field)
        if scans:
            let_scans_in(field.edit)
        return field

    def row(self, *parts: tuple[QWidget, int]) -> QHBoxLayout:
        """Add parts beside each other, each with its share of the width."""
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(8))
        for part, share in parts:
            row.addWidget(part, share, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        return row


class PatientPart(Part):
    """Who the patient is."""

    def __init__(self, theme: Theme, session: Session, today: Today) -> None:
        super().__init__(theme, "Patient", today)
        known, place = session.registration, session.registration.address or Address()
        self._mrn = session.mrn
        self.mrn = self.keep(CheckedField(theme, "MRN", session.mrn, hint="Scan or type"), scans=True)
        self.initials = self.keep(CheckedField(theme, "Initials", session.initials))
        self.reason = self.keep(CheckedField(theme, "Why another MRN?"))
        self.account = self.line("Visit number", known.account, "account", scans=True)
        self.family = self.line("Last name", known.family, "family")
        self.given = self.line("First name", known.given, "given")
        born = day_text(known.birth_date)
        self.born = self.keep(
            CheckedField(theme, "Birth date", born, check=checks.born_check(today), hint="12/31/1960")
        )
        self.sex = NamedChoice(theme, "Sex", SEXES, known.sex or "")
        parts = (
            ("street", place.street),
            ("city", place.city),
            ("state", place.state),
            ("zip_code", place.zip_code),
        )
        self.address = {name: self._address(name, text) for name, text in parts}
        self.row((self.mrn, 2), (self.initials, 1), (self.account, 2))
        self.column.addWidget(self.reason)
        self.row((self.family, 1), (self.given, 1))
        self.row((self.born, 1), (self.sex, 3))
        self.row(*((field, share) for field, share in zip(self.address.values(), (4, 3, 1, 2), strict=True)))
        self.mrn.edit.textChanged.connect(lambda _: self._ask_why())
        self._ask_why()

    @property
    def is_another(self) -> bool:
        """Whether another MRN stands in place of the one there was."""
        return bool(self._mrn) and self.mrn.text != self._mrn

    def _ask_why(self) -> None:
        self.reason.setVisible(self.is_another)

    def _address(self, name: str, text: str) -> CheckedField:
        called = {"zip_code": "ZIP"}.get(name, name.capitalize())
        check = checks.address_check(name, self._today)
        return self.keep(CheckedField(self.theme, called, text, check=check))


class ProviderPart(Part):
    """Who ordered or gave the care."""

    def __init__(self, theme: Theme, title: str, provider: Provider | None, today: Today) -> None:
        super().__init__(theme, title, today)
        known = provider or Provider()
        self.family = self.line(f"{title}: last name", known.family)
        self.given = self.line(f"{title}: first name", known.given)
        self.npi = self.keep(
            CheckedField(theme, "NPI", known.npi, check=checks.check_npi, whole=NPI_LENGTH), scans=True
        )
        self.npi.edit.setAccessibleName(f"{title}: NPI")
        self.row((self.family, 2), (self.given, 2), (self.npi, 2))

    def fill_from(self, other: ProviderPart) -> None:
        """Be the same person as another."""
        for mine, theirs in zip(self.fields, other.fields, strict=True):
            mine.set_text(theirs.text)

    def provider(self) -> Provider:
        """Return the provider as typed."""
        return Provider(family=self.family.text, given=self.given.text, npi=self.npi.text)


class DiagnosisPart(Part):
    """What the care was for, and which service for which of it."""

    def __init__(self, theme: Theme, session: Session, today: Today) -> None:
        super().__init__(theme, "Diagnoses", today)
        known = session.registration
        codes = " ".join(icd_words(code) for code in known.diagnoses)
        check = checks.diagnoses_check(today)
        self.codes = self.keep(
            CheckedField(
                theme, "ICD-10-CM codes, the principal one first", codes, check=check, hint="K50.90 D50.9"
            ),
            scans=True,
        )
        self.column.addWidget(self.codes)
        said = {pointer.service: " ".join(map(str, pointer.diagnoses)) for pointer in known.pointers}
        begun = session.begun_services
        self.pointers = {
            service.id: self._pointer(words.drug_name(service.order), said.get(service.id, ""))
            for service in begun
        }
        if begun:
            told = (
                "A service is for the first diagnosis unless numbers of others are given, such as 2 or 1 3."
            )
            self.column.addWidget(label(told, size=12, tone="soft", wrap=True))
        fields = list(self.pointers.values())
        for at in range(0, len(fields), 3):
            self.row(*((field, 1) for field in fields[at : at + 3]))

    def _pointer(self, drug: str, text: str) -> CheckedField:
        check = checks.pointer_check(lambda: len(checks.codes_in(self.codes.text)))
        return self.keep(CheckedField(self.theme, f"{drug} is for", text, check=check, hint="1"))

    def told(self) -> tuple[Pointer, ...]:
        """Return which services are for which diagnoses."""
        found = (checks.pointer_in(name, field.text) for name, field in self.pointers.items())
        return tuple(pointer for pointer in found if pointer is not None)


class PayerPart(Part):
    """Who pays, and for whom."""

    def __init__(self, theme: Theme, known: Registration, today: Today) -> None:
        super().__init__(theme, "Payer", today)
        self.payer = self.line("Payer", known.payer, "payer")
        self.payer_id = self.line("Payer id", known.payer_id, "payer_id", scans=True)
        self.filing = self.line("Claim filing code", known.filing, "filing")
        self.member = self.line("Member id", known.member_id, "member_id", scans=True)
        self.group = self.line("Group number", known.group, "group", scans=True)
        self.authorisation = self.line("Authorisation", known.authorisation, "authorisation", scans=True)
        self.filing.edit.setPlaceholderText("MB, CI, BL, …")
        self.row((self.payer, 3), (self.payer_id, 2), (self.filing, 2))
        self.row((self.member, 3), (self.group, 2), (self.authorisation, 2))
        self._add_insured(known)

    def _add_insured(self, known: Registration) -> None:
        theme, insured = self.theme, known.insured
        relation = insured.relation if insured else Relation.SELF
        self.relation = NamedChoice(theme, "Who is insured", RELATIONS, relation)
        self.family = self.line("Insured: last name", insured.family if insured else "")
        self.given = self.line("Insured: first name", insured.given if insured else "")
        born = day_text(insured.birth_date) if insured else ""
        self.born = self.keep(
            CheckedField(
                theme, "Insured: birth date", born, check=checks.born_check(self._today), hint="12/31/1960"
            )
        )
        self.sex = NamedChoice(theme, "Insured: sex", SEXES, insured.sex or "" if insured else "")
        self.column.addWidget(self.relation)
        self.row((self.family, 1), (self.given, 1))
        self.row((self.born, 1), (self.sex, 3))
        self.relation.choice.chosen.connect(lambda _: self._ask_who())
        self._ask_who()

    def _ask_who(self) -> None:
        is_other = self.relation.taken != Relation.SELF
        for part in (self.family, self.given, self.born, self.sex):
            part.setVisible(is_other)


class PeopleForm(QWidget):
    """Everything that billing may know of a session."""

    def __init__(self, theme: Theme, session: Session, today: Today) -> None:
        super().__init__()
        known = session.registration
        self.patient = PatientPart(theme, session, today)
        self.ordering = ProviderPart(theme, "Ordered by", known.ordering, today)
        self.rendering = ProviderPart(theme, "Given by", known.rendering, today)
        self.diagnoses = DiagnosisPart(theme, session, today)
        self.payer = PayerPart(theme, known, today)
        self.same = Button(theme, "The same as who ordered", kind=Kind.LINK)
        self.same.clicked.connect(lambda: self.rendering.fill_from(self.ordering))
        self.rendering.column.addWidget(self.same, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in self.parts:
            column.addWidget(part)

    @property
    def parts(self) -> Sequence[Part]:
        """The parts in the order they are read."""
        return (self.patient, self.ordering, self.rendering, self.diagnoses, self.payer)

    def fields(self) -> list[CheckedField]:
        """Return every field that can be seen, in reading order."""
        return [field for part in self.parts for field in part.fields if not field.isHidden()]

    def registration(self) -> Registration:
        """Return what is typed; every field was verified before."""
        patient, payer = self.patient, self.payer
        born, sex = patient.born.text, patient.sex.taken
        return Registration(
            family=patient.family.text,
            given=patient.given.text,
            birth_date=read_day(born) if born else None,
            sex=Sex(sex) if sex else None,
            address=Address(**{name: field.text for name, field in patient.address.items()}),
            account=patient.account.text,
            ordering=self.ordering.provider(),
            rendering=self.rendering.provider(),
            diagnoses=checks.codes_in(self.diagnoses.codes.text),
            pointers=self.diagnoses.told(),
            payer=payer.payer.text,
            payer_id=payer.payer_id.text,
            filing=payer.filing.text,
            member_id=payer.member.text,
            group=payer.group.text,
            authorisation=payer.authorisation.text,
            insured=checks.insured_of(
                payer.relation.taken, payer.family.text, payer.given.text, payer.born.text, payer.sex.taken
            ),
        )
