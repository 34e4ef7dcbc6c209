"""A PBX's way in: the secret in the address of its webhooks, and where else its callers' names may be asked."""

from __future__ import annotations

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from dashboard.models.pbx import Pbx
from dashboard.models.secret import SecretField


def secret_digest(secret: str) -> str:
    """By which a secret is found. It is random and long, so a plain hash gives nothing away."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


class Hook(models.Model):
    """One per PBX. The secret is kept encrypted as well, so that the dialplan lines can be shown again."""

    pbx = models.OneToOneField(
        Pbx, on_delete=models.CASCADE, primary_key=True, related_name="hook", verbose_name=_("PBX")
    )
    secret = SecretField(editable=False)
    secret_digest = models.CharField(max_length=64, unique=True, editable=False)
    renewed_at = models.DateTimeField(_("secret made"), editable=False)
    crm_url = SecretField(
        _("address of the CRM"),
        blank=True,
        help_text=_(
            "Asked for callers who are not among the contacts, such as https://crm.example.com/caller?number={number}. "
            "It answers with JSON such as the documented one; more than a second is not waited for. Stored encrypted."
        ),
    )

    class Meta:
        verbose_name = _("webhook")

    def __str__(self) -> str:
        return f"Webhooks of {self.pbx.title}"
