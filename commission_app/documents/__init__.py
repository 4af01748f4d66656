"""Papers: rows in, PDF bytes out."""
