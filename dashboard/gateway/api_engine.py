"""Everything the API needs of an engine."""

from typing import Protocol

from dashboard.gateway.commands import CommandedEngine
from dashboard.gateway.history import RememberingEngine


class ApiEngine(RememberingEngine, CommandedEngine, Protocol):
    """An engine that shows what is, remembers what was, and does as it is told."""
