"""Settings: the commission and its letterhead, the rule book, backups, appearance."""
