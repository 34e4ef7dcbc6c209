"""Pictures for boards: taken only if they are what they say, and small."""

from __future__ import annotations

import secrets
from typing import Final

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from dashboard.models import Picture

BYTES_MOST: Final = 1_000_000
_BEGINNINGS: Final = (
    ("image/png", b"\x89PNG\r\n\x1a\n"),
    ("image/jpeg", b"\xff\xd8\xff"),
    ("image/gif", b"GIF87a"),
    ("image/gif", b"GIF89a"),
)


class PictureRefused(ValueError):
    """The file is no picture that boards show; the text says why."""


def picture_kind(content: bytes) -> str | None:
    """The type by the first bytes, whatever the name says; None if boards do not show it. SVG is not: it can hold scripts."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for kind, beginning in _BEGINNINGS if content.startswith(beginning)), None)


def picture_keep(content: bytes, *, actor: User) -> Picture:
    """Raises `PictureRefused`. Who may do this is the caller's to ask."""
    if len(content) > BYTES_MOST:
        values = {"most": BYTES_MOST // 1000, "size": len(content) // 1000}
        raise PictureRefused(_("The picture has %(size)d KB; at most %(most)d KB are taken.") % values)
    kind = picture_kind(content)
    if kind is None:
        raise PictureRefused(_("This is no PNG, JPEG, WebP or GIF picture."))
    return Picture.objects.create(
        key=secrets.token_hex(16), content_type=kind, content=content, uploaded_by=actor
    )
