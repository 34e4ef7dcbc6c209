"""Tokens of the API: made, shown once, found again by their digest."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone

from dashboard.models import ApiToken

PREFIX: Final = "wb_"
"""So that scanners for leaked secrets, and people, can tell what it is."""
SHOWN: Final = 8
USED_TOLD_EVERY: Final = timedelta(minutes=1)


def token_make(*, user: User, name: str, expires_at: datetime | None = None) -> tuple[ApiToken, str]:
    """A new token and its text, which nobody can find out later."""
    text = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        user=user, name=name, digest=_digest(text), beginning=text[:SHOWN], expires_at=expires_at
    )
    return row, text


def token_find(text: str) -> ApiToken | None:
    """The token of an active user that is neither revoked nor past its time. When it was used is noted by the minute."""
    now = timezone.now()
    row = (
        ApiToken.objects.select_related("user")
        .filter(Q(expires_at=None) | Q(expires_at__gt=now))
        .filter(digest=_digest(text), revoked_at=None, user__is_active=True)
        .first()
    )
    if row is not None and (row.used_at is None or now - row.used_at >= USED_TOLD_EVERY):
        ApiToken.objects.filter(pk=row.pk).update(used_at=now)
    return row


def token_revoke(row: ApiToken) -> None:
    """It does not work any more, from now on. Once revoked is for ever."""
    ApiToken.objects.filter(pk=row.pk, revoked_at=None).update(revoked_at=timezone.now())


def _digest(text: str) -> str:
    """A token is 256 random bits: no slow hash is needed."""
    return hashlib.sha256(text.encode()).hexdigest()
