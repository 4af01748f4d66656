"""Fundraising: campaigns, pledges, payments."""
