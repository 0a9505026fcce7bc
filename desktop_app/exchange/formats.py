"""The formats a batch can hold, by the name people ask for them.

A format is loaded when it is asked for: some bring a library that the board never needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from desktop_app.exchange.sending import Format


def _csv() -> Format:
    from desktop_app.exchange.csv_file import CSV  # noqa: PLC0415 - see above

    return CSV


def _excel() -> Format:
    from desktop_app.exchange.excel import EXCEL  # noqa: PLC0415 - see above

    return EXCEL


def _x12() -> Format:
    from desktop_app.exchange.x12 import X12  # noqa: PLC0415 - see above

    return X12


def _hl7() -> Format:
    from desktop_app.exchange.hl7 import HL7  # noqa: PLC0415 - see above

    return HL7


def _superbill() -> Format:
    from desktop_app.exchange.superbill_pdf import SUPERBILL  # noqa: PLC0415 - see above

    return SUPERBILL


def _day() -> Format:
    from desktop_app.exchange.day_pdf import DAY  # noqa: PLC0415 - see above

    return DAY


def _fhir() -> Format:
    from desktop_app.exchange.fhir import FHIR  # noqa: PLC0415 - see above

    return FHIR


FORMATS: dict[str, Callable[[], Format]] = {
    "csv": _csv,
    "xlsx": _excel,
    "x12": _x12,
    "hl7": _hl7,
    "fhir": _fhir,
    "superbill": _superbill,
    "day": _day,
}
"""Each format by its name; called, it loads the format."""


def chosen(names: Iterable[str]) -> dict[str, Format]:
    """Return the formats of these names, each once. Raises KeyError with the first unknown name."""
    return {name: FORMATS[name]() for name in dict.fromkeys(names)}
