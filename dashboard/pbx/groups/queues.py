"""Queues: their list, creating them, logging in to them."""

from dashboard.pbx.groups.base import Action, Group
from dashboard.pbx.ids import Extension, Login, QueueId, QueueNumber
from dashboard.pbx.request import Effect, Request, flag, given
from dashboard.pbx.shapes import found, nothing, rows_by_id
from dashboard.pbx.wire.directory import Queue
from dashboard.pbx.words import Direction

QUEUES = rows_by_id(Queue, key="queue")
QUEUE = found(Queue, key="queue")
NOTHING = nothing()
PRIORITIES = (0, 1, 2)


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

    @Action
    @staticmethod
    def create(
        *,
        number: QueueNumber,
        title: str,
        direction: Direction,
        queue: QueueId | None = None,
        outboundcid: str | None = None,
        description: str | None = None,
        wrapuptime: int | None = None,
        outbounder: bool = False,
        deadline_s: float | None = None,
    ) -> Request[None]:
        """CreateQueue. Edits the queue if there is one with that number. `wrapuptime` is in seconds."""
        params = given(
            {
                "number": number,
                "title": title,
                "direction": direction,
                "outboundcid": outboundcid,
                "description": description,
                "wrapuptime": wrapuptime,
                "outbounder": flag(outbounder, "true"),
            }
        )
        return Request(
            action="CreateQueue",
            version="3.0",
            effect=Effect.ACTION,
            id=queue,
            params=params,
            shape=NOTHING,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def login(
        *,
        user: Login,
        queue: QueueNumber,
        extension: Extension | None = None,
        priority: int | None = None,
        deadline_s: float | None = None,
    ) -> Request[None]:
        """LoginQueue, by the queue's number. Priority 0 is normal, 2 the lowest; None is the user's own setting."""
        if priority is not None and priority not in PRIORITIES:
            raise ValueError("The priority in a queue is 0, 1 or 2.")
        params = given({"user": user, "queue": queue, "extension": extension, "priority": priority})
        return Request(
            action="LoginQueue",
            version="3.0",
            effect=Effect.ACTION,
            params=params,
            shape=NOTHING,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def logout(*, user: Login, queue: QueueNumber, deadline_s: float | None = None) -> Request[None]:
        """LogoutQueue, by the queue's number. PbxCallInProgress while the agent has a call in it."""
        return Request(
            action="LogoutQueue",
            version="3.0",
            effect=Effect.ACTION,
            params=given({"user": user, "queue": queue}),
            shape=NOTHING,
            deadline_s=deadline_s,
        )
