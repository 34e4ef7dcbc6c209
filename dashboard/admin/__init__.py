"""The administration pages, by subject."""

from dashboard.admin import boards, pbx

__all__ = ["boards", "pbx"]
