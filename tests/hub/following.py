"""Who writes the live state and who follows it."""

from __future__ import annotations

import asyncio
import json

import redis

from dashboard.domain.diff import Delta, delta_apply, state_diff
from dashboard.domain.privacy import EVERYTHING, View
from dashboard.domain.rows import LiveState, PauseRow, empty_state
from dashboard.hub.hub import Hub
from dashboard.hub.publish import Commit, Publisher
from dashboard.hub.seat import Seat
from dashboard.hub.store import Standing, Store


def state_of(**titles: str) -> LiveState:
    rows = {id_: PauseRow(title=title, type="normal", paid=None) for id_, title in titles.items()}
    return LiveState(queues={}, agents={}, calls={}, pauses=rows, figures={})


class Writer:
    """Commits as a poller does."""

    def __init__(self, client: redis.Redis, stream: str = "main") -> None:
        self.store = Store(client, stream=stream)
        self.publisher = Publisher(self.store)
        self.state = empty_state()
        self.standing = Standing("", 0, 0)

    def commit(self, state: LiveState, *, epoch: str = "e1") -> None:
        commit = Commit(
            base=self.standing,
            epoch=epoch,
            state=state,
            delta=state_diff(self.state, state),
            at=1000,
            source=b'{"endpoints":{},"skew_ms":0,"still_since_at":null}',
            memory=b"{}",
            directory=None,
            build="test",
        )
        self.store.client.set(self.store.keys.lease, "w")
        assert self.publisher.commit(commit, token="w") == "done"
        self.state, self.standing = state, Standing(epoch, commit.seq, self.standing.turn + 1)


class Browser:
    """Applies what a seat is sent, as a page does."""

    def __init__(self, hub: Hub, view: View = EVERYTHING, stream: str = "main") -> None:
        self.messages: list[dict] = []
        self.state: dict = {}
        self.seq = 0
        self.epoch = ""
        self.seat = Seat(board="overview")
        hub.join(self.seat, {stream: view})
        self.seat.is_greeted = True
        self.task = asyncio.ensure_future(
            self.seat.write_loop(self._take, clock=asyncio.get_running_loop().time)
        )

    async def _take(self, text: str) -> None:
        message = json.loads(text)
        self.messages.append(message)
        if message["t"] == "snapshot":
            self.state, self.seq, self.epoch = message["state"], message["seq"], message["epoch"]
        elif message["t"] == "delta":
            assert (message["epoch"], message["prev"]) == (self.epoch, self.seq)
            self.state = delta_apply(self.state, Delta(changed=message["set"], removed=message["del"]))
            self.seq = message["seq"]

    def titles(self) -> dict[str, str]:
        return {id_: row["title"] for id_, row in self.state.get("pauses", {}).items()}

    def kinds(self) -> list[str]:
        return [message["t"] for message in self.messages]

    async def sees(self, **titles: str) -> None:
        async with asyncio.timeout(15):
            while self.titles() != titles:
                await asyncio.sleep(0.02)
