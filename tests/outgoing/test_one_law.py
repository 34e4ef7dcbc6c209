"""Page, e-mail, API and board say the same number for a scope that has an e-mail queue."""

from __future__ import annotations

import io
import json
import subprocess
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.urls import reverse

from dashboard.access import scope_of
from dashboard.boards.trend import trend_today
from dashboard.domain.privacy import View
from dashboard.figures.live import LiveFigures
from dashboard.figures.parts import parts_by_queue
from dashboard.figures.selectors import question
from dashboard.history.answers import Days
from dashboard.models import (
    Agent,
    AgentStay,
    CallRecord,
    Coverage,
    Pbx,
    Queue,
    QueueDefinition,
    ReadyTime,
    ReportSubscription,
    Team,
)
from dashboard.outgoing.mail import report_send
from dashboard.outgoing.tokens import token_make
from tests.figures.conftest import Calls, local

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[2]
MONDAY = local(9).date()
DAY = "from=2026-11-23&to=2026-11-23"


@pytest.fixture(autouse=True)
def _mail_server(settings) -> None:
    settings.EMAIL_HOST = "127.0.0.1"


@pytest.fixture
def mails_too(manager: User, pbx: Pbx, call: Calls) -> Queue:
    """The manager's team has an e-mail queue as well, all of whose three messages waited for long."""
    queue = Queue.objects.create(pbx=pbx, queue_id="9", title="Post", direction="in", type="email")
    Team.objects.get(name="Sales team").queues.add(queue)
    for minute in range(3):
        call(local(11, minute), queue_id="9", wait_s=4000)
    return queue


Names = tuple[str, ...]
NAMES: Names = ("Offered", "Service level")


def on_page(user: User, extra: str = "", names: Names = NAMES) -> tuple[float | None, ...]:
    """Figures of the line of all, as the page's table is exported."""
    client = Client()
    client.force_login(user)
    answer = client.get(f"{reverse('reports_range')}?{DAY}&format=xlsx{extra}")
    return totals_of(b"".join(answer) if answer.streaming else answer.content, names)


def in_mail(user: User, *chosen: Queue, names: Names = NAMES) -> tuple[float | None, ...]:
    """The same of the file that is attached to the e-mail."""
    subscription = ReportSubscription.objects.create(user=user, period="daily", send_at=time(7))
    subscription.queues.add(*chosen)
    report_send(subscription, user, Days(MONDAY, MONDAY))
    return totals_of(mail.outbox[-1].attachments[0][1], names)


def totals_of(workbook: bytes, names: Names) -> tuple[float | None, ...]:
    rows = list(openpyxl.load_workbook(io.BytesIO(workbook)).worksheets[0].iter_rows(values_only=True))
    head = next(row for row in rows if "Offered" in row)
    last = [row for row in rows if row[0] in {"All together", "All queues"}][-1]
    return tuple(last[head.index(name)] for name in names)


def in_api(user: User, extra: str = "") -> dict[str, float]:
    _row, text = token_make(user=user, name=f"Test {extra}")
    answer = Client().get(f"/api/v1/figures?{DAY}{extra}", headers={"authorization": f"Bearer {text}"})
    return json.loads(answer.content)["total"]["values"]


def on_board(user: User, pbx: Pbx, *, is_named: bool) -> tuple[float, float]:
    """By the browser's own code, over the queues that the user's board would get."""
    asked = question(pbx, scope=scope_of(user), days=Days(MONDAY, MONDAY))
    parts = parts_by_queue(asked)
    types = dict(Queue.objects.filter(queue_id__in=parts).values_list("queue_id", "type"))
    slice_ = {
        "queues": {f"main/{id_}": {"direction": "in", "type": types[id_]} for id_ in parts},
        "figures": {f"main/{id_}:today": msgspec.to_builtins(own[0].figures) for id_, own in parts.items()},
        "calls": {},
        "agents": {},
    }
    offered, level = by_browser(slice_, "offered", "service_level", is_named=is_named)
    return offered, level


def in_api_rows(user: User, extra: str) -> dict[int, dict[str, float]]:
    """By when the interval begins, in milliseconds."""
    _row, text = token_make(user=user, name=f"Test {extra}"[:60])
    answer = Client().get(f"/api/v1/figures?{DAY}{extra}", headers={"authorization": f"Bearer {text}"})
    return {
        int(datetime.fromisoformat(row["begins_at"]).timestamp() * 1000): row["figures"]["values"]
        for row in json.loads(answer.content)["rows"]
    }


def by_browser(slice_: dict[str, Any], *keys: str, is_named: bool = False) -> list[float]:
    script = (
        f"import {{ boardFigure }} from '{ROOT}/static/js/figures.js';"
        f"const slice = {json.dumps(slice_)}; const about = {{ now: 0, isNamed: {json.dumps(is_named)} }};"
        f"console.log(JSON.stringify({json.dumps(keys)}.map((key) => boardFigure(key, slice, about))));"
    )
    answer = subprocess.run(
        ["node", "--input-type=module", "-e", script], capture_output=True, text=True, check=True
    )
    return list(json.loads(answer.stdout))


def test_nobody_counts_an_e_mail_queue_that_was_not_named(
    manager: User, monday: None, mails_too: Queue, pbx: Pbx
) -> None:
    api = in_api(manager)
    assert (api["offered"], api["service_level"]) == (12, 7 / 11)
    assert on_page(manager) == in_mail(manager) == (12, pytest.approx(7 / 11))
    assert on_board(manager, pbx, is_named=False) == (12, 7 / 11)


def test_everybody_counts_an_e_mail_queue_that_was_named(
    manager: User, monday: None, mails_too: Queue, pbx: Pbx
) -> None:
    both = "&queue=main/4&queue=main/9"
    api = in_api(manager, both)
    assert (api["offered"], api["service_level"]) == (15, 7 / 14)
    assert on_page(manager, both) == in_mail(manager, *pbx.queues.exclude(queue_id="5")) == (15, 0.5)
    assert on_board(manager, pbx, is_named=True) == (15, 7 / 14)


def seconds(count: int) -> timedelta:
    return timedelta(seconds=count)


def of_agents(user: User, extra: str = "") -> dict[str, float]:
    """The line of all agents, and how many calls the list behind its answered ones has."""
    client = Client()
    client.force_login(user)
    answer = client.get(f"/reports/agents/?{DAY}&format=xlsx{extra}")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))
    head = next(row for row in rows if "Answered" in row)
    last = next(row for row in rows if row[0] == "All together")
    calls = client.get(f"/reports/calls/?{DAY}&figure=answered&agent=main/7{extra}")
    return dict(zip(head, last, strict=True)) | {"list": calls.context["foot"].answered}


def test_an_agents_calls_are_those_of_the_counted_queues_within_hours(
    manager: User, monday: None, mails_too: Queue, pbx: Pbx
) -> None:
    """Seven calls at nine, three at ten, two of them lost; three e-mails; a call of another team; one of no queue."""
    CallRecord.objects.update(agent_id="7")
    CallRecord.objects.filter(queue_id="5").update(queue_id="")
    seen = of_agents(manager)
    assert (seen["Answered"], seen["list"], in_api(manager)["answered"]) == (10, 10, 10)
    assert of_agents(manager, "&queue=main/9")["Answered"] == 3
    hours = {str(day): [["10:00", "18:00"]] for day in range(7)}
    QueueDefinition.objects.create(pbx=pbx, queue=pbx.queues.get(queue_id="4"), hours=hours)
    seen = of_agents(manager)
    assert (seen["Answered"], seen["list"], in_api(manager, "&minutes=15")["answered"]) == (3, 3, 3)
    assert seen["Talk"] == seconds(300)
    admin = User.objects.create_superuser("root", "", "root")
    assert of_agents(admin)["Answered"] == 3


def test_time_on_other_teams_calls_is_not_ready_time(manager: User, call: Calls, pbx: Pbx) -> None:
    """An hour logged in, 100 s of own talk, 600 s of another team's: ready 2900, occupancy 700 / 3600."""
    Agent.objects.create(pbx=pbx, agent_id="7", name="Hana")
    for kind, subject in (("session", ""), ("queue", "4")):
        AgentStay.objects.create(
            pbx=pbx,
            kind=kind,
            row_key=kind,
            agent_id="7",
            subject_id=subject,
            start_at=local(9),
            end_at=local(9) + timedelta(hours=1),
        )
    call(local(9, 5), agent_id="7", talk_s=100)
    call(local(9, 10), agent_id="7", talk_s=600, queue_id="5")
    for extra in ("", "&queue=main/4"):
        seen = of_agents(manager, extra)
        assert (seen["Answered"], seen["Talk"], seen["Ready"]) == (1, seconds(100), seconds(2900))
        assert seen["Occupancy"] == pytest.approx(700 / 3600)


def test_a_boards_trend_counts_an_e_mail_queue_only_if_named(
    monday: None, mails_too: Queue, pbx: Pbx
) -> None:
    def offered(*queues: str) -> float:
        trend = trend_today(
            {"main": View()}, queues=list(queues), figure="offered", interval_min=60, now=local(20)
        )
        return sum(value or 0 for value in trend.values)

    assert offered() == 13  # Sales and Support
    assert offered("main/9") == 3


def test_a_boards_trend_is_the_days_figures_interval_by_interval(
    manager: User, monday: None, pbx: Pbx, call: Calls
) -> None:
    """By business hours, the definition that holds though the sums are by another one, and each queue's own day."""
    open_, early, campaign = (
        Queue.objects.create(pbx=pbx, queue_id=id_, title=id_, direction="out" if id_ == "8" else "in")
        for id_ in ("6", "7", "8")
    )
    Team.objects.get(name="Sales team").queues.add(open_, early, campaign)
    QueueDefinition.objects.create(pbx=pbx, queue=open_, threshold_s=60, hours={"0": [["09:00", "12:00"]]})
    QueueDefinition.objects.create(pbx=pbx, queue=early, day_start=time(6))
    for hour in (5, 8, 9, 11, 13):
        for queue_id in ("6", "7", "8"):
            call(local(hour), queue_id=queue_id, wait_s=40, direction="out" if queue_id == "8" else "in")
    trends = {
        figure: trend_today(
            {"main": View(queue_ids=scope_of(manager).queue_ids("main"))},
            queues=[],
            figure=figure,
            interval_min=60,
            now=local(20),
        )
        for figure in ("offered", "service_level")
    }
    by_hour = in_api_rows(manager, "&by=interval&minutes=60&queue=main/4&queue=main/6&queue=main/7")
    for figure, trend in trends.items():
        told = {at: value for at, value in zip(trend.at, trend.values, strict=True) if value is not None}
        assert told == {at: values[figure] for at, values in by_hour.items()}, figure
    offered, _level = on_page(manager)
    assert sum(value or 0 for value in trends["offered"].values) == offered == 12 + 2 + 4


@pytest.fixture
def ready(manager: User, monday: None, pbx: Pbx, call: Calls) -> None:
    """Sales works for 1000 s, a queue in which nobody was ready 200 s, one that is open from nine to twelve 100 s.

    Ready are Sales' agents for 1000 s, partly while nobody called; those of the last queue for 300 s within its hours.
    """
    quiet, open_ = (
        Queue.objects.create(pbx=pbx, queue_id=id_, title=title, direction="in")
        for id_, title in (("6", "Nobody"), ("8", "Mornings"))
    )
    Team.objects.get(name="Sales team").queues.add(quiet, open_)
    QueueDefinition.objects.create(pbx=pbx, queue=open_, hours={"0": [["09:00", "12:00"]]})
    call(local(9), queue_id="6", talk_s=200)
    call(local(9, 30), queue_id="8", talk_s=100)
    known = [("4", local(9), 400), ("4", local(9, 15), 500), ("4", local(12), 100)]
    known += [("8", local(10), 300), ("8", local(13), 999)]
    for queue_id, begins_at, ready_s in known:
        ReadyTime.objects.create(pbx=pbx, queue_id=queue_id, begins_at=begins_at, ready_s=ready_s)


def occupancies(user: User, pbx: Pbx) -> list[float | None]:
    """On the page, in the e-mail, in the API, on the board."""
    queues = list(scope_of(user).queue_ids(pbx.slug) or ())
    figures = LiveFigures(pbx).at(int(local(20).timestamp() * 1000))
    assert figures is not None
    slice_ = {
        "queues": {f"main/{id_}": {"direction": "in", "type": "in", "calls_waiting": 0} for id_ in queues},
        "figures": {f"main/{key}": msgspec.to_builtins(row) for key, row in figures.rows.items()},
        "calls": {},
        "agents": {},
    }
    [on_page_], [in_mail_] = on_page(user, names=("Occupancy",)), in_mail(user, names=("Occupancy",))
    return [on_page_, in_mail_, in_api(user)["occupancy"], *by_browser(slice_, "occupancy")]


def test_everybody_says_the_same_occupancy(manager: User, ready: None, pbx: Pbx) -> None:
    Coverage.objects.create(pbx=pbx, action="ready", begins_at=local(0), ends_at=local(0, day=24))
    assert occupancies(manager, pbx) == pytest.approx([(1000 + 200 + 100) / (1300 + 1000 + 300)] * 4)


def test_a_queue_of_which_nothing_has_been_worked_out_yet_is_not_a_hundred_per_cent_busy(
    manager: User, queues: list[Queue], call: Calls, pbx: Pbx
) -> None:
    call(local(9, 20), talk_s=600)
    Coverage.objects.create(pbx=pbx, action="ready", begins_at=local(0), ends_at=local(9, 15))
    assert occupancies(manager, pbx) == [None] * 4
    ReadyTime.objects.create(pbx=pbx, queue_id="4", begins_at=local(8), ready_s=600)
    assert occupancies(manager, pbx) == pytest.approx([0.5] * 4)


def test_ready_time_that_is_still_to_be_worked_out_is_zero_for_nobody(
    manager: User, ready: None, pbx: Pbx
) -> None:
    Coverage.objects.create(pbx=pbx, action="ready", begins_at=local(0), ends_at=local(9, 20))
    assert occupancies(manager, pbx) == [None] * 4
    Coverage.objects.update(ends_at=local(10, 5))
    assert occupancies(manager, pbx) == pytest.approx([1300 / 2600] * 4), (
        "the quarter from half past ten on is due"
    )
