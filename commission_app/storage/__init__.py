"""The file: tables, the one writer, history, backup, lock."""
