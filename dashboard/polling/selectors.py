"""Which PBXs are polled, and how it goes with them."""

from __future__ import annotations

import time

import msgspec
import redis
from django.utils.translation import gettext as _

from dashboard import conf
from dashboard.domain.source import Source
from dashboard.hub.store import Store, connect, source_of, ticked_at
from dashboard.models import Pbx
from dashboard.translate.directory import Directory

SILENT_AFTER_MS = 10_000


class EndpointStatus(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a PBX's status; `age_s` is None if the endpoint never answered."""

    name: str
    every_s: float
    age_s: int | None
    error: str | None


class PbxStatus(msgspec.Struct, frozen=True, kw_only=True):
    """How it goes with a PBX, as its last tick told. `source` is None if it was never polled; ages are in seconds."""

    text: str
    is_good: bool
    source: Source | None
    tick_age_s: float | None

    @property
    def rows(self) -> list[EndpointStatus]:
        """The endpoints in the order in which they are asked."""
        if self.source is None:
            return []
        now_at = int(time.time() * 1000)
        return [
            EndpointStatus(
                name=name,
                every_s=row.every_ms / 1000,
                age_s=None if row.ok_at is None else max(0, (now_at - row.ok_at) // 1000),
                error=row.error.text if row.error else None,
            )
            for name, row in self.source.endpoints.items()
        ]


def polled_slugs() -> list[str]:
    return list(Pbx.objects.filter(is_enabled=True).values_list("slug", flat=True))


def pbx_status(pbx: Pbx, *, client: redis.Redis) -> PbxStatus:
    """Raises nothing: if Redis does not answer, the status says so."""
    try:
        source, at = source_of(client, stream=pbx.slug), ticked_at(client, stream=pbx.slug)
    except redis.RedisError:
        return PbxStatus(text=_("Redis does not answer."), is_good=False, source=None, tick_age_s=None)
    age_ms = None if at is None else int(time.time() * 1000) - at
    text, is_good = _told(pbx, source, age_ms)
    return PbxStatus(
        text=text, is_good=is_good, source=source, tick_age_s=None if age_ms is None else age_ms / 1000
    )


def _told(pbx: Pbx, source: Source | None, age_ms: int | None) -> tuple[str, bool]:
    if not pbx.is_enabled:
        return _("Polling is paused."), True
    if source is None or age_ms is None:
        return _("Not polled yet."), False
    if age_ms > SILENT_AFTER_MS:
        told = _("No poll for %(age)s s: are worker and beat running?") % {"age": age_ms // 1000}
        return told, False
    failing = [f"{name}: {row.error.text}" for name, row in source.endpoints.items() if row.error is not None]
    if failing:
        return failing[0], False
    if source.still_since_at is not None:
        return _("The PBX answers, but its data stands still."), False
    return _("Answers."), True


def agents_known(pbx: Pbx) -> dict[str, str]:
    """The agents of the PBX by ID with their names, as they were last read; empty if they never were.

    Raises `redis.RedisError`.
    """
    client = connect(conf.redis_url())
    try:
        loaded = Store(client, stream=pbx.slug).load()
    finally:
        client.close()
    directory = msgspec.json.decode(loaded.directory, type=Directory) if loaded.directory else Directory()
    users = directory.users or {}
    agents = loaded.state.agents if loaded.state else {}
    return {id_: user.name or user.login or id_ for id_, user in users.items()} | {
        id_: agent.name or agent.login or id_ for id_, agent in agents.items()
    }
