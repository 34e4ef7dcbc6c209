"""Queues: their list, and later logging in to them."""

from dashboard.pbx.groups.base import Action, Group
from dashboard.pbx.ids import QueueId
from dashboard.pbx.request import Request
from dashboard.pbx.shapes import found, rows_by_id
from dashboard.pbx.wire.directory import Queue

QUEUES = rows_by_id(Queue, key="queue")
QUEUE = found(Queue, key="queue")


class Queues(Group):
    @Action
    @staticmethod
    def all(*, deadline_s: float | None = None) -> Request[dict[QueueId, Queue]]:
        """GetQueues without an ID: every queue by its ID."""
        return Request(action="GetQueues", version="3.0", shape=QUEUES, deadline_s=deadline_s)

    @Action
    @staticmethod
    def one(queue: QueueId, *, deadline_s: float | None = None) -> Request[Queue | None]:
        """GetQueues with an ID; None if there is no such queue."""
        return Request(action="GetQueues", version="3.0", id=queue, shape=QUEUE, deadline_s=deadline_s)
