"""Supervision: what supervisors do to agents and calls, what becomes of it, and the record of it."""
