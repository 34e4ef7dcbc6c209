"""Keeps the database's queues as the PBXs name them."""

from __future__ import annotations

from django.db import transaction

from dashboard import conf
from dashboard.domain.rows import QueueRow
from dashboard.hub.store import Store, connect
from dashboard.models import Pbx

FIELDS = ("number", "title", "direction", "type", "is_gone")


def queues_register() -> int:
    """Enter the queues of all polled PBXs from their live state; how many rows were made or changed.

    A PBX whose state is not there or names no queue changes nothing: that is an outage, not the end of its queues.
    Raises `redis.RedisError`.
    """
    client = connect(conf.redis_url())
    try:
        states = {
            pbx: Store(client, stream=pbx.slug).load().state for pbx in Pbx.objects.filter(is_enabled=True)
        }
    finally:
        client.close()
    return sum(_registered(pbx, state.queues) for pbx, state in states.items() if state and state.queues)


@transaction.atomic
def _registered(pbx: Pbx, rows: dict[str, QueueRow]) -> int:
    known = {queue.queue_id: queue for queue in pbx.queues.all()}
    changed = 0
    for queue_id, row in rows.items():
        queue, is_new = known.get(queue_id), False
        if queue is None:
            # The history may have entered it just now.
            queue, is_new = pbx.queues.get_or_create(queue_id=queue_id, defaults={"title": row.title})
        values = (row.number or "", row.title, row.direction or "", row.type or "", False)
        if is_new or values != tuple(getattr(queue, name) for name in FIELDS):
            for name, value in zip(FIELDS, values, strict=True):
                setattr(queue, name, value)
            queue.save()
            changed += 1
    for queue_id, queue in known.items():
        if queue_id not in rows and not queue.is_gone:
            queue.is_gone = True
            queue.save(update_fields=["is_gone"])
            changed += 1
    return changed
