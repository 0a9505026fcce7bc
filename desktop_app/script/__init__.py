"""The touch script: one door into the journal beside the window.

What a nurse does, a JSON object a line, goes through the same decide functions and the same
desk as a touch on the screen; the other way round, the journal and the sessions can be read
as lines of JSON. For the demo day, training, tests and checks from outside.
"""
