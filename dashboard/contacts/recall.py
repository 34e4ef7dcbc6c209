"""What was found out about a caller, kept in Redis while the call runs, for the poller and for later hooks of the same call.

Nothing of this is live state: that is the poller's alone, which picks the names up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from dashboard.contacts.outage import Outage

PATIENCE_S: Final = 0.25
"""The PBX waits in the call's path, so Redis is given up soon."""

PAUSE_S: Final = 1.0
NUMBER_KEPT_MS: Final = 15 * 60_000
"""From the arrival, which names no call, until the poller has seen the call and every line has rung."""

CALL_KEPT_MS: Final = 4 * 3_600_000

Answer = dict[str, str]

_decoder: Final = msgspec.json.Decoder(Answer)


def name_of(answer: Mapping[str, str]) -> str | None:
    """What a board shows of an answer."""
    return answer.get("NAME") or answer.get("COMPANY")


class Recall:
    """Never raises when Redis does not answer, `names` aside: a hook is answered all the same."""

    def __init__(self, url: str) -> None:
        self.client = redis.Redis.from_url(
            url,
            socket_timeout=PATIENCE_S,
            socket_connect_timeout=PATIENCE_S,
            retry=Retry(NoBackoff(), 0),
        )
        self._outage = Outage(name="Callers' names are not kept for the boards, Redis", pause_s=PAUSE_S)

    def keep(self, answer: Answer, *, stream: str, number: str, call_id: str) -> None:
        """An empty answer is kept as well: nobody knows this number."""
        text = msgspec.json.encode(answer)
        rows = [(_key(stream, "number", number), NUMBER_KEPT_MS)] if number else []
        if call_id and answer:
            rows.append((_key(stream, "call", call_id), CALL_KEPT_MS))
        if not rows or self._outage.is_left_alone:
            return
        try:
            with self.client.pipeline(transaction=False) as pipeline:
                for key, kept_ms in rows:
                    pipeline.set(key, text, px=kept_ms)
                pipeline.execute()
        except redis.RedisError as exc:
            self._outage.failed(f"does not answer: {exc}")
        else:
            self._outage.succeeded()

    def answer(self, *, stream: str, number: str, call_id: str) -> Answer | None:
        """What was kept for the call, else for the number; None if nothing was."""
        keys = _keys(stream, call_id=call_id, number=number)
        if not keys or self._outage.is_left_alone:
            return None
        try:
            values: Any = self.client.mget(keys)
        except redis.RedisError as exc:
            self._outage.failed(f"does not answer: {exc}")
            return None
        self._outage.succeeded()
        return next((_decoder.decode(value) for value in values if value), None)

    def forget(self, *, stream: str, call_id: str) -> None:
        """The call is over. What is known of its number goes by itself."""
        if not call_id or self._outage.is_left_alone:
            return
        try:
            self.client.delete(_key(stream, "call", call_id))
        except redis.RedisError as exc:
            self._outage.failed(f"does not answer: {exc}")
        else:
            self._outage.succeeded()

    def names(self, *, stream: str, calls: Mapping[str, str]) -> dict[str, str]:
        """Names by call, where there are any, in one question. `calls` has each call's canonical number, or "".

        Raises `redis.RedisError`.
        """
        keys = {id_: _keys(stream, call_id=id_, number=number) for id_, number in calls.items()}
        wanted = [key for row in keys.values() for key in row]
        if not wanted:
            return {}
        values: Any = self.client.mget(wanted)
        known = {key: value for key, value in zip(wanted, values, strict=True) if value}
        answers = {
            id_: _decoder.decode(next(known[key] for key in row if key in known))
            for id_, row in keys.items()
            if not known.keys().isdisjoint(row)
        }
        return {id_: name for id_, answer in answers.items() if (name := name_of(answer))}


def _keys(stream: str, *, call_id: str, number: str) -> list[str]:
    keys = [_key(stream, "call", call_id)] if call_id else []
    return [*keys, _key(stream, "number", number)] if number else keys


def _key(stream: str, kind: str, id_: str) -> str:
    return f"wallboard:callers:{stream}:{kind}:{id_}"
