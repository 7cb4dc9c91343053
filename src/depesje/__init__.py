"""Depesje turns a Norwegian news article into a briefing that can be checked."""

__version__ = "0.1.0"
