"""Which queues a report is about: those in scope, narrowed by what was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
    keys = keys_of(asked)
    if not keys:
        return queues
    known = {key_of(queue): queue for queue in queues}
    if any(key not in known for key in keys):
        raise Http404("There is no such queue, or it is not yours to see.")
    return [known[key] for key in keys]


def keys_of(asked: Iterable[str]) -> tuple[str, ...]:
    """The queues that an address names, each once: several parameters, or several in one with commas in between."""
    return tuple(dict.fromkeys(key for text in asked for key in text.split(",") if key))


def key_of(queue: Queue) -> str:
    """How a queue is named in addresses."""
    return f"{queue.pbx.slug}/{queue.queue_id}"
