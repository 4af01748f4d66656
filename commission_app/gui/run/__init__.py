"""The screen that runs a meeting, in the whole window and by keyboard alone."""
