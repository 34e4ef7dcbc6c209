"""Who may see and do what: the queues of a user's teams."""

from dashboard.access.scope import EVERYTHING, NOTHING, Scope, User, is_administrator, scope_of

__all__ = ["EVERYTHING", "NOTHING", "Scope", "User", "is_administrator", "scope_of"]
