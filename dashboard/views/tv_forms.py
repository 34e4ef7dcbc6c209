"""The form with which a screen is let in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dashboard import conf
from dashboard.models import Board, Playlist, Screen
from dashboard.screens.pairing import ALPHABET, CODE_LENGTH, code_read


class ApprovalForm(forms.Form):
    """A code, a name, and a board or a playlist."""

    code = forms.CharField(
        label=_("Code on the screen"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "code"}
        ),
    )
    name = forms.CharField(
        label=_("Name"), max_length=100, help_text=_("Where it hangs, such as “Hall left”.")
    )
    shows = forms.ChoiceField(label=_("Shows"))
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boards = [(f"board/{board.pk}", board.title) for board in Board.objects.all()]
        playlists = [(f"playlist/{playlist.pk}", playlist.name) for playlist in Playlist.objects.all()]
        groups = [(_("Boards"), boards), (_("Playlists"), playlists)]
        shows: Any = self.fields["shows"]
        shows.choices = [group for group in groups if group[1]]
        language: Any = self.fields["language"]
        language.choices = [("", _("as the installation")), *conf.languages()]

    def clean_code(self) -> str:
        code = code_read(self.cleaned_data["code"])
        if len(code) != CODE_LENGTH or set(code) - set(ALPHABET):
            raise forms.ValidationError(_("A code has six letters and digits, without 0, 1, I, L and O."))
        return code

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        if Screen.objects.filter(name=name, revoked_at=None).exists():
            raise forms.ValidationError(
                _("Another screen has this name. If this one takes its place, shut that one out first.")
            )
        return name

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind, _slash, pk = data.get("shows", "").partition("/")
        data["board"] = Board.objects.filter(pk=pk).first() if kind == "board" else None
        data["playlist"] = Playlist.objects.filter(pk=pk).first() if kind == "playlist" else None
        return data
