"""Boards in the administration."""

from __future__ import annotations

from django.contrib import admin

from dashboard.models import Board


@admin.register(Board)
class BoardAdmin(admin.ModelAdmin[Board]):
    list_display = ["title", "slug", "numbers", "names", "caller_names", "pause_titles"]
    list_filter = ["numbers", "names", "pbxs"]
    search_fields = ["title", "slug"]
    prepopulated_fields = {"slug": ["title"]}
    filter_horizontal = ["pbxs"]
    fieldsets = [
        (None, {"fields": ["title", "slug"]}),
        ("What it shows", {"fields": ["pbxs", "queue_ids"]}),
        (
            "Privacy",
            {
                "fields": ["numbers", "caller_names", "names", "surname_first", "pause_titles"],
                "description": "What is hidden here never leaves the server.",
            },
        ),
    ]
