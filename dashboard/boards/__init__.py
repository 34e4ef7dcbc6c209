"""Boards: who may see which, and what they show."""
