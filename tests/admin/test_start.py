"""The start page: is everything all right? In words, and for administrators only."""

from __future__ import annotations

import time
from typing import Any

import pytest
import redis
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from dashboard.hub.pulse import pulse_mark
from dashboard.hub.store import keys_of
from dashboard.models import (
    Pbx,
    Queue,
    ReadingFailure,
    ReportDelivery,
    ReportSubscription,
    Screen,
    Team,
)
from dashboard.tasks import pulse

pytestmark = pytest.mark.django_db

STATUS = "/admin/status/"


def lines(client: Client) -> dict[str, Any]:
    answer = client.get(STATUS)
    assert answer.status_code == 200
    return {line["key"]: line for line in answer.json()["lines"]}


def told(client: Client, key: str) -> tuple[str, str]:
    line = lines(client)[key]
    return line["level"], f"{line['text']} {line['advice']}"


@pytest.fixture
def alive(redis_client: redis.Redis) -> redis.Redis:
    """Both kinds of workers took something just now."""
    for queue in ("live", "slow"):
        pulse_mark(redis_client, queue=queue)
    return redis_client


def aged(client: redis.Redis, *, queue: str, seconds: int) -> None:
    client.hset("wallboard:pulse", queue, int((time.time() - seconds) * 1000))


def test_nobody_but_administrators_is_told(
    supervisor: Client, administrator: Client, redis_client: redis.Redis
) -> None:
    assert supervisor.get(STATUS).status_code == 403
    assert "data-overview" not in supervisor.get("/admin/").content.decode()
    assert Client().get(STATUS).status_code == 302
    assert "data-overview" in administrator.get("/admin/").content.decode()


def test_without_a_pbx_it_says_to_add_one(administrator: Client, alive: redis.Redis) -> None:
    level, text = told(administrator, "pbx")
    assert level == "warning"
    assert "Add the PBX" in text


def test_a_pbx_that_was_never_polled_is_told(administrator: Client, alive: redis.Redis, pbx: Pbx) -> None:
    assert told(administrator, "pbx-main") == (
        "critical",
        "Not polled yet. Open it and test the connection. Boards show how old their figures are.",
    )


def test_a_pbx_that_is_paused_is_no_trouble(administrator: Client, alive: redis.Redis, pbx: Pbx) -> None:
    Pbx.objects.update(is_enabled=False)
    assert lines(administrator)["pbx-main"]["level"] == "off"


def tick(client: redis.Redis, *, skew_ms: int = 0, error: str | None = None) -> None:
    """What a poller tells with a tick."""
    now = int(time.time() * 1000)
    fault = "null" if error is None else f'{{"code":"down","text":"{error}","since_at":{now}}}'
    source = (
        f'{{"endpoints":{{"RTStatsCalls":{{"ok_at":{now - 3000},"every_ms":1000,"error":{fault}}}}},'
        f'"skew_ms":{skew_ms},"still_since_at":null}}'
    )
    client.hset(keys_of("main").meta, mapping={"source": source, "ticked_at": now})


def test_a_pbx_that_answers_tells_the_age_of_its_figures(
    administrator: Client, alive: redis.Redis, pbx: Pbx
) -> None:
    tick(alive)
    level, text = told(administrator, "pbx-main")
    assert level == "ok"
    assert text.startswith("Answers. Its figures are 3 s old.") or "4 s old" in text


def test_a_pbx_whose_clock_is_wrong_is_told(administrator: Client, alive: redis.Redis, pbx: Pbx) -> None:
    tick(alive, skew_ms=-90_000)
    level, text = told(administrator, "pbx-main")
    assert level == "warning"
    assert "90 s behind ours" in text


def test_a_pbx_that_fails_gives_its_reason(administrator: Client, alive: redis.Redis, pbx: Pbx) -> None:
    tick(alive, error="It cannot be reached.")
    assert told(administrator, "pbx-main")[0] == "critical"
    assert "It cannot be reached." in told(administrator, "pbx-main")[1]
    assert administrator.get(STATUS).json()["headline"] == "1 thing needs you now"


def test_without_redis_one_line_says_so_and_nothing_is_made_up(
    administrator: Client, settings, pbx: Pbx
) -> None:
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    rows = lines(administrator)
    assert rows["redis"]["level"] == "critical"
    assert "live" not in rows
    assert "pbx-main" not in rows
    assert administrator.get("/admin/").status_code == 200


def test_workers_and_beat_are_fine_while_work_is_taken(administrator: Client, alive: redis.Redis) -> None:
    assert [lines(administrator)[key]["level"] for key in ("redis", "beat", "live", "slow")] == ["ok"] * 4


def test_polls_that_nobody_takes_are_told_and_beat_is_not_blamed(
    administrator: Client, redis_client: redis.Redis
) -> None:
    aged(redis_client, queue="live", seconds=40)
    redis_client.rpush("live", *range(38))
    level, text = told(administrator, "live")
    assert level == "critical"
    assert "38 wait" in text
    assert lines(administrator)["beat"]["level"] == "ok"


def test_beat_that_gives_out_nothing_is_told(administrator: Client, redis_client: redis.Redis) -> None:
    for queue in ("live", "slow"):
        aged(redis_client, queue=queue, seconds=300)
    assert told(administrator, "beat")[0] == "critical"
    assert lines(administrator)["live"]["level"] == "warning", "workers without work are not the cause"


def test_slow_work_that_nobody_takes_does_not_alarm(administrator: Client, alive: redis.Redis) -> None:
    aged(alive, queue="slow", seconds=600)
    alive.rpush("slow", "task")
    level, text = told(administrator, "slow")
    assert level == "warning"
    assert "Boards go on" in text


def test_the_task_of_the_pulse_is_what_is_seen(administrator: Client, redis_client: redis.Redis) -> None:
    assert lines(administrator)["slow"]["level"] == "warning"
    pulse("slow")
    assert lines(administrator)["slow"]["level"] == "ok"


def test_queues_and_users_in_no_team_are_named(
    administrator: Client, alive: redis.Redis, queues: list[Queue], eva: User
) -> None:
    level, text = told(administrator, "queues")
    assert level == "warning"
    assert "2 queues are in no team: Prodej, Servis" in text, "the one that is gone does not count"
    assert "1 user is in no team: eva" in told(administrator, "users")[1]
    Team.objects.create(name="Everyone", all_queues=True).members.add(eva)
    assert lines(administrator)["queues"]["level"] == "ok"
    assert lines(administrator)["users"]["level"] == "ok"


def test_a_reading_that_fails_is_told_with_its_reason(
    administrator: Client, alive: redis.Redis, pbx: Pbx
) -> None:
    assert lines(administrator)["history"]["level"] == "ok"
    now = timezone.now()
    ReadingFailure.objects.create(
        pbx=pbx, action="StatsCalls", text="It takes too long.", since_at=now, last_at=now
    )
    level, text = told(administrator, "history")
    assert level == "warning"
    assert "StatsCalls" in text
    assert "It takes too long." in text


def test_reports_that_were_not_sent_are_told_with_the_reason(
    administrator: Client, alive: redis.Redis, eva: User
) -> None:
    assert lines(administrator)["mails"]["level"] == "off"
    subscription = ReportSubscription.objects.create(user=eva)
    today = timezone.localdate()
    ReportDelivery.objects.create(
        subscription=subscription,
        user=eva,
        first_day=today,
        last_day=today,
        tries=3,
        error="No such mailbox.",
    )
    level, text = told(administrator, "mails")
    assert level == "warning"
    assert "the last to eva: No such mailbox." in text


def test_screens_that_are_off_are_named(administrator: Client, alive: redis.Redis) -> None:
    assert lines(administrator)["screens"]["level"] == "off"
    now = timezone.now()
    for name, seen_at, revoked_at in (
        ("Hall left", now, None),
        ("Hall right", None, None),
        ("Old", None, now),
    ):
        Screen.objects.create(name=name, key_hash=name, paired_at=now, seen_at=seen_at, revoked_at=revoked_at)
    level, text = told(administrator, "screens")
    assert level == "warning"
    assert "1 of 2 screens is off: Hall right (never seen)." in text


def test_what_needs_somebody_stands_first(
    administrator: Client, alive: redis.Redis, pbx: Pbx, eva: User
) -> None:
    levels = [line["level"] for line in administrator.get(STATUS).json()["lines"]]
    assert levels[:2] == ["critical", "warning"]
    assert not {"critical", "warning"} & set(levels[2:])


def test_everything_all_right_is_said_so(administrator: Client, alive: redis.Redis, pbx: Pbx) -> None:
    tick(alive)
    body = administrator.get(STATUS).json()
    assert [line for line in body["lines"] if line["level"] in {"critical", "warning"}] == []
    assert body["headline"] == "Everything is all right"


def test_pages_are_grouped_by_subject(administrator: Client, redis_client: redis.Redis) -> None:
    page = administrator.get("/admin/")
    sections = {
        str(section["name"]): [str(row["name"]) for row in section["models"]]
        for section in page.context["app_list"]
    }
    assert [name.lower() for name in sections["People and rights"]] == ["users", "teams", "roles"]
    assert next(iter(sections)) == "PBXs and queues"
