"""The documented HTTP API: its words, versions and types of fields, and no call-centre logic."""
