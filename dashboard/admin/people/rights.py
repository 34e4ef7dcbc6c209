"""The rights a role can have, as its form offers them: by subject, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.forms.models import ModelChoiceIterator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from dashboard.supervision.actions import ACTIONS

VERBS: Final = {"view": _("see"), "add": _("add"), "change": _("change"), "delete": _("delete")}
PAGES: Final = {
    "view_reports": _("Open the reports"),
    "use_supervision": _("Open the supervision page"),
}
ACTS: Final[dict[str, Any]] = {}
"""Where two actions share a right it has the name of the first."""
for _spec in ACTIONS.values():
    ACTS.setdefault(_spec.permission, _spec.title)


class RightsBySubject(ModelChoiceIterator[Permission]):
    """The pages, what supervisors do, then what one may do with each thing of the administration."""

    def __iter__(self) -> Iterator[Any]:
        rows = list(self.queryset.select_related("content_type"))
        by_codename = {row.codename: row for row in rows}
        for title, codenames in ((_("Pages"), PAGES), (_("Supervision"), ACTS)):
            yield title, [self.choice(by_codename[name]) for name in codenames if name in by_codename]
        subjects: dict[str, list[Permission]] = defaultdict(list)
        for row in rows:
            if row.codename not in PAGES and row.codename not in ACTS:
                subjects[capfirst(row.content_type.name)].append(row)
        for subject in sorted(subjects):
            yield subject, [self.choice(row) for row in sorted(subjects[subject], key=_order)]


class RightsField(forms.ModelMultipleChoiceField[Permission]):
    iterator = RightsBySubject

    def __init__(self) -> None:
        super().__init__(
            Permission.objects.none(),
            widget=forms.CheckboxSelectMultiple(attrs={"class": "in-columns"}),
            required=False,
            label=_("rights"),
            help_text=_("Whatever a role may do, it does within the queues of its users' teams."),
        )

    def offer(self, group: Group | None) -> None:
        """What can be given, and what the role has."""
        offered = [row.pk for row in Permission.objects.select_related("content_type") if _is_offered(row)]
        own = list(group.permissions.values_list("pk", flat=True)) if group is not None and group.pk else []
        self.queryset = Permission.objects.filter(pk__in={*offered, *own})

    def label_from_instance(self, obj: Permission) -> str:
        words = PAGES.get(obj.codename) or ACTS.get(obj.codename) or VERBS.get(obj.codename.partition("_")[0])
        return str(words or obj.name)


class RoleForm(forms.ModelForm[Group]):
    """The name and the rights of a role."""

    permissions = RightsField()

    class Meta:
        model = Group
        fields = ("name", "permissions")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("permissions")
        if isinstance(field, RightsField):
            field.offer(self.instance)


def _is_offered(permission: Permission) -> bool:
    model = permission.content_type.model_class()
    is_known = model is not None and admin.site.is_registered(model)
    return permission.codename in PAGES or permission.codename in ACTS or is_known


def _order(permission: Permission) -> tuple[int, str]:
    verb = permission.codename.partition("_")[0]
    return (list(VERBS).index(verb) if verb in VERBS else len(VERBS), permission.codename)
