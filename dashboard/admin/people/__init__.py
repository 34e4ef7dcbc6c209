"""Users, teams and roles in the administration."""

from dashboard.admin.people import roles, teams, users

__all__ = ["roles", "teams", "users"]
