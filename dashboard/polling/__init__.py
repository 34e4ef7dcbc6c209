"""Asks the PBX and keeps the live state: one poller per PBX, whoever watches."""
