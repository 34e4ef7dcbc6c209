"""For those who watch over the server: is it alive, and how is it?"""

import redis
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from dashboard import conf
from dashboard.hub.store import connect


def healthz(request: HttpRequest) -> HttpResponse:
    """200 if database and Redis answer, else 503; the body says which does not."""
    parts = {"database": _database_answers(), "redis": _redis_answers()}
    body = {"status": "ok" if all(parts.values()) else "failing", "build": conf.build(), **parts}
    return JsonResponse(body, status=200 if all(parts.values()) else 503)


def metrics(request: HttpRequest) -> HttpResponse:
    """Figures of this process in Prometheus' text form."""
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _redis_answers() -> bool:
    client = connect(conf.redis_url())
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()
