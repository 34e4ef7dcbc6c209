"""The audit log in the administration: read, searched and exported; never changed."""

from dashboard.admin.audit import log, rules

__all__ = ["log", "rules"]
