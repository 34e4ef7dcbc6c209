"""The websocket doors."""
