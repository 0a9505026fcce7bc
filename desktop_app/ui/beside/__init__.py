"""What stands beside the window: the small strip, the tray, the soft sound, and how the program is left."""
