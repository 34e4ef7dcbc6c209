"""“My account”: language, telephones, password, and for agents who listened to their calls."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordChangeView
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from dashboard import conf
from dashboard.access.extension import extension_cleaned
from dashboard.access.language import language_choose
from dashboard.access.roles import role_meaning, role_title
from dashboard.models import ActionEvent, Pbx, PbxAccount, Profile
from dashboard.supervision import own, wording
from dashboard.supervision.parameters import ActionName
from dashboard.supervision.rights import may_supervise

PER_PAGE: Final = 25


class ExtensionField(forms.CharField):
    def clean(self, value: Any) -> str:
        return extension_cleaned(super().clean(value))


class AccountForm(forms.Form):
    """Language for everybody; a telephone per PBX for who may listen."""

    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Any = self.fields["language"]
        language.choices = [("", _("the browser's own")), *conf.languages()]
        language.initial = Profile.objects.filter(user=user).values_list("language", flat=True).first() or ""
        self.user = user
        self.pbxs = list(Pbx.objects.filter(is_enabled=True)) if may_supervise(user) else []
        known = dict(PbxAccount.objects.filter(user=user).values_list("pbx_id", "extension"))
        for pbx in self.pbxs:
            self.fields[f"extension-{pbx.pk}"] = ExtensionField(
                label=_("My telephone at %(pbx)s") % {"pbx": pbx.title},
                required=False,
                max_length=40,
                initial=known.get(pbx.pk, ""),
                help_text=_("Its extension. It rings when you listen to a call."),
            )

    def save(self) -> str:
        """Store it all; the language."""
        language = str(self.cleaned_data["language"])
        Profile.objects.update_or_create(user=self.user, defaults={"language": language})
        for pbx in self.pbxs:
            extension = self.cleaned_data[f"extension-{pbx.pk}"]
            row = PbxAccount.objects.filter(user=self.user, pbx=pbx).first()
            if row is not None or extension:
                PbxAccount.objects.update_or_create(
                    user=self.user, pbx=pbx, defaults={"extension": extension}
                )
        return language


@login_required
@never_cache
def account_page(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)  # noqa: S101  # the decorator says so
    form = AccountForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        language = form.save()
        language_choose(request, language)
        with override(language or None):
            messages.success(request, gettext("Saved."))
        return redirect("account")
    return render(request, "account/page.html", _context(request, user, form))


def _context(request: HttpRequest, user: User, form: AccountForm) -> dict[str, Any]:
    only_listening = request.GET.get("all") is None
    rows = own.actions_about(user)
    if only_listening:
        rows = rows.filter(action=ActionName.MONITORING.value)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "form": form,
        "roles": [(role_title(group), role_meaning(group)) for group in user.groups.all()],
        "teams": list(user.teams.all()),
        "accounts": list(PbxAccount.objects.filter(user=user).select_related("pbx")),
        "is_agent": own.is_agent(user),
        "only_listening": only_listening,
        "page": page,
        "lines": [_line(event) for event in page],
    }


def _line(event: Any) -> dict[str, str]:
    """What an agent is told of an action about himself: neither the address nor the reason, which are for the record."""
    is_over = event.last_state == ActionEvent.State.ENDED
    return {
        "when": wording.moment_shown(event.at),
        "until": wording.moment_shown(event.last_at) if is_over else "",
        "who": event.actor_name,
        "what": wording.action_title(event.action),
        "state": event.last_state,
        "outcome": wording.state_title(event.last_state),
    }


class PasswordPage(PasswordChangeView):
    template_name = "account/password.html"
    success_url = reverse_lazy("account")

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, gettext("The new password is set."))
        return super().form_valid(form)
