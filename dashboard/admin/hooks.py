"""Webhooks in the administration: the lines to paste into the PBX, a new secret, and the CRM."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dashboard import conf
from dashboard.contacts.crm import crm_url_problem, crm_url_shown
from dashboard.contacts.selectors import dialplan_lines
from dashboard.contacts.services import hook_ensure, hook_renew
from dashboard.models import Hook, Pbx

BASE_URL: Final = "hooks_base_url"


class HookForm(forms.ModelForm[Hook]):
    """The address of a CRM may hold a login or a key: what is stored does not come back to a browser."""

    crm_forget = forms.BooleanField(label=_("ask no CRM any more"), required=False)

    class Meta:
        model = Hook
        fields = ["crm_url"]
        widgets = {"crm_url": forms.TextInput(attrs={"size": 80, "autocomplete": "off"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["crm_url"] = ""
        if self.instance.crm_url:
            told = gettext("Leave it empty to keep the address that is stored.")
            self.fields["crm_url"].help_text = f"{self.fields['crm_url'].help_text} {told}"

    def clean_crm_url(self) -> str:
        url = str(self.cleaned_data["crm_url"] or "").strip()
        if url and (problem := crm_url_problem(url)):
            raise forms.ValidationError(problem)
        return url

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("crm_url") and data.get("crm_forget"):
            self.add_error("crm_forget", gettext("Enter an address or have none asked, not both."))
        elif data.get("crm_url") == "" and not data.get("crm_forget"):
            data["crm_url"] = self.instance.crm_url
        return data


@admin.register(Hook)
class HookAdmin(admin.ModelAdmin[Hook]):
    """Made with its PBX's page, not by hand. Shown only to those who may change it: the lines hold the secret."""

    form = HookForm
    fields = ["pbx", "lines", "renewed_at", "crm_now", "crm_url", "crm_forget"]
    readonly_fields = ["pbx", "lines", "renewed_at", "crm_now"]
    list_display = ["pbx", "renewed_at"]
    change_form_template = "admin/dashboard/hook/change_form.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Hook | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Hook | None = None) -> bool:
        return self.has_change_permission(request, obj)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Hook | None:
        hook = super().get_object(request, object_id, from_field)
        if hook is not None:
            base_url_remember(hook, request)
        return hook

    @admin.display(description=_("dialplan lines"))
    def lines(self, hook: Hook) -> SafeString:
        return lines_shown(hook, base_url=getattr(hook, BASE_URL))

    @admin.display(description=_("CRM that is asked"))
    def crm_now(self, hook: Hook) -> str:
        return crm_url_shown(hook.crm_url) or gettext("none")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.renew_view)
        return [path("<int:pk>/renew/", view, name="dashboard_hook_renew"), *super().get_urls()]

    def renew_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        hook = get_object_or_404(Hook, pk=pk)
        if not self.has_change_permission(request, hook):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        hook_renew(hook.pbx)
        messages.warning(
            request, gettext("The secret is new. Webhooks of the PBX are refused until it has the new lines.")
        )
        return redirect("admin:dashboard_hook_change", pk)


class WithHooks(admin.ModelAdmin[Pbx]):
    """For the PBX's own page: the read-only field `webhooks`."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Pbx | None:
        pbx = super().get_object(request, object_id, from_field)
        if pbx is not None and request.user.has_perm("dashboard.change_hook"):
            base_url_remember(pbx, request)
        return pbx

    @admin.display(description=_("webhooks"))
    def webhooks(self, pbx: Pbx) -> SafeString | str:
        """The lines for the PBX's settings. They hold the secret, so they are for those who may change webhooks."""
        if pbx.pk is None:
            return gettext("Its address is made when the PBX is saved.")
        base_url: str | None = getattr(pbx, BASE_URL, None)
        if base_url is None:
            return gettext("Shown to those who may change webhooks.")
        return lines_shown(
            hook_ensure(pbx), base_url=base_url, more_at=reverse("admin:dashboard_hook_change", args=[pbx.pk])
        )


def base_url_remember(row: Pbx | Hook, request: HttpRequest) -> None:
    """The fields of an admin page do not know the request; the row carries the address under which the PBX reaches us."""
    setattr(row, BASE_URL, conf.public_url() or request.build_absolute_uri("/"))


def lines_shown(hook: Hook, *, base_url: str, more_at: str = "") -> SafeString:
    lines = dialplan_lines(hook, base_url=base_url) if hook.secret else []
    return render_to_string("admin/dashboard/hook/lines.html", {"lines": lines, "more_at": more_at})
