"""Which queues a report is about: those in scope, narrowed by what was asked for."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404

from dashboard.access import Scope
from dashboard.models import Queue


def queues_of(scope: Scope, *, asked: Sequence[str] = ()) -> list[Queue]:
    """Queues in scope by title, inbound first; of those asked for ("main/4") where something was asked for.

    Raises Http404 if something was asked for that is not in scope: nobody learns what there is beyond it.
    """
    queues = [
        queue
        for queue in Queue.objects.select_related("pbx").order_by("is_gone", "title", "queue_id")
        if scope.has_queue(queue.pbx.slug, queue.queue_id)
    ]
    if not asked:
        return queues
    known = {key_of(queue): queue for queue in queues}
    if any(key not in known for key in asked):
        raise Http404("There is no such queue, or it is not yours to see.")
    return [known[key] for key in dict.fromkeys(asked)]


def key_of(queue: Queue) -> str:
    """How a queue is named in addresses."""
    return f"{queue.pbx.slug}/{queue.queue_id}"
