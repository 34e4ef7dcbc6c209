"""The history of a PBX that is another one each time it starts."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from dashboard.history.services import day_begin
from dashboard.models import (
    AgentStay,
    CallAttempt,
    CallRecord,
    Coverage,
    HistoryPolicy,
    Pbx,
    ReadingFailure,
    ReadyTime,
    ReadyTotal,
    Reconciliation,
    RejectedRow,
    RollUp,
    RollUpTotal,
)

FORGOTTEN = (
    CallRecord,
    CallAttempt,
    AgentStay,
    RollUp,
    RollUpTotal,
    ReadyTime,
    ReadyTotal,
    Coverage,
    ReadingFailure,
    RejectedRow,
    Reconciliation,
)


@transaction.atomic
def history_begin(pbx: Pbx, *, days: int) -> None:
    """Forget what is known, and have the last days read: for a simulated PBX, which tells another past at each start."""
    for model in FORGOTTEN:
        model.objects.filter(pbx=pbx).delete()
    since = day_begin(pbx, timezone.now() - timedelta(days=days))
    HistoryPolicy.objects.update_or_create(pbx=pbx, defaults={"since": since})
