"""The installation of a test."""

from tests.line.house import house

__all__ = ["house"]
