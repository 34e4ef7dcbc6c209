"""The audit log's line about who listened to which recording."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Final

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from dashboard.access.address import client_address
from dashboard.models import ActionEvent, CallRecord, Queue
from dashboard.supervision.wording import RECORDING

ONE_LISTENING: Final = timedelta(minutes=10)
"""A player asks for many pieces; those of this time are one listening."""

LISTENED: Final = _("Listened to the recording.")


def listening_note(request: HttpRequest, *, call: CallRecord) -> None:
    """Written before the first byte leaves. English, as all texts of the log."""
    now = timezone.now()
    user_id = request.user.pk
    recent = ActionEvent.objects.filter(
        action=RECORDING,
        actor_id=user_id,
        stream=call.pbx.slug,
        call_id=call.call_id,
        at__gt=now - ONE_LISTENING,
    )
    if recent.exists():
        return
    queue = Queue.objects.filter(pbx=call.pbx, queue_id=call.queue_id).first()
    line = ActionEvent(
        request=_one_listening(user_id, call, int(now.timestamp())),
        step=ActionEvent.Step.OPENED,
        state=ActionEvent.State.CONFIRMED,
        at=now,
        actor_id=user_id,
        actor_name=request.user.get_username(),
        address=client_address(request),
        action=RECORDING,
        stream=call.pbx.slug,
        agent_id=call.agent_id,
        call_id=call.call_id,
        queue_id=call.queue_id,
        queue_title=queue.title if queue else "",
        text=LISTENED,
    )
    # A player may ask twice at once, and both see that nothing is noted yet.
    ActionEvent.objects.bulk_create([line], ignore_conflicts=True)


def _one_listening(user_id: int | None, call: CallRecord, now_s: int) -> uuid.UUID:
    """The same for all that is asked within the same ten minutes."""
    part = now_s // int(ONE_LISTENING.total_seconds())
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{user_id}/{call.pbx.slug}/{call.call_id}/{part}")
