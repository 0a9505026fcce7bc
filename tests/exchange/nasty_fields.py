"""Texts that break formats, and every field by which one of them can get into a file.

A mail is what one format is given: the rows of one session, and the batch they go out in. Each field puts a
text into a mail, whatever the desk, the settings or a layout's file would say to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from desktop_app.coding.tables import TableRow, by_key
from desktop_app.core.layouts import LayoutColumn
from desktop_app.core.people import Address, Insured, Provider, Relation
from desktop_app.core.service import Pause, Service
from desktop_app.core.session import Note, Session
from desktop_app.exchange.charges import Charges
from desktop_app.exchange.rows import Action, Row
from desktop_app.exchange.sending import STANDARD, Sending
from tests.exchange.claim_files import SENDING, rows_of_number
from tests.exchange.month import CHARGED_FROM, CHARGES, correction_rows

TEXTS = {
    "a formula": "=1+1",
    "a number with a sign": "-5",
    "a function": "@SUM(A1)",
    "a formula after a tab": "\t=1",
    "an apostrophe and a formula": "'=quoted",
    "quotes": 'said "no"',
    "two quotes": '""',
    "commas and semicolons": "a, b; c",
    "line ends": "two\r\nlines\nand\rmore",
    "separators of HL7": "a|b^c~d\\e&f",
    "escapes of HL7": "\\F\\ \\X0D\\ \\.br\\",
    "separators of X12": "a*b:c^d~e>f",
    "separators of X12 alone": "*~:^",
    "an accent alone": "\u0301",
    "markup": "<b>&amp;</b>]]>",
    "JSON": '{"a":["\\u0007"]}',
    "escapes of Excel": "_x0041_",
    "right to left": "שלום \u202eabc\u202c",
    "emoji": "💉🩸 👩🏽‍⚕️",
    "accents": "Núñez Ǻ e\u0301 ß",
    "spaces around": " x  y ",
    "separators of lines": "a\u2028b\u2029c\u0085d",
    "no-break and no width": "a\u00a0b\u200b\ufeffc",
    "the last of a plane": "\U0010fffd",
    "10,000 characters": "x" * 10_000,
    "control characters": "\x01\x07\x1f\x7f",
    "NUL": "a\x00b",
    "no character": "a\uffffb",
    "half a character": "half \ud83d",
}

OFFICE, HOSPITAL = 16, 8
"""Sessions of the month in which somebody else is insured, billed by each of the two."""


CHARGED = Charges(
    {**CHARGES.rows, **by_key([TableRow(("J9999",), ("100", ""), CHARGED_FROM)])}, CHARGES.usual_revenue
)

CHARGING = replace(SENDING, practice=replace(SENDING.practice, charges=CHARGED))


@dataclass(frozen=True)
class Mail:
    """What is given to a format."""

    rows: tuple[Row, ...]
    sending: Sending = CHARGING

    @property
    def session(self) -> Session:
        """The session."""
        return self.rows[0].session

    def with_session(self, **changes: Any) -> Mail:  # noqa: ANN401 - by name
        """Return it with another session."""
        session = replace(self.session, **changes)
        return replace(self, rows=tuple(replace(row, session=session) for row in self.rows))

    def registered(self, **changes: Any) -> Mail:  # noqa: ANN401 - by name
        """Return it with something else known of the patient."""
        return self.with_session(registration=replace(self.session.registration, **changes))

    def with_lines(self, **changes: Any) -> Mail:  # noqa: ANN401 - by name
        """Return it with something else said of each line."""
        rows = (replace(row, line=replace(row.line, **changes)) for row in self.rows)
        return replace(self, rows=tuple(rows))

    def signed(self, **changes: Any) -> Mail:  # noqa: ANN401 - by name
        """Return it signed otherwise."""
        signature = replace(self.rows[0].signature, **changes)
        mail = self.with_session(signatures=(*self.session.signatures[:-1], signature))
        return replace(mail, rows=tuple(replace(row, signature=signature) for row in mail.rows))

    def with_service(self, change: Callable[[Service], Service]) -> Mail:
        """Return it with its first service given otherwise."""
        first, *others = self.session.services
        return self.with_session(services=(change(first), *others))

    def from_practice(self, **changes: Any) -> Mail:  # noqa: ANN401 - by name
        """Return it from another practice."""
        practice = replace(self.sending.practice, **changes)
        return replace(self, sending=replace(self.sending, practice=practice))

    def laid_out(self, column: LayoutColumn) -> Mail:
        """Return it with a layout of one column more."""
        layout = replace(STANDARD, columns=(column, *STANDARD.columns))
        return replace(self, sending=replace(self.sending, layout=layout))


def first_mail(number: int = OFFICE) -> Mail:
    """Return one line of a session that goes out for the first time: of a drug that only its name tells."""
    row = next(row for row in rows_of_number(number) if row.line.kind == "drug")
    line = replace(row.line, code="J9271", services=(row.session.services[0].id,))
    return Mail((replace(row, line=line),))


def correction_mail() -> Mail:
    """Return what takes back the lines of a session that never happened."""
    return Mail(next(rows[:1] for rows in correction_rows() if rows[0].action is Action.VOID))


def _named(mail: Mail, text: str) -> Mail:
    mail = mail.with_session(id=text)
    rows = (replace(row, id=f"{text}.1.01", line=replace(row.line, id=f"{text}.1.01")) for row in mail.rows)
    return replace(mail, rows=tuple(rows))


def _placed(mail: Mail, text: str) -> Mail:
    return mail.with_session(place_of_service=text).signed(place_of_service=text)


def _address(mail: Mail, **changes: str) -> Mail:
    return mail.registered(address=replace(mail.session.registration.address or Address(), **changes))


def _insured(mail: Mail, family: str, given: str) -> Mail:
    return mail.registered(insured=Insured(relation=Relation.OTHER, family=family, given=given))


def _ordered(mail: Mail, **changes: str) -> Mail:
    order = mail.session.services[0].order
    return mail.with_service(lambda service: replace(service, order=replace(order, **changes)))  # type: ignore[arg-type]  # by name


def _dosed(mail: Mail, text: str) -> Mail:
    order = mail.session.services[0].order
    assert order.dose is not None
    dose = replace(order.dose, unit=text)
    return mail.with_service(lambda service: replace(service, order=replace(order, dose=dose)))


def _told_apart(mail: Mail, text: str) -> Mail:
    return mail.with_service(lambda service: replace(service, id=text)).with_lines(services=(text,))


def _noted(mail: Mail, text: str) -> Mail:
    service = mail.session.services[0]
    return mail.with_session(notes=(Note(mail.session.seated, text, service.id),))


def _paused(mail: Mail, text: str) -> Mail:
    seated = mail.session.seated
    return mail.with_service(lambda service: replace(service, pauses=(Pause(seated, seated, text),)))


def _reopened(mail: Mail, text: str) -> Mail:
    return mail.with_session(reopened=(Note(mail.session.seated, text),))


def _signed_by(mail: Mail, text: str) -> Mail:
    return mail.signed(at=replace(mail.rows[0].signature.at, by=text))


def _provider(family: str = "", given: str = "") -> Provider:
    return Provider(family=family or "Example", given=given, npi="1234567893")


Put = Callable[[Mail, str], Mail]

OF_THE_SESSION: dict[str, Put] = {
    "session id": _named,
    "MRN": lambda mail, text: mail.with_session(mrn=text),
    "initials": lambda mail, text: mail.with_session(initials=text),
    "initials alone": lambda mail, text: mail.with_session(initials=text).registered(family="", given=""),
    "chair": lambda mail, text: mail.with_session(chair=text),
    "place of service": _placed,
    "last name": lambda mail, text: mail.registered(family=text),
    "first name": lambda mail, text: mail.registered(given=text),
    "visit number": lambda mail, text: mail.registered(account=text),
    "street": lambda mail, text: _address(mail, street=text),
    "city": lambda mail, text: _address(mail, city=text),
    "payer": lambda mail, text: mail.registered(payer=text),
    "payer id": lambda mail, text: mail.registered(payer_id=text),
    "claim filing code": lambda mail, text: mail.registered(filing=text),
    "member id": lambda mail, text: mail.registered(member_id=text),
    "group number": lambda mail, text: mail.registered(group=text),
    "authorisation": lambda mail, text: mail.registered(authorisation=text),
    "insured person's last name": lambda mail, text: _insured(mail, text, "Pat"),
    "insured person's first name": lambda mail, text: _insured(mail, "Insured", text),
    "last name of who ordered": lambda mail, text: mail.registered(ordering=_provider(text)),
    "first name of who ordered": lambda mail, text: mail.registered(ordering=_provider(given=text)),
    "last name of who gave it": lambda mail, text: mail.registered(rendering=_provider(text)),
    "first name of who gave it": lambda mail, text: mail.registered(rendering=_provider(given=text)),
}
"""What is known of a patient and the visit."""

OF_THE_CARE: dict[str, Put] = {
    "service": _told_apart,
    "drug": lambda mail, text: _ordered(mail, drug=text),
    "unit of the dose": _dosed,
    "site": lambda mail, text: _ordered(mail, site=text),
    "encounter": lambda mail, text: _ordered(mail, encounter=text),
    "note": _noted,
    "reason of a pause": _paused,
    "who signed": _signed_by,
    "rulebook": lambda mail, text: mail.signed(rulebook=text),
    "profile": lambda mail, text: mail.signed(profile=text),
    "reason of the line": lambda mail, text: mail.with_lines(why=text),
    "drugs of the line": lambda mail, text: mail.with_lines(drugs=(text,)),
    "drugs of a line without a code": lambda mail, text: mail.with_lines(drugs=(text,), code="J9999"),
    "rule of the line": lambda mail, text: mail.with_lines(rules=(text,)),
    "source of the line": lambda mail, text: mail.with_lines(sources=(text,)),
}
"""What was given, and what a line says of it."""

OF_A_CORRECTION: dict[str, Put] = {
    "reason of a void": lambda mail, text: mail.with_service(lambda one: replace(one, void_reason=text)),
    "reason of a reopening": _reopened,
}
"""What only a correction says."""

OF_THE_PRACTICE: dict[str, Put] = {
    "practice": lambda mail, text: mail.from_practice(name=text),
    "practice without a submitter id": lambda mail, text: mail.from_practice(name=text, submitter_id=""),
    "taxonomy code": lambda mail, text: mail.from_practice(taxonomy=text),
    "street of the practice": lambda mail, text: mail.from_practice(street=text),
    "city of the practice": lambda mail, text: mail.from_practice(city=text),
    "contact": lambda mail, text: mail.from_practice(contact=text),
    "telephone number": lambda mail, text: mail.from_practice(phone=text),
    "submitter id": lambda mail, text: mail.from_practice(submitter_id=text),
    "receiver": lambda mail, text: mail.from_practice(receiver=text),
    "receiver id": lambda mail, text: mail.from_practice(receiver_id=text),
    "receiving application": lambda mail, text: mail.from_practice(charge_receiver=(text, "")),
    "receiving facility": lambda mail, text: mail.from_practice(charge_receiver=("", text)),
    "type of bill": lambda mail, text: mail.from_practice(bill_type=text),
    "who sends": lambda mail, text: replace(mail, sending=replace(mail.sending, by=text)),
}
"""What the settings say."""

OF_THE_LAYOUT: dict[str, Put] = {
    "heading": lambda mail, text: mail.laid_out(LayoutColumn(head=text, take="line")),
    "fixed text": lambda mail, text: mail.laid_out(LayoutColumn(head="Fixed", fixed=text)),
}
"""What a layout says."""

FIELDS: dict[str, Put] = {
    **OF_THE_SESSION,
    **OF_THE_CARE,
    **OF_A_CORRECTION,
    **OF_THE_PRACTICE,
    **OF_THE_LAYOUT,
}


BY_ITSELF = {"session id", "initials alone", "first name of who ordered", "first name of who gave it"}
"""What cannot stand in one mail with the other fields of a session."""
TOGETHER = tuple(name for name in (*OF_THE_SESSION, *OF_THE_CARE) if name not in BY_ITSELF)
"""What can."""


def mail_with(text: str, *fields: str, number: int = OFFICE) -> Mail:
    """Return a mail that has a text in some fields."""
    mail = correction_mail() if set(fields) <= OF_A_CORRECTION.keys() else first_mail(number)
    for field in fields:
        mail = FIELDS[field](mail, text)
    return mail
