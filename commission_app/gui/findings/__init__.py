"""Findings: how each is told on screen, and how they are grouped."""
