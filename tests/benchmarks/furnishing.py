"""Gives a site's PBX the secret of its webhooks, and the site contacts: python -m tests.benchmarks.furnishing SECRET CONTACTS"""

from __future__ import annotations

import sys
from typing import Final

from tests.benchmarks.processes import Processes
from tests.benchmarks.site import Site

WITHIN_S: Final = 90
FIRST_NUMBER: Final = 602_000_000


def furnish(running: Processes, site: Site, *, secret: str, contacts: int = 0) -> None:
    """Enter them into the running site's database."""
    command = [sys.executable, "-m", "tests.benchmarks.furnishing", secret, str(contacts)]
    running.run(command, name="furnishing", environment=site.environment, within_s=WITHIN_S)


def number(index: int) -> str:
    """The contact's number as the PBX sends it."""
    return str(FIRST_NUMBER + index)


def name(index: int) -> str:
    return f"Karolína Dvořáčková {index}"


def main(secret: str, count: int) -> None:
    """In a process of its own, since the benchmark's has no Django. Contacts come as a list that somebody imports."""
    import django

    django.setup()

    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from dashboard.consumers import signals
    from dashboard.contacts.importing import import_apply, import_store
    from dashboard.contacts.sheet import Line, Sheet
    from dashboard.models import Hook, Pbx
    from dashboard.models.hooks import secret_digest

    signals.disconnect()
    values = {"secret": secret, "secret_digest": secret_digest(secret), "renewed_at": timezone.now()}
    Hook.objects.update_or_create(pbx=Pbx.objects.get(), defaults=values)
    lines = [
        Line(
            line=index + 2,
            name=name(index),
            company=f"Firma {index % 5_000} s.r.o.",
            address=f"Pod Krejcarkem {index}, Praha",
            note=None,
            numbers=(f"+420{number(index)}",),
        )
        for index in range(count)
    ]
    sheet = Sheet(lines=lines, problems=[], ignored=[], encoding="UTF-8")
    user_id = get_user_model().objects.values_list("pk", flat=True).get()
    import_apply(import_store(sheet, file_name="contacts.csv", user_id=user_id).pk)


if __name__ == "__main__":
    _secret, _count = sys.argv[1:]
    main(_secret, int(_count))
