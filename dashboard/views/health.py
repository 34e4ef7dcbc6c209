"""For those who watch over the server: is it alive, and how is it?"""

from __future__ import annotations

import secrets
import time
from typing import Final

import redis
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from dashboard import conf
from dashboard.hub.store import connect, ticked_at
from dashboard.polling import selectors
from dashboard.views.queue_metrics import queue_registry

LOOPBACK: Final = frozenset({"127.0.0.1", "::1"})


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
    """Figures of this process and of all queues in Prometheus' text form, for this machine or whoever has the token."""
    if not _may_read_metrics(request):
        return HttpResponse("METRICS_TOKEN is needed.\n", status=403, content_type="text/plain")
    text = generate_latest() + generate_latest(queue_registry())
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST)


def _may_read_metrics(request: HttpRequest) -> bool:
    """With a token set, only with it; else this machine, as long as no proxy stands between."""
    token = conf.metrics_token()
    if token:
        shown = request.headers.get("Authorization", "")
        return secrets.compare_digest(shown.encode(), f"Bearer {token}".encode())
    is_forwarded = any(name in request.headers for name in ("X-Forwarded-For", "Forwarded"))
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not is_forwarded


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
