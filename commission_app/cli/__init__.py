"""The command line: one module a group, imported when one of its commands is called."""
