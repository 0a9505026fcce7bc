"""Minutes into lines: pure rules over a visit, with the reason for each answer.

Imports only the core. Opens no file, reads no clock, holds no float: the dated rules, the
code map and the payer's options are given to it as text by the caller and parsed here.
"""
