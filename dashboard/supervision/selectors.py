"""What a user may see and do on the supervision page."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.models import AbstractUser

from dashboard.access import User, scope_of
from dashboard.domain.privacy import EVERYTHING, View
from dashboard.models import Pbx

USE: Final = "dashboard.use_supervision"


def may_supervise(user: User) -> bool:
    """Whether the page is the user's to open. It is a page of the administration, so for staff only."""
    if not isinstance(user, AbstractUser):
        return False
    return user.is_active and user.is_staff and user.has_perm(USE)


def supervision_views(user: User) -> dict[str, View] | None:
    """All that is polled, unmasked, within the user's scope; None for who may not supervise, or is in no team."""
    if not may_supervise(user):
        return None
    scope = scope_of(user)
    if scope.is_empty:
        return None
    slugs = Pbx.objects.filter(is_enabled=True).values_list("slug", flat=True)
    return {slug: scope.narrowed(EVERYTHING, stream=slug) for slug in slugs}
