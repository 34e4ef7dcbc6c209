"""Teams in the administration: who works over which queues."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from dashboard.admin.losses import TellsLosses
from dashboard.admin.people.choices import QueuesField
from dashboard.models import Team

NAMES_SHOWN = 4


class TeamForm(forms.ModelForm[Team]):
    queues = QueuesField(
        help_text=_(
            "What the members see, and where they may act. A new queue of a PBX appears here within half a minute."
        )
    )

    class Meta:
        model = Team
        fields = ["name", "members", "all_queues", "queues"]
        help_texts = {
            "name": _("Such as “Sales Brno”."),
            "members": _("A user may be in several teams; their queues add up."),
        }


@admin.register(Team)
class TeamAdmin(TellsLosses):
    form = TeamForm
    list_display = ["name", "members_count", "member_names", "queues_count", "queue_names"]
    list_filter = ["all_queues", "queues__pbx"]
    search_fields = ["name", "members__username", "members__last_name", "queues__title", "queues__number"]
    search_help_text = _("The name of a team, of a member or of a queue.")
    empty_text = _("Without a team only administrators see anything. Add one, with its members and queues.")
    filter_horizontal = ["members"]
    fieldsets = [
        (None, {"fields": ["name"]}),
        (_("Members"), {"fields": ["members"]}),
        (_("Queues"), {"fields": ["all_queues", "queues"]}),
    ]

    class Media:
        css = {"all": ["css/admin.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Team]:
        rows: QuerySet[Team] = super().get_queryset(request)
        return rows.annotate(
            users_count=Count("members", distinct=True),
            own_queues_count=Count("queues", filter=Q(queues__is_gone=False), distinct=True),
        ).prefetch_related("members", "queues")

    @admin.display(description=_("members"), ordering="users_count")
    def members_count(self, team: Team) -> int:
        return int(getattr(team, "users_count", 0))

    @admin.display(description=_("who"))
    def member_names(self, team: Team) -> str:
        return names_shown([_shown(user) for user in team.members.all()]) or gettext("nobody yet")

    @admin.display(description=_("queues"), ordering="own_queues_count")
    def queues_count(self, team: Team) -> str:
        return gettext("all") if team.all_queues else str(getattr(team, "own_queues_count", 0))

    @admin.display(description=_("which"))
    def queue_names(self, team: Team) -> str:
        if team.all_queues:
            return gettext("all queues of all PBXs")
        titles = [queue.title for queue in team.queues.all() if not queue.is_gone]
        return names_shown(titles) or gettext("none yet: its members see nothing through it")

    def losses(self, row: Team) -> list[str]:
        others = Team.objects.exclude(pk=row.pk)
        left = [_shown(user) for user in row.members.all() if not others.filter(members=user).exists()]
        count = row.members.count()
        told = [
            ngettext("%(count)s member leaves the team.", "%(count)s members leave the team.", count)
            % {"count": count},
            gettext("Its queues, boards and calls stay; only who may see them changes, and at once."),
        ]
        if left:
            told.append(
                gettext("In no team any more, and so without any queue: %(names)s.")
                % {"names": names_shown(left)}
            )
        return told


def names_shown(names: list[str]) -> str:
    """The first few, and how many more."""
    more = len(names) - NAMES_SHOWN
    told = ", ".join(names[:NAMES_SHOWN])
    return gettext("%(names)s and %(count)s more") % {"names": told, "count": more} if more > 0 else told


def _shown(user: User) -> str:
    return user.get_full_name() or user.get_username()
