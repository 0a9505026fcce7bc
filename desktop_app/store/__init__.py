"""Durable things: the journal, its key, the settings, and the machine's clocks.

Imports core only. Everything that reaches the disk goes through this room, and nothing leaves
it as a half-truth: a call returns when the bytes are durable, or raises one clear sentence.
"""
