"""One file for each command of the program; ``cli`` parses the line and calls ``run``."""
