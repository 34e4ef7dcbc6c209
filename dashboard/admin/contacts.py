"""Contacts and webhooks in the administration."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dashboard import conf
from dashboard.contacts.exporting import contacts_csv
from dashboard.contacts.importing import import_apply, import_plan, import_store, sheet_stored
from dashboard.contacts.sheet import ENCODINGS, SheetUnreadable, sheet_read
from dashboard.domain.numbers import is_number, number_canonical
from dashboard.models import Contact, ContactImport, ContactNumber
from dashboard.models.contact import text_folded

FILE_AT_MOST_MB = 32
LINES_SHOWN = 20
PROBLEMS_SHOWN = 500
SEARCH_DIGITS = 3


class NumberField(forms.CharField):
    """Gives the canonical form, so that two ways to write a number are seen to be one."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        number = number_canonical(text, country=conf.phone_country())
        if text and not is_number(number):
            raise forms.ValidationError(_("This is not a telephone number."))
        return number


class NumberForm(forms.ModelForm[ContactNumber]):
    number = NumberField(max_length=64)

    class Meta:
        model = ContactNumber
        fields = ["number"]


class NumberInline(admin.TabularInline[ContactNumber, Contact]):
    model = ContactNumber
    form = NumberForm
    extra = 1


class ImportForm(forms.Form):
    file = forms.FileField(label=_("CSV file"))
    encoding = forms.ChoiceField(
        label=_("encoding"),
        choices=[("", _("find out")), *ENCODINGS.items()],
        required=False,
        help_text=_("Change it if accents come out wrong in the preview."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > FILE_AT_MOST_MB * 1024 * 1024:
            raise forms.ValidationError(_("The file is larger than %(most)s MB.") % {"most": FILE_AT_MOST_MB})
        return file


@admin.register(Contact)
class ContactAdmin(admin.ModelAdmin[Contact]):
    list_display = ["name", "company", "number_list"]
    search_fields = ["search_text"]
    search_help_text = _("A name, a company, or a number in any form.")
    empty_text = _("Contacts give callers their names on boards. Add one, or import a list as CSV.")
    inlines = [NumberInline]
    show_full_result_count = False
    change_list_template = "admin/dashboard/contact/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Contact]:
        return super().get_queryset(request).prefetch_related("numbers")

    @admin.display(description=_("numbers"))
    def number_list(self, contact: Contact) -> str:
        return ", ".join(row.number for row in contact.numbers.all())

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Contact], search_term: str
    ) -> tuple[QuerySet[Contact], bool]:
        """What has digits and no letters is a number, whole or in part; all else are words of name and company."""
        number = number_canonical(search_term, country=conf.phone_country())
        if not number:
            return super().get_search_results(request, queryset, text_folded(search_term))
        whole = queryset.filter(numbers__number=number)
        digits = "".join(filter(str.isdigit, search_term)).lstrip("0")
        if len(digits) < SEARCH_DIGITS or whole.exists():
            return whole, False
        return queryset.filter(numbers__number__contains=digits).distinct(), False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("import/", view(self.import_view), name="dashboard_contact_import"),
            path("import/<uuid:pk>/", view(self.confirm_view), name="dashboard_contact_confirm"),
            path("export/", view(self.export_view), name="dashboard_contact_export"),
            *super().get_urls(),
        ]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"has_import_permission": self.has_import_permission(request), **(extra_context or {})}
        return super().changelist_view(request, context)

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Takes the file; nothing is changed before the preview was confirmed."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            try:
                sheet = sheet_read(
                    file.read(), country=conf.phone_country(), encoding=form.cleaned_data["encoding"]
                )
            except SheetUnreadable as exc:
                form.add_error("file", str(exc))
            else:
                upload = import_store(sheet, file_name=file.name, user_id=request.user.pk or 0)
                return redirect("admin:dashboard_contact_confirm", pk=upload.pk)
        return self._page(request, "import", title=gettext("Import contacts"), form=form)

    def confirm_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Shows what would happen; does it on POST. Only for whoever uploaded the list."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        upload = get_object_or_404(ContactImport, pk=pk, created_by_id=request.user.pk)
        if request.method == "POST":
            return self._imported(request, pk)
        sheet = sheet_stored(upload)
        plan = import_plan(sheet)
        rows = [(gettext("new"), line) for line in plan.new[:LINES_SHOWN]]
        rows += [(gettext("changed"), change.line) for change in plan.changed[:LINES_SHOWN]]
        return self._page(
            request,
            "confirm",
            title=gettext("Import %(file)s") % {"file": upload.file_name},
            plan=plan,
            sheet=sheet,
            rows=rows,
            problems=plan.problems[:PROBLEMS_SHOWN],
            problems_left=max(0, len(plan.problems) - PROBLEMS_SHOWN),
            lines_left=len(plan.new) + len(plan.changed) - len(rows),
        )

    def _imported(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        try:
            plan = import_apply(pk)
        except ContactImport.DoesNotExist as exc:
            raise Http404(gettext("This list was imported already.")) from exc
        except IntegrityError:
            messages.error(
                request,
                gettext(
                    "Somebody changed contacts at the same moment. Nothing was imported; look and try again."
                ),
            )
            return redirect("admin:dashboard_contact_confirm", pk=pk)
        messages.success(
            request,
            gettext(
                "%(new)s contacts added, %(changed)s changed, %(same)s as they were, %(problems)s lines left out."
            )
            % {
                "new": len(plan.new),
                "changed": len(plan.changed),
                "same": plan.unchanged,
                "problems": len(plan.problems),
            },
        )
        return redirect("admin:dashboard_contact_changelist")

    def export_view(self, request: HttpRequest) -> StreamingHttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        name = f"contacts-{timezone.localdate():%Y-%m-%d}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return StreamingHttpResponse(contacts_csv(), content_type="text/csv; charset=utf-8", headers=headers)

    def _page(self, request: HttpRequest, name: str, **context: Any) -> TemplateResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/dashboard/contact/{name}.html", context)
