"""The four roles: what each is for in words, who may open the administration, and what administrators may do there."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dashboard.access.scope import ADMINISTRATORS

SUPERVISORS: Final = "supervisor"
OPENS_ADMINISTRATION: Final = frozenset({ADMINISTRATORS, SUPERVISORS})
"""Roles whose work is done on pages of the administration."""

_CRUD: Final = ("add", "change", "delete", "view")


class Role(msgspec.Struct, frozen=True):
    """A role as people read it."""

    title: str | Promise
    meaning: str | Promise


ROLES: Final = {
    "viewer": Role(
        _("Viewer"), _("Looks at the boards over the queues of the user's teams, and changes nothing.")
    ),
    "manager": Role(_("Manager"), _("Also reads the reports, figures and exports of the teams' queues.")),
    SUPERVISORS: Role(
        _("Supervisor"),
        _(
            "Also acts on the supervision page: listens to calls, pauses agents, transfers and hangs up. Each act is recorded."
        ),
    ),
    ADMINISTRATORS: Role(
        _("Administrator"),
        _("Sees everything, and manages PBXs, users, teams, boards and screens. Reads the audit log."),
    ),
}


def role_title(group: Group) -> str:
    role = ROLES.get(group.name)
    return str(role.title) if role else group.name


def role_meaning(group: Group) -> str:
    """A sentence; for a role that the site made itself, what its permissions are."""
    if role := ROLES.get(group.name):
        return str(role.meaning)
    names = [permission.name for permission in group.permissions.all()]
    return "; ".join(names) or str(_("A role of this site without any permission."))


def opens_administration(user: User) -> bool:
    """Whether the user's roles are worked with on pages of the administration."""
    return user.is_superuser or user.groups.filter(name__in=OPENS_ADMINISTRATION).exists()


def administrators_permit(**_signal: Any) -> None:
    """Grant the role `administrator` the pages of all models there are now. Called after each migration.

    Never the editing of roles or of users' own permissions, by which administrators could make themselves more than that.
    """
    group, _made = Group.objects.get_or_create(name=ADMINISTRATORS)
    ours = Q(content_type__app_label="dashboard")
    crud = Q()
    for verb in _CRUD:
        crud |= Q(codename__startswith=f"{verb}_")
    people = Q(
        content_type__app_label="auth", codename__in=[*(f"{verb}_user" for verb in _CRUD), "view_group"]
    )
    group.permissions.add(*Permission.objects.filter((ours & crud) | people))
