"""Deletes what is older than the audit log is kept: the only thing that deletes from it, and it records itself."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from dashboard.models import ActionEvent, AuditRetention

State = ActionEvent.State


def audit_expire(*, keep_days: int, now: datetime | None = None) -> int:
    """Delete events older than that; how many. A run that deletes nothing leaves no event.

    The mark that lets the triggers pass lives only within this transaction, so that nobody else can delete meanwhile.
    """
    at = now or timezone.now()
    before = at - timedelta(days=keep_days)
    with transaction.atomic():
        mark = AuditRetention.objects.create(deletes_before=before)
        count, _ = ActionEvent.objects.filter(at__lt=before).delete()
        mark.delete()
        if count:
            about = {"count": str(count), "before": f"{timezone.localtime(before):%Y-%m-%d}"}
            ActionEvent.objects.create(
                request=uuid.uuid4(),
                step=ActionEvent.Step.OPENED,
                state=State.ENDED,
                at=at,
                action="retention",
                code="expired",
                about=about,
                text=f"{count} events from before {about['before']} were deleted.",
            )
    return count
