"""Who calls: contacts with their numbers, and uploaded lists that wait for a confirmation."""

from __future__ import annotations

import re
import unicodedata
import uuid
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

_ACCENTS: Final = re.compile(r"[\u0300-\u036f]")


def text_folded(text: str) -> str:
    """For searching: small letters without accents, so that "skoda" finds "ŠKODA" on every database."""
    return " ".join(_ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold())).split())


class Contact(models.Model):
    """What the PBX is told about a caller: name, company and address. The note stays here."""

    name = models.CharField(_("name"), max_length=200)
    company = models.CharField(_("company"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)
    search_text = models.CharField(max_length=900, editable=False, default="")
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["name", "id"], name="contact_by_name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text_fill()
        super().save(*args, **kwargs)

    def search_text_fill(self) -> None:
        """Also for whoever saves in bulk, where `save` is not called."""
        self.search_text = text_folded(f"{self.name} {self.company}")


class ContactNumber(models.Model):
    """A number in its canonical form (`domain.numbers`); it belongs to one contact only."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="numbers")
    number = models.CharField(
        _("number"),
        max_length=24,
        unique=True,
        error_messages={"unique": _("Another contact has this number.")},
    )

    class Meta:
        verbose_name = _("number")
        verbose_name_plural = _("numbers")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.number


class ContactImport(models.Model):
    """An uploaded list between preview and confirmation; `content` is packed by `contacts.importing`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_by = models.ForeignKey("auth.User", on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=200)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.file_name
