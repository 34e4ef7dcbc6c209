"""Wallboard: live state of a call centre, fan-out to boards, supervision and service levels."""
