"""Meetings: the list, one meeting's agenda, its posting and its attendance."""
