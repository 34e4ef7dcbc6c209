"""A text column that is encrypted in the database (Fernet, with a key derived from SECRET_KEY)."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.db import models

from dashboard import conf


class SecretUnreadable(Exception):
    """The stored secret was encrypted with another SECRET_KEY; it has to be entered again."""


def _cipher() -> Fernet:
    digest = hashlib.sha256(b"wallboard stored secrets\0" + conf.secret_key().encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


class SecretField(models.TextField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Clear text in Python, encrypted in the table. Reading with another SECRET_KEY raises `SecretUnreadable`."""

    def get_prep_value(self, value: Any) -> Any:
        return _cipher().encrypt(value.encode()).decode() if value else ""

    def from_db_value(self, value: str | None, *_: object) -> str:
        if not value:
            return ""
        try:
            return _cipher().decrypt(value.encode()).decode()
        except InvalidToken as exc:
            raise SecretUnreadable(
                "The stored PBX token was encrypted with another SECRET_KEY; enter it again."
            ) from exc
