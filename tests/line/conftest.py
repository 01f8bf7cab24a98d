"""The installation of a test."""

from tests.line.house import house
from tests.line.under_way import kept_under_way

__all__ = ["house", "kept_under_way"]
