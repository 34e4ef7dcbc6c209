"""The administration pages, by subject."""

from dashboard.admin import boards, contacts, definitions, hooks, pbx, people, queues

__all__ = ["boards", "contacts", "definitions", "hooks", "pbx", "people", "queues"]
