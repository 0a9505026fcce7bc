"""Facts and time: what happened at the chairs, and what may happen next.

Standard library only. No window, no SQL, no files, no clock of its own, no float:
everything from outside arrives through the protocols in ``ports``.
"""
