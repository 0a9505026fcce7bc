"""Looking back: sessions found in the whole record, and everything that was recorded of one."""
