"""The API for programs: what it answers, and that it is as it describes itself."""

from __future__ import annotations

import json
from datetime import date, time

import pytest
from django.contrib.auth.models import User
from django.test import Client
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from dashboard.history.coverage import READY
from dashboard.history.ready import ready_totals_build
from dashboard.models import Coverage, Pbx, Queue, QueueDefinition, ReadyTime, Team
from tests.figures.conftest import Calls, local
from tests.outgoing.program import DAY, Program

pytestmark = pytest.mark.django_db


def test_the_description_is_valid_and_open_to_all(client: Client) -> None:
    document = json.loads(client.get("/api/v1/openapi.json").content)
    validate(document)
    assert set(document["paths"]) == {"/queues", "/live", "/figures", "/calls", "/catalogue"}


@pytest.mark.parametrize(
    "address", ["queues", "live", "catalogue", f"figures?{DAY}", f"figures?{DAY}&by=interval", f"calls?{DAY}"]
)
def test_answers_are_as_described(program: Program, monday: None, client: Client, address: str) -> None:

    document = json.loads(client.get("/api/v1/openapi.json").content)
    path = "/" + address.partition("?")[0]
    content = document["paths"][path]["get"]["responses"]["200"]["content"]
    name = content["application/json"]["schema"]["$ref"]
    registry = Registry().with_resource("urn:api", Resource(contents=document, specification=DRAFT202012))
    validator = Draft202012Validator({"$ref": f"urn:api{name}"}, registry=registry)
    assert list(validator.iter_errors(program.read(address))) == []


def test_figures_are_those_of_the_calls(program: Program, monday: None) -> None:
    answer = program.read(f"figures?{DAY}")
    (row,) = answer["rows"]
    assert (row["queue"], row["figures"]["terms"]["answered_in"]) == ("4", 7)
    assert row["figures"]["values"]["service_level"] == pytest.approx(7 / 11)
    assert row["figures"]["values"]["asa_s"] == pytest.approx((7 * 10 + 3 * 30) / 10)
    assert row["definition"]["formula"] == "A≤ / (O − B≤s)"
    assert answer["total"] == row["figures"]


def test_days_and_intervals_add_up_to_the_total(program: Program, monday: None) -> None:
    whole = program.read("figures?from=2026-11-23&to=2026-11-24&by=day")
    assert [row["day"] for row in whole["rows"]] == ["2026-11-23", "2026-11-24"]
    hours = program.read(f"figures?{DAY}&by=interval&minutes=60")["rows"]
    assert [row["begins_at"] for row in hours] == ["2026-11-23T08:00:00Z", "2026-11-23T09:00:00Z"]
    for name in ("answered_in", "answered_late", "abandoned_short", "wait_all_s"):
        assert sum(row["figures"]["terms"][name] for row in whole["rows"]) == whole["total"]["terms"][name]


def test_a_definition_that_changes_on_the_way_judges_each_day_by_its_own(
    program: Program, monday: None, queues: list[Queue]
) -> None:
    QueueDefinition.objects.create(
        pbx=queues[0].pbx, queue=queues[0], threshold_s=5, variant="offered", applies_from="2026-11-24"
    )
    answer = program.read("figures?from=2026-11-23&to=2026-11-24&by=day")
    values = answer["total"]["values"]
    assert values["service_level"] == pytest.approx(7 / (11 + 1)), "of Tuesday's one call none is in time"
    own = [one for one in answer["definitions"] if queues[0].title in one]
    assert [(one.partition("within ")[2][:4], "24. 11. 2026)" in one) for one in own] == [
        ("20 s", False),
        ("5 s;", True),
    ]


def test_calls_that_come_in_on_an_outbound_queue_count_only_where_it_is_named(
    program: Program, monday: None, queues: list[Queue], call: Calls
) -> None:
    campaign = Queue.objects.create(pbx=queues[0].pbx, queue_id="9", title="Campaign", direction="out")
    Team.objects.get().queues.add(campaign)
    before = program.read(f"figures?{DAY}")["total"]
    call(local(9), queue_id="9", wait_s=99)
    call(local(9), queue_id="9", direction="out")
    for by in ("queue", "day", "interval"):
        total = program.read(f"figures?{DAY}&by={by}")["total"]
        assert total["terms"] == before["terms"] | {"outbound": 1, "outbound_answered": 1}, by
    named = program.read(f"figures?{DAY}&queue=main/9")["total"]["terms"]
    assert (named["answered_late"], named["outbound"]) == (1, 1)


def test_outbound_queues_have_no_say_in_what_they_have_none_of(
    program: Program, monday: None, queues: list[Queue], call: Calls, pbx: Pbx
) -> None:
    """They have another goal, and nobody is ready for them."""
    campaign = Queue.objects.create(pbx=pbx, queue_id="9", title="Campaign", direction="out")
    Team.objects.get().queues.add(campaign)
    QueueDefinition.objects.create(pbx=pbx, queue=queues[0], goal=0.9)
    QueueDefinition.objects.create(pbx=pbx, queue=campaign, goal=0.5)
    for place, ready_s in ((local(9), 900), (local(10), 900)):
        ReadyTime.objects.create(pbx=pbx, queue_id="4", begins_at=place, ready_s=ready_s)
    ready_totals_build(pbx, stretch=(local(0), local(0, day=24)))
    Coverage.objects.create(pbx=pbx, action=READY, begins_at=local(8), ends_at=local(12))
    call(local(7), queue_id="9", direction="out")
    for by in ("queue", "day"):
        answer = program.read(f"figures?{DAY}&by={by}")
        total = answer["total"]
        assert (total["values"]["goal"], total["terms"]["ready_s"]) == (0.9, 1800), by
    [day] = answer["rows"]
    assert (day["figures"]["values"]["goal"], day["figures"]["terms"]["ready_s"]) == (0.9, 1800)


def test_naming_no_queue_is_asking_for_all(
    program: Program, monday: None, queues: list[Queue], call: Calls
) -> None:
    post = Queue.objects.create(pbx=queues[0].pbx, queue_id="8", title="Post", type="email", direction="in")
    Team.objects.get().queues.add(post)
    call(local(9), queue_id="8")
    assert program.read(f"figures?{DAY}&queue=")["total"] == program.read(f"figures?{DAY}")["total"]


def test_outbound_calls_outside_the_hours_count_nowhere(
    program: Program, monday: None, queues: list[Queue], call: Calls
) -> None:
    hours = {str(number): [["08:00", "18:00"]] for number in range(7)}
    QueueDefinition.objects.create(pbx=queues[0].pbx, queue=queues[0], hours=hours)
    for hour in (12, 20):
        call(local(hour), direction="out")
    assert program.read(f"figures?{DAY}")["total"]["terms"]["outbound"] == 1
    outcomes = [one["outcome"] for one in program.read(f"calls?{DAY}")["calls"] if one["direction"] == "out"]
    assert outcomes == ["outside_hours", "outbound"]


def test_after_midnight_a_night_queue_is_told_as_the_page_tells_it(
    program: Program, manager: User, queues: list[Queue], call: Calls
) -> None:
    """Its day begins at six. A caller at two o'clock on the 10th gave up in time: of the 9th, by the definition of the 10th."""
    for variant, since in (("offered", None), ("no_short", date(2026, 11, 10))):
        QueueDefinition.objects.create(
            pbx=queues[0].pbx, queue=queues[0], day_start=time(6), variant=variant, applies_from=since
        )
    call(local(23, day=9), wait_s=5)
    call(local(2, day=10), wait_s=3, outcome="abandoned")
    call(local(7, day=10), wait_s=5)
    days = "from=2026-11-09&to=2026-11-09"
    page = Client()
    page.force_login(manager)
    shown = page.get(f"/reports/period/?{days}").content.decode()
    assert ">50.0" not in shown
    for by in ("queue", "day", "interval"):
        assert program.read(f"figures?{days}&by={by}")["total"]["values"]["service_level"] == 1.0, by
    calls = program.read(f"calls?{days}")["calls"]
    assert [(one["outcome"], one["counts_as"]) for one in calls] == [
        ("abandoned_short", "none"),
        ("answered_in", "hit"),
    ]
    assert len(program.read("calls?from=2026-11-10&to=2026-11-10&limit=1")["calls"]) == 1


def test_calls_come_with_the_reason_they_count(program: Program, monday: None) -> None:
    calls = program.read(f"calls?{DAY}")["calls"]
    assert len(calls) == 12
    assert [(call["reason"], call["counts_as"]) for call in calls[:3]] == [
        ("abandoned after the threshold, 45\u202fs", "miss"),
        ("short abandon, 3\u202fs", "none"),
        ("answered late, after 30\u202fs", "miss"),
    ]
    assert sum(call["counts_as"] == "hit" for call in calls) == 7


def test_pages_of_calls_hold_each_call_once(program: Program, monday: None) -> None:
    seen: list[str] = []
    address = f"calls?{DAY}&limit=5"
    before = ""
    while True:
        page = program.read(address + before)
        seen += [call["id"] for call in page["calls"]]
        if page["next"] is None:
            break
        before = f"&before={page['next']}"
    assert len(seen) == len(set(seen)) == 12


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("figures", "must be a day such as"),
        ("figures?from=2026-11-23&to=yesterday", "must be a day such as"),
        ("figures?from=0001-01-01&to=0001-01-01", "must be a day from 2000-01-01 to 2099-12-31"),
        ("calls?from=9999-12-31&to=9999-12-31", "must be a day from 2000-01-01 to 2099-12-31"),
        (f"calls?{DAY}&before=0001-01-01T00:00:00%2B14:00_1", "must be the “next” of another page"),
        ("figures?from=2026-11-23&to=2026-11-22", "is before"),
        ("figures?from=2020-01-01&to=2026-11-22", "At most 400 days"),
        (f"figures?{DAY}&by=moon", "must be one of: queue, day, interval"),
        (f"figures?{DAY}&by=interval&minutes=7", "must be one of: 15, 30, 60"),
        (f"calls?{DAY}&outcome=lost", "must be one of: answered, abandoned, flowed_out"),
        (f"calls?{DAY}&limit=0", "from 1 to 1000"),
        (f"calls?{DAY}&limit=²", "from 1 to 1000"),
        (f"calls?{DAY}&before=now", "must be the “next”"),
        (f"calls?{DAY}&before=2026-11-23T00:00:00_7", "must be the “next”"),
    ],
)
def test_what_makes_no_sense_is_told_in_words(
    program: Program, queues: list[Queue], address: str, sentence: str
) -> None:
    answer = program.get(address)
    assert answer.status_code == 400
    assert sentence in json.loads(answer.content)["error"]["text"]


def test_without_live_state_the_api_says_so(program: Program, pbx: Pbx) -> None:
    answer = program.read("live")
    assert (answer["age_s"], answer["queues"]) == ({"main": None}, [])
