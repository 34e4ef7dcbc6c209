"""Screens: pairing without a keyboard, what each shows and when, announcements, and how the fleet is."""
