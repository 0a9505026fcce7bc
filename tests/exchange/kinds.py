"""Which formats a billing system reads, and which are paper."""

from __future__ import annotations

from desktop_app.exchange.formats import FORMATS

PAPERS = frozenset({"superbill", "day"})
"""What people read. Each is held against the table of its own batch, in ``test_paper_month``."""
READ_BY_BILLING = tuple(name for name in FORMATS if name not in PAPERS)
