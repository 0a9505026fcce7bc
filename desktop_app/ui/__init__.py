"""What people see and touch: Qt widgets over the core's values, with no facts of their own.

Imports core, coding and its own ports. Every touch goes through ``touches``; nothing here
stores, decides, or counts time.
"""
