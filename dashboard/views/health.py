"""For those who watch over the server: is it alive, and how is it?"""

from __future__ import annotations

import time

import redis
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from dashboard import conf
from dashboard.hub.store import connect, ticked_at
from dashboard.polling import selectors


def healthz(request: HttpRequest) -> HttpResponse:
    """200 if database and Redis answer, else 503; the body says which does not.

    `streams` has the seconds since each polled PBX's last tick, null if there never was one.
    """
    slugs = _polled_slugs()
    streams = None if slugs is None else _streams(slugs)
    parts = {"database": slugs is not None, "redis": streams is not None}
    is_ok = all(parts.values())
    body = {"status": "ok" if is_ok else "failing", "build": conf.build(), **parts, "streams": streams or {}}
    return JsonResponse(body, status=200 if is_ok else 503)


def metrics(request: HttpRequest) -> HttpResponse:
    """Figures of this process in Prometheus' text form."""
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _polled_slugs() -> list[str] | None:
    """None if the database does not answer."""
    try:
        return selectors.polled_slugs()
    except DatabaseError:
        return None


def _streams(slugs: list[str]) -> dict[str, float | None] | None:
    """None if Redis does not answer."""
    client = connect(conf.redis_url())
    try:
        ticks = {slug: ticked_at(client, stream=slug) for slug in slugs}
    except redis.RedisError:
        return None
    finally:
        client.close()
    return {slug: None if at is None else round(time.time() - at / 1000, 1) for slug, at in ticks.items()}
