"""A text column that is encrypted in the database (Fernet, with a key derived from SECRET_KEY)."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.db import models

from dashboard import conf


def _cipher() -> Fernet:
    digest = hashlib.sha256(b"wallboard stored secrets\0" + conf.secret_key().encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


class SecretField(models.TextField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Clear text in Python, encrypted in the table. "" if there is none, or if it was encrypted with another SECRET_KEY.

    Whoever needs the secret must say so in words when it is "": the pages around it have to stay usable.
    """

    def get_prep_value(self, value: Any) -> Any:
        return _cipher().encrypt(value.encode()).decode() if value else ""

    def from_db_value(self, value: str | None, *_: object) -> str:
        if not value:
            return ""
        try:
            return _cipher().decrypt(value.encode()).decode()
        except InvalidToken:
            return ""
