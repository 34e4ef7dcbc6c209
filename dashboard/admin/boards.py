"""Boards in the administration."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dashboard import conf
from dashboard.admin.losses import TellsLosses
from dashboard.boards.layout import board_levels_problems
from dashboard.boards.queue_choice import queue_choice_plain, queue_choice_problems
from dashboard.models import Board, Pbx


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


@admin.register(Board)
class BoardAdmin(TellsLosses):
    form = BoardForm
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
        told.append(gettext("PBXs, queues and figures stay."))
        return told
