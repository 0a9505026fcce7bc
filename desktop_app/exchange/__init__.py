"""Signed lines go out: to files, whole or not at all, and never twice unasked.

Imports core and coding. What was sent is told to the journal through its port; nothing here
reads a session's times again: the lines go out as they were signed.
"""
