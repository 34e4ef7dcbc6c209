"""Fields with which people are put into roles and teams, and teams over queues."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.forms.models import ModelChoiceIterator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dashboard.access.roles import ROLES, role_meaning, role_title
from dashboard.models import Queue, Team


class RolesField(forms.ModelMultipleChoiceField[Group]):
    """Tick boxes, each role with what it is for, from the least to the most."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            Group.objects.none(),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=_("roles"),
            help_text=_("Several add up. Supervisors and administrators may open the administration."),
            **options,
        )

    def rows_load(self) -> None:
        """Own roles of the site come after the four."""
        order = list(ROLES)
        rows = sorted(
            Group.objects.prefetch_related("permissions"),
            key=lambda group: (order.index(group.name) if group.name in ROLES else len(order), group.name),
        )
        self.queryset = Group.objects.all()
        self.choices = [(group.pk, self.label_from_instance(group)) for group in rows]

    def label_from_instance(self, obj: Group) -> str:
        return f"{role_title(obj)} – {role_meaning(obj)}"


class TeamsField(forms.ModelMultipleChoiceField[Team]):
    def __init__(self, **options: Any) -> None:
        super().__init__(
            Team.objects.all(),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=_("teams"),
            help_text=_("Without a team a user sees no queue at all; administrators see everything."),
            **options,
        )

    def label_from_instance(self, obj: Team) -> str:
        return f"{obj.name} ({_('all queues')})" if obj.all_queues else obj.name


class QueuesByPbx(ModelChoiceIterator[Queue]):
    """One group of choices per PBX; queues that are gone stand last and say so."""

    def __iter__(self) -> Iterator[Any]:
        rows = self.queryset.select_related("pbx").order_by(
            "pbx__title", "pbx_id", "is_gone", "title", "queue_id"
        )
        for pbx, queues in groupby(rows, key=lambda queue: queue.pbx):
            yield pbx.title, [self.choice(queue) for queue in queues]


class QueuesField(forms.ModelMultipleChoiceField[Queue]):
    iterator = QueuesByPbx

    def __init__(self, *, help_text: str | Promise) -> None:
        super().__init__(
            Queue.objects.all(),
            widget=forms.CheckboxSelectMultiple(attrs={"class": "in-columns"}),
            required=False,
            label=_("queues"),
            help_text=help_text,
        )

    def label_from_instance(self, obj: Queue) -> str:
        name = f"{obj.title} · {obj.number}" if obj.number and obj.number != obj.title else obj.title
        return f"{name} – {_('gone from the PBX')}" if obj.is_gone else name
