"""Importing lists of contacts, members, pledges and payments."""
