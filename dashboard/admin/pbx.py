"""PBXs in the administration: enter, test, pause, and see how it goes."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dashboard import conf
from dashboard.admin.hooks import WithHooks
from dashboard.admin.losses import TellsLosses
from dashboard.hub.store import connect
from dashboard.models import CallRecord, Pbx
from dashboard.pbx.client import access_token
from dashboard.polling.connection import connection_findings
from dashboard.polling.endpoints import intervals_of
from dashboard.polling.selectors import PbxStatus, pbx_status


class PbxForm(forms.ModelForm[Pbx]):
    """Login and password become the access token and are forgotten; the token is never shown."""

    login = forms.CharField(
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        label=_("login"),
        help_text=_("The API user. Leave login and password empty to keep the token that is stored."),
    )
    password = forms.CharField(
        label=_("password"),
        required=False,
        help_text=_("Made into the access token at once, and forgotten."),
        widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "new-password"}),
    )

    class Meta:
        model = Pbx
        fields = [
            *(
                "title",
                "slug",
                "is_enabled",
                "base_url",
                "token_in",
                "ca_file",
                "timezone",
                "deadline_s",
                "every_s",
            ),
        ]
        labels = {"title": _("title"), "slug": _("short name")}
        help_texts = {"title": _("As people call it, such as “Brno”.")}

    def clean_every_s(self) -> dict[str, float]:
        value = self.cleaned_data["every_s"] or {}
        try:
            intervals_of(value)
        except (ValueError, AttributeError) as exc:
            told = gettext('This must be such as {"RTUsersState": 10}.')
            raise forms.ValidationError(f"{told} {exc}") from exc
        return dict(value)

    def clean_base_url(self) -> str:
        address = str(self.cleaned_data["base_url"]).rstrip("/").removesuffix("/api")
        if "@" in urlsplit(address).netloc or "?" in address or "#" in address:
            told = gettext(
                "The address may hold no login, no parameters and no #: login and password have fields of their own."
            )
            raise forms.ValidationError(told)
        return address

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        login, password = data.get("login"), data.get("password")
        if bool(login) != bool(password):
            self.add_error("password" if login else "login", gettext("Login and password go together."))
        elif not login and not self.instance.token:
            self.add_error("login", gettext("The PBX asks for a login and a password."))
        elif not login and _is_elsewhere(self.initial.get("base_url"), data.get("base_url")):
            self.add_error(
                "login",
                gettext("The address leads to another server: enter login and password again, for that one."),
            )
        return data

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # missing in the stubs
        if self.cleaned_data.get("login") and self.cleaned_data.get("password"):
            self.instance.token = access_token(self.cleaned_data["login"], self.cleaned_data["password"])


@admin.register(Pbx)
class PbxAdmin(TellsLosses, WithHooks):
    form = PbxForm
    list_display = ["title", "status", "queues_count", "base_url", "slug", "is_enabled"]
    list_filter = ["is_enabled"]
    search_fields = ["title", "slug", "base_url"]
    search_help_text = _("A title, a short name or an address.")
    empty_text = _("Add the PBX whose queues are to be shown; the button in its form tests the connection.")
    prepopulated_fields = {"slug": ["title"]}
    actions = ["polling_pause", "polling_resume"]
    readonly_fields = ["endpoints", "webhooks"]
    change_form_template = "admin/dashboard/pbx/change_form.html"
    fieldsets = [
        (None, {"fields": ["title", "slug", "is_enabled"]}),
        (_("Connection"), {"fields": ["base_url", "login", "password", "token_in", "ca_file", "timezone"]}),
        (_("Pace"), {"fields": ["deadline_s", "every_s"], "classes": ["collapse"]}),
        (_("Webhooks"), {"fields": ["webhooks"], "classes": ["collapse"]}),
        (_("How it goes"), {"fields": ["endpoints"]}),
    ]

    class Media:
        js = ["js/admin/connection-test.js"]
        css = {"all": ["css/admin.css"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Pbx | None = None) -> list[str]:
        """The slug names the stream, to which boards refer: it does not change any more."""
        return [*self.readonly_fields, "slug"] if obj else [*self.readonly_fields]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Pbx | None = None) -> dict[str, Any]:
        return {} if obj else {"slug": ["title"]}

    def get_urls(self) -> list[URLPattern]:
        test = self.admin_site.admin_view(self.test_view)
        return [
            path("test/", test, name="dashboard_pbx_test"),
            path("<int:pk>/test/", test, name="dashboard_pbx_test_known"),
            *super().get_urls(),
        ]

    def test_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Test what stands in the form, saved or not; answers with sentences as JSON."""
        pbx = self.get_object(request, str(pk)) if pk is not None else None
        if not (self.has_change_permission(request, pbx) if pk else self.has_add_permission(request)):
            raise PermissionDenied
        form = self.get_form(request, pbx)(request.POST, instance=pbx)
        if request.method != "POST" or not form.is_valid():
            texts = [f"{name}: {error}" for name, errors in form.errors.items() for error in errors]
            return JsonResponse({"findings": [{"is_good": False, "text": text} for text in texts]})
        findings = connection_findings(form.instance)
        return JsonResponse({"findings": [{"is_good": row.is_good, "text": row.text} for row in findings]})

    @admin.display(description=_("how it goes"))
    def status(self, pbx: Pbx) -> SafeString:
        told = _status(pbx)
        if told.is_good:
            return format_html('<span class="fine">{} {}</span>', "●" if pbx.is_enabled else "–", told.text)
        return format_html('<strong class="warns">▲ {}</strong>', told.text)

    @admin.display(description=_("queues"))
    def queues_count(self, pbx: Pbx) -> SafeString:
        count = pbx.queues.filter(is_gone=False).count()
        address = reverse("admin:dashboard_queue_changelist")
        return format_html('<a href="{}?pbx__id__exact={}">{}</a>', address, pbx.pk, count)

    @admin.display(description=_("endpoints"))
    def endpoints(self, pbx: Pbx) -> SafeString | str:
        """A table: each endpoint, when it last answered, and its error."""
        if pbx.pk is None:
            return gettext("Nothing is polled before it is saved.")
        return render_to_string("admin/dashboard/pbx/endpoints.html", {"status": _status(pbx)})

    @admin.action(description=_("Pause polling of the selected PBXs"), permissions=["change"])
    def polling_pause(self, request: HttpRequest, queryset: QuerySet[Pbx]) -> None:
        self._enabled_set(request, queryset, is_enabled=False)

    @admin.action(description=_("Resume polling of the selected PBXs"), permissions=["change"])
    def polling_resume(self, request: HttpRequest, queryset: QuerySet[Pbx]) -> None:
        self._enabled_set(request, queryset, is_enabled=True)

    def _enabled_set(self, request: HttpRequest, queryset: QuerySet[Pbx], *, is_enabled: bool) -> None:
        """One by one, so that whoever listens for changes of a PBX hears of each."""
        for pbx in queryset:
            pbx.is_enabled = is_enabled
            pbx.save(update_fields=["is_enabled"])
        told = gettext("Polling resumed: %(names)s.") if is_enabled else gettext("Polling paused: %(names)s.")
        messages.success(request, told % {"names": ", ".join(pbx.title for pbx in queryset)})

    def losses(self, row: Pbx) -> list[str]:
        """In words, and counted where it cannot be had again."""
        boards = [board.title for board in row.boards.all()]
        calls = CallRecord.objects.filter(pbx=row).count()
        told = [
            gettext("Polling ends, and the access token is forgotten. The PBX itself is not touched."),
            gettext(
                "Its %(count)s queues, with their place in teams and their definitions of service levels."
            )
            % {"count": row.queues.count()},
            gettext(
                "The whole history read from it: %(count)s calls. Reports over it cannot be made any more."
            )
            % {"count": calls},
            gettext("Its webhooks' secret: the lines in the PBX's settings stop working."),
            gettext("What ties %(count)s users to their agents and telephones.")
            % {"count": row.accounts.count()},
        ]
        if boards:
            told.append(
                gettext("These boards do not show it any more: %(names)s.") % {"names": ", ".join(boards)}
            )
        if empty := [board.title for board in row.boards.filter(all_pbxs=False) if board.pbxs.count() == 1]:
            told.append(
                gettext("Of these, the following show nothing at all then: %(names)s.")
                % {"names": ", ".join(empty)}
            )
        told.append(gettext("The audit log stays. To stop polling and lose nothing, pause it instead."))
        return told


def _is_elsewhere(before: object, after: object) -> bool:
    """Whether the token would go to another server than the one it was made for."""
    return bool(before) and bool(after) and urlsplit(str(before)).netloc != urlsplit(str(after)).netloc


def _status(pbx: Pbx) -> PbxStatus:
    client = connect(conf.redis_url())
    try:
        return pbx_status(pbx, client=client)
    finally:
        client.close()
