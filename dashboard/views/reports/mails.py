"""My reports by e-mail: everybody who may see reports orders and stops them for himself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dashboard import conf
from dashboard.access import scope_of
from dashboard.models import Queue, ReportSubscription
from dashboard.views.reports.door import page, report, user_of
from dashboard.views.reports.queues import queues_of


class MailForm(forms.ModelForm[ReportSubscription]):
    """Only queues in scope can be chosen."""

    class Meta:
        model = ReportSubscription
        fields = ["period", "weekday", "send_at", "queues"]
        widgets = {
            "send_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "queues": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, queues: list[Queue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["queues"]
        field.queryset = Queue.objects.filter(pk__in=[queue.pk for queue in queues]).order_by("title")
        field.required = False


@report
def mails(request: HttpRequest) -> HttpResponse:
    """GET shows the own subscriptions and a form; POST adds one."""
    user = user_of(request)
    queues = [queue for queue in queues_of(scope_of(user)) if not queue.is_gone]
    form = MailForm(request.POST or None, queues=queues)
    if request.method == "POST" and form.is_valid():
        if user.email:
            form.instance.user = user
            form.save()
            messages.success(request, _("The report is ordered."))
            return redirect("reports_mails")
        form.add_error(None, _("You have no e-mail address here; an administrator enters it."))
    context = {
        "form": form,
        "mails": _own(user).prefetch_related("queues", "deliveries"),
        "address": user.email,
        "has_mail_server": conf.has_mail_server(),
    }
    return page(request, "mails", context, tab="reports_mails")


@require_POST
@report
def mail_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Pause, go on or delete a subscription of one's own; 404 for anybody else's."""
    row = get_object_or_404(_own(user_of(request)), pk=pk)
    act = request.POST.get("do")
    if act == "delete":
        row.delete()
        messages.success(request, _("The report is not sent any more."))
    elif act in {"pause", "go_on"}:
        row.is_enabled = act == "go_on"
        row.save(update_fields=["is_enabled"])
    else:
        raise Http404("There is no such action.")
    return redirect("reports_mails")


def _own(user: User) -> Any:
    return ReportSubscription.objects.filter(user=user).order_by("pk")
