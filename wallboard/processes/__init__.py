"""Starts all processes of a wallboard under one supervisor, and stops them all again."""
