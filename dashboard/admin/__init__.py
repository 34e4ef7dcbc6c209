"""The administration pages, by subject."""

from dashboard.admin import boards, contacts, hooks, pbx, people, queues

__all__ = ["boards", "contacts", "hooks", "pbx", "people", "queues"]
