"""The administration pages, by subject."""

from dashboard.admin import (
    audit,
    boards,
    contacts,
    definitions,
    history,
    hooks,
    outgoing,
    pbx,
    people,
    queues,
    screens,
)

__all__ = [
    "audit",
    "boards",
    "contacts",
    "definitions",
    "history",
    "hooks",
    "outgoing",
    "pbx",
    "people",
    "queues",
    "screens",
]
