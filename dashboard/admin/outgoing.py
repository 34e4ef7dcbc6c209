"""What leaves the house, in the administration: tokens of the API, reports by e-mail and what became of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dashboard.models import ApiToken, ReportDelivery, ReportSubscription
from dashboard.outgoing.tokens import token_make, token_revoke


class TokenForm(forms.ModelForm[ApiToken]):
    class Meta:
        model = ApiToken
        fields = ["user", "name", "expires_at"]
        help_texts = {
            "user": _("The token reads what this user may see, as long as the user may see reports."),
            "expires_at": _("Empty: until it is revoked."),
        }

    def clean_expires_at(self) -> Any:
        value = self.cleaned_data["expires_at"]
        if value is not None and value <= timezone.now():
            raise ValidationError(gettext("This moment has passed."))
        return value


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin[ApiToken]):
    """Made and revoked, never changed. The token is shown on the page that answers its making, and nowhere else."""

    form = TokenForm
    list_display = ["name", "user", "beginning", "made_at", "used_at", "standing"]
    list_filter = ["user"]
    list_select_related = ["user"]
    search_fields = ["name", "user__username", "beginning"]
    actions = ["revoke"]

    @admin.display(description=_("state"))
    def standing(self, row: ApiToken) -> str:
        if row.revoked_at is not None:
            return gettext("✕ revoked")
        if row.expires_at is not None and row.expires_at <= timezone.now():
            return gettext("✕ expired")
        return gettext("● valid")

    def get_fields(self, request: HttpRequest, obj: ApiToken | None = None) -> Any:
        known = ["name", "user", "beginning", "made_at", "expires_at", "used_at", "revoked_at"]
        return ["user", "name", "expires_at"] if obj is None else known

    def save_model(self, request: HttpRequest, obj: ApiToken, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's signature
        row, text = token_make(user=obj.user, name=obj.name, expires_at=obj.expires_at)
        obj.pk, obj.beginning, obj.digest = row.pk, row.beginning, row.digest
        form.token_text = text

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:  # noqa: FBT001  # Django's signature
        request.token_form = form  # type: ignore[attr-defined]  # for the answer to this request
        return super().save_form(request, form, change)

    def response_add(
        self, request: HttpRequest, obj: ApiToken, post_url_continue: str | None = None
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("The new token"),
            "opts": self.opts,
            "row": obj,
            "token": request.token_form.token_text,  # type: ignore[attr-defined]
        }
        return TemplateResponse(request, "admin/dashboard/apitoken/made.html", context)

    @admin.action(description=_("Revoke the selected tokens"), permissions=["delete"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> None:
        for row in queryset:
            token_revoke(row)
        messages.success(request, gettext("Revoked. Programs that use them are refused from now on."))

    def get_actions(self, request: HttpRequest) -> Any:
        """A token is revoked, not deleted: who used what until when stays known."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def has_change_permission(self, request: HttpRequest, obj: ApiToken | None = None) -> bool:
        return False


class SubscriptionForm(forms.ModelForm[ReportSubscription]):
    class Meta:
        model = ReportSubscription
        fields = ["user", "team", "period", "weekday", "send_at", "queues", "is_enabled"]
        help_texts = {"user": _("Or a team below. Nobody gets figures of queues that he or she may not see.")}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("user")) == bool(data.get("team")) and not self.errors:
            self.add_error("user", gettext("Choose either a user or a team."))
        user = data.get("user")
        if user is not None and not user.email:
            self.add_error("user", gettext("This user has no e-mail address."))
        return data


class DeliveryInline(admin.TabularInline[ReportDelivery, ReportSubscription]):
    model = ReportDelivery
    readonly_fields = ["user", "first_day", "last_day", "tries", "sent_at", "next_try_at", "error"]
    extra = 0
    can_delete = False
    verbose_name_plural = _("the last sendings")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReportDelivery]:
        rows = super().get_queryset(request)
        latest = ReportDelivery.objects.order_by("-pk").values_list("pk", flat=True)
        subscription = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
        number = int(subscription) if subscription and subscription.isdigit() else 0
        return rows.filter(pk__in=list(latest.filter(subscription=number)[:20]))


@admin.register(ReportSubscription)
class ReportSubscriptionAdmin(admin.ModelAdmin[ReportSubscription]):
    form = SubscriptionForm
    list_display = ["receiver", "period", "send_at", "is_enabled", "latest"]
    list_filter = ["period", "is_enabled"]
    list_select_related = ["user", "team"]
    search_fields = ["user__username", "team__name"]
    filter_horizontal = ["queues"]

    def get_inlines(self, request: HttpRequest, obj: ReportSubscription | None) -> Any:
        """Nothing was sent of what is only being made."""
        return [DeliveryInline] if obj else []

    class Media:
        css = {"all": ["css/admin.css"]}

    @admin.display(description=_("receiver"))
    def receiver(self, row: ReportSubscription) -> str:
        return gettext("team %(team)s") % {"team": row.team} if row.team else str(row.user)

    @admin.display(description=_("last sending"))
    def latest(self, row: ReportSubscription) -> str:
        last = row.deliveries.first()
        if last is None:
            return gettext("none yet")
        if last.sent_at is not None:
            return gettext("● sent %(day)s") % {"day": f"{timezone.localtime(last.sent_at):%Y-%m-%d %H:%M}"}
        return gettext("▲ not sent: %(error)s") % {"error": last.error or "…"}
