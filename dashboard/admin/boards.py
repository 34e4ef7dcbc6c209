"""Boards in the administration."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dashboard import conf
from dashboard.admin.losses import TellsLosses
from dashboard.boards.layout import board_levels_problems
from dashboard.boards.queue_choice import queue_choice_plain, queue_choice_problems
from dashboard.models import Board, Pbx
from dashboard.screens.announcements import announcements_only_on


class BoardForm(forms.ModelForm[Board]):
    """Languages are offered, queues are checked, and limits are checked as the editor checks them."""

    language = forms.ChoiceField(
        label=_("language"), required=False, help_text=_("Empty: the reader's own."), choices=()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.fields.get("language")
        if isinstance(language, forms.ChoiceField):
            language.choices = [("", _("the reader's own")), *conf.languages()]

    def clean_queue_ids(self) -> Any:
        choice = self.cleaned_data.get("queue_ids")
        if problems := queue_choice_problems(choice, pbxs=set(Pbx.objects.values_list("slug", flat=True))):
            raise forms.ValidationError(problems)
        return queue_choice_plain(choice)

    def clean_levels(self) -> Any:
        levels = self.cleaned_data.get("levels") or {}
        if problems := board_levels_problems(levels):
            raise forms.ValidationError(problems)
        return levels

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("all_pbxs") and data.get("pbxs"):
            self.add_error("all_pbxs", _("Choose PBXs, or all of them, not both."))
        if not data.get("all_pbxs") and not data.get("pbxs"):
            self.add_error("pbxs", _("Choose at least one PBX, or all of them."))
        return data


@admin.register(Board)
class BoardAdmin(TellsLosses):
    form = BoardForm
    list_display = ["title", "slug", "shows", "numbers", "names", "caller_names", "pause_titles"]
    list_filter = ["numbers", "names", "pbxs"]
    search_fields = ["title", "slug"]
    search_help_text = _("A title, or the last part of the address.")
    empty_text = _("Add a board, and it appears in everybody's list whose teams have one of its queues.")
    prepopulated_fields = {"slug": ["title"]}
    filter_horizontal = ["pbxs"]

    class Media:
        css = {"all": ["css/admin.css"]}

    fieldsets = [
        (None, {"fields": ["title", "slug"]}),
        (_("What it shows"), {"fields": ["all_pbxs", "pbxs", "queue_ids"]}),
        (
            _("Privacy"),
            {
                "fields": ["numbers", "caller_names", "names", "surname_first", "pause_titles", "leaders"],
                "description": _("What is hidden here never leaves the server."),
            },
        ),
        (_("Look"), {"fields": ["theme", "language"]}),
        (
            _("Levels and alarms"),
            {
                "fields": ["levels", "flash", "sound", "speech"],
                "description": _(
                    'Limits by figure, such as {"waiting": {"warning": {"enter": 3, "leave": 2},'
                    ' "critical": {"enter": 6, "leave": 4}, "hold_s": 10}}. Figures that are not named have defaults.'
                ),
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Board]:
        return super().get_queryset(request).prefetch_related("pbxs")

    @admin.display(description=_("shows"))
    def shows(self, board: Board) -> str:
        """Of which PBXs; a board whose own were all deleted says so."""
        if board.all_pbxs:
            return gettext("all PBXs")
        names = ", ".join(pbx.title for pbx in board.pbxs.all())
        return names or format_html(
            '<strong class="warns">▲ {}</strong>', gettext("nothing: its PBXs were deleted")
        )

    def losses(self, row: Board) -> list[str]:
        """Also which screens go dark."""
        told = [
            gettext("The board with its layout; its address /boards/%(slug)s/ leads nowhere any more.")
            % {"slug": row.slug},
            gettext("Whoever looks at it now is told within seconds that it is gone."),
        ]
        if screens := [screen.name for screen in row.screens.filter(revoked_at=None)]:
            told.append(
                gettext("These screens have nothing to show then: %(names)s.") % {"names": ", ".join(screens)}
            )
        if announced := announcements_only_on(row):
            told.append(
                gettext("These announcements are shown nowhere then: %(names)s.")
                % {"names": ", ".join(f"“{text}”" for text in announced)}
            )
        told.append(gettext("PBXs, queues and figures stay."))
        return told
