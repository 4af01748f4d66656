"""Backups in the window: made in passing, looked at, put in the file's place, and that taken back."""
