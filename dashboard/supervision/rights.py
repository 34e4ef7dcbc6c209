"""Who may do what: permissions, and the rules of this site."""

from __future__ import annotations

from typing import Final

import msgspec
from django.contrib.auth.models import AbstractUser

from dashboard.access import User
from dashboard.models import ActionRule
from dashboard.supervision.actions import ACTIONS
from dashboard.supervision.parameters import ActionName

USE: Final = "dashboard.use_supervision"


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """What this site asks for before an action."""

    is_enabled: bool
    is_reason_required: bool


def may_supervise(user: User) -> bool:
    """Whether the page is the user's to open. It is a page of the administration, so for staff only."""
    if not isinstance(user, AbstractUser):
        return False
    return user.is_active and user.is_staff and user.has_perm(USE)


def may_do(user: User, action: ActionName) -> bool:
    """Permission alone; the scope is another question."""
    return (
        may_supervise(user)
        and isinstance(user, AbstractUser)
        and user.has_perm(f"dashboard.{ACTIONS[action].permission}")
    )


def rules() -> dict[ActionName, Rule]:
    """The rule of every action: the administrator's, else that of the table."""
    rows = {row.action: row for row in ActionRule.objects.all()}
    return {
        name: Rule(is_enabled=row.is_enabled, is_reason_required=row.is_reason_required)
        if (row := rows.get(name.value))
        else Rule(is_enabled=True, is_reason_required=spec.is_reason_required)
        for name, spec in ACTIONS.items()
    }
