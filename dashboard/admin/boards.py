"""Boards in the administration."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dashboard.admin.losses import TellsLosses
from dashboard.models import Board


@admin.register(Board)
class BoardAdmin(TellsLosses):
    list_display = ["title", "slug", "numbers", "names", "caller_names", "pause_titles"]
    list_filter = ["numbers", "names", "pbxs"]
    search_fields = ["title", "slug"]
    search_help_text = _("A title, or the last part of the address.")
    empty_text = _("Add a board, and it appears in everybody's list whose teams have one of its queues.")
    prepopulated_fields = {"slug": ["title"]}
    filter_horizontal = ["pbxs"]
    fieldsets = [
        (None, {"fields": ["title", "slug"]}),
        (_("What it shows"), {"fields": ["pbxs", "queue_ids"]}),
        (
            _("Privacy"),
            {
                "fields": ["numbers", "caller_names", "names", "surname_first", "pause_titles"],
                "description": _("What is hidden here never leaves the server."),
            },
        ),
    ]

    def losses(self, row: Board) -> list[str]:
        """Also which screens go dark."""
        told = [
            _now("The board with its layout; its address /boards/%(slug)s/ leads nowhere any more.")
            % {"slug": row.slug},
            _now("Whoever looks at it now is told within seconds that it is gone."),
        ]
        if screens := [screen.name for screen in row.screens.filter(revoked_at=None)]:
            told.append(
                _now("These screens have nothing to show then: %(names)s.") % {"names": ", ".join(screens)}
            )
        told.append(_now("PBXs, queues and figures stay."))
        return told
