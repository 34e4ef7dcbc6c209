"""The administration pages, by subject."""

from dashboard.admin import (
    audit,
    boards,
    contacts,
    definitions,
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
    "hooks",
    "outgoing",
    "pbx",
    "people",
    "queues",
    "screens",
]
