"""Chairtime: exact infusion times at the chair, coded lines with a reason for each."""

__version__ = "0.1.0"
