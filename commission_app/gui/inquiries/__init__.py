"""Inquiries: the three-meeting clock, steps and letters."""
