"""The screens: cards painted with care, each drawn from a value it was given.

Imports core, coding and its own ports. Every touch goes through ``touches``; nothing here
stores, decides, or counts time.
"""
