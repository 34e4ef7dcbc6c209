"""Calls for the tests of reports, and their roll-ups, made the way history makes them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from dashboard.history.limits import basis_segments
from dashboard.history.rollups import roll_ups_build
from dashboard.models import CallRecord, Pbx, Queue, Team

_numbers = count(1)


def call_made(
    pbx: Pbx, at: datetime, *, queue: str = "4", wait_s: int, outcome: str = "answered", **more: Any
) -> CallRecord:
    """A call that entered at this moment."""
    number = next(_numbers)
    values = {
        "direction": "in",
        "talk_s": 0,
        "hold_s": 0,
        "acw_s": 0,
        "caller_key": number,
        "number": f"60210{number:04}",
    }
    return CallRecord.objects.create(
        pbx=pbx,
        call_id=f"1764400000.{number}",
        queue_id=queue,
        outcome=outcome,
        entered_at=at,
        interval_at=at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0),
        day=timezone.localdate(at),
        ended_at=at + timedelta(seconds=wait_s),
        wait_s=wait_s,
        **(values | more),
    )


def rolled_up(pbx: Pbx) -> None:
    """Builds the roll-ups of all calls."""
    first = CallRecord.objects.order_by("entered_at").first()
    if first is None:
        return
    begins_at = first.interval_at - timedelta(days=1)
    roll_ups_build(
        pbx, segments=basis_segments(pbx), begins_at=begins_at, ends_at=timezone.now() + timedelta(days=1)
    )


def local(day: str, clock: str) -> datetime:
    """A local time of the call centre as a moment."""
    return timezone.make_aware(datetime.fromisoformat(f"{day} {clock}")).astimezone(UTC)


def manager_of(name: str, *queues: Queue) -> Client:
    """A browser in which a manager of these queues is logged in."""
    user = get_user_model().objects.create_user(name, "", name)
    user.groups.add(Group.objects.get(name="manager"))
    team = Team.objects.create(name=f"Team of {name}")
    team.members.add(user)
    team.queues.add(*queues)
    client = Client()
    client.force_login(user)
    return client
