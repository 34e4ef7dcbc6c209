"""Forms of users: a new one in one step, and what may be changed later."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from dashboard import conf
from dashboard.access.roles import OPENS_ADMINISTRATION
from dashboard.access.scope import ADMINISTRATORS
from dashboard.admin.people.choices import RolesField, TeamsField
from dashboard.models import Profile, Team


class PlaceForm(forms.ModelForm[User]):
    """Roles, teams and language, whether the user is new or not. `actor` is who fills in the form."""

    actor: ClassVar[User]

    groups = RolesField()
    member_of = TeamsField()
    language = forms.ChoiceField(
        label=_("language"), required=False, help_text=_("Users may change it themselves on “My account”.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("the browser's own")), *conf.languages()]  # type: ignore[attr-defined]
        self.fields["groups"].rows_load()  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["member_of"].initial = list(self.instance.teams.values_list("pk", flat=True))
            self.fields["language"].initial = (
                Profile.objects.filter(user=self.instance).values_list("language", flat=True).first() or ""
            )

    def place_keep(self) -> None:
        """Store what is not a column of the user. After the user was saved."""
        teams = self.cleaned_data.get("member_of")
        if teams is not None:
            self.instance.teams.set(teams)
        Profile.objects.update_or_create(
            user=self.instance, defaults={"language": self.cleaned_data.get("language") or ""}
        )

    def staff_note(self) -> None:
        """Whoever has a role that works in the administration may open it; nobody else but superusers."""
        names = {group.name for group in self.cleaned_data.get("groups", [])}
        self.instance.is_staff = self.instance.is_superuser or bool(names & OPENS_ADMINISTRATION)


class NewUserForm(PlaceForm, UserCreationForm[User]):
    class Meta(UserCreationForm.Meta):
        model = User
        fields = ("username", "first_name", "last_name", "email", "groups")
        help_texts = {"username": _("With which the user logs in. Letters, digits and @ . + - _")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if Team.objects.count() == 1:
            self.fields["member_of"].initial = list(Team.objects.values_list("pk", flat=True))


class UserForm(PlaceForm):
    class Meta:
        model = User
        fields = ["username", "first_name", "last_name", "email", "is_active", "is_superuser", "groups"]
        help_texts = {
            "username": _("With which the user logs in. Letters, digits and @ . + - _"),
            "is_active": _(
                "If not, the user cannot log in; open pages are closed within seconds. Better than deleting."
            ),
            "is_superuser": _("May do everything, also edit roles. One for emergencies is enough."),
        }

    def clean(self) -> dict[str, Any]:
        """Nobody locks himself out: so there is always somebody left who can administer."""
        data = super().clean() or {}
        if self.instance.pk != self.actor.pk:
            return data
        if not data.get("is_active", True):
            self.add_error("is_active", _("You cannot lock yourself out; another administrator can."))
        is_super = data.get("is_superuser", self.instance.is_superuser)
        if not is_super and ADMINISTRATORS not in {group.name for group in data.get("groups", [])}:
            self.add_error(
                "groups",
                _("You cannot take the administration away from yourself; another administrator can."),
            )
        return data
