"""Definitions of service levels in the administration."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from dashboard.figures.definitions import definition_of
from dashboard.models import Pbx, Queue, QueueDefinition

ADD = "/admin/dashboard/queuedefinition/add/"
LIST = "/admin/dashboard/queuedefinition/"


@pytest.fixture
def sales(db: None) -> Queue:
    pbx = Pbx.objects.create(slug="main", title="Main", base_url="http://pbx.test")
    return Queue.objects.create(pbx=pbx, queue_id="4", title="Sales")


def form(**changes: object) -> dict[str, object]:
    return {
        "holds_for": "all",
        "when": "from",
        "applies_from": "2026-06-01",
        "threshold_s": "30",
        "short_s": "5",
        "goal_percent": "85",
        "variant": "offered",
        "day_start": "00:00",
    } | changes


def test_a_new_definition_of_a_queue_holds_from_its_day(
    administrator: Client, ada: User, sales: Queue
) -> None:
    answer = administrator.post(
        ADD, form(holds_for=f"queue:{sales.pk}", hours_0="8-12, 13-17", note="As agreed")
    )
    assert answer.status_code == 302
    found = definition_of(sales.pbx, "4", date(2026, 6, 1))
    assert (found.threshold_s, found.goal, found.variant, found.holds_for) == (30, 0.85, "offered", "Sales")
    assert found.hours.days == {"0": ((480, 720), (780, 1020))}
    assert definition_of(sales.pbx, "4", date(2026, 5, 31)).version is None
    assert QueueDefinition.objects.get().made_by == ada


def test_retroactively_means_all_days(administrator: Client, sales: Queue) -> None:
    administrator.post(ADD, form(holds_for=f"pbx:{sales.pbx.pk}", when="always"))
    assert definition_of(sales.pbx, "4", date(2001, 1, 1)).threshold_s == 30


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"applies_from": ""}, "From which day on?"),
        ({"short_s": "31"}, "cannot take longer than the threshold of 30 s"),
        ({"goal_percent": "101"}, "less than or equal to 100"),
        ({"threshold_s": ""}, "This field is required"),
        ({"threshold_s": "-1"}, "greater than or equal to 0"),
        ({"hours_2": "8-99"}, "A day ends at 24:00"),
        ({"hours_2": "whenever"}, "This must be such as"),
        ({"day_start": "06:10"}, "full quarter of an hour"),
        ({"variant": "best"}, "Select a valid choice"),
        ({"holds_for": "queue:999"}, "Select a valid choice"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    administrator: Client, sales: Queue, changes: dict[str, object], sentence: str
) -> None:
    answer = administrator.post(ADD, form(**changes))
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not QueueDefinition.objects.exists()


def test_every_field_is_explained_with_its_formula(administrator: Client, sales: Queue) -> None:
    page = administrator.get(ADD).content.decode()
    for text in ("A≤ / (O − B≤s)", "at most T seconds is in time", "floor((1 − goal)", "Sales"):
        assert text in page


def test_a_new_version_begins_as_the_old_one_and_tomorrow(administrator: Client, sales: Queue) -> None:
    old = QueueDefinition.objects.create(
        pbx=sales.pbx,
        queue=sales,
        threshold_s=45,
        goal=0.925,
        day_start=time(6),
        hours={"6": [["10:00", "12:00"]]},
    )
    answer = administrator.get(f"{ADD}?version={old.pk}")
    initial = answer.context["adminform"].form.initial
    assert initial["holds_for"] == f"queue:{sales.pk}"
    assert (initial["threshold_s"], initial["goal_percent"], initial["hours_6"]) == (45, 92.5, "10:00-12:00")
    assert initial["applies_from"] == timezone.localdate() + timedelta(days=1)


def test_versions_are_listed_with_what_became_of_them(administrator: Client, sales: Queue) -> None:
    today = timezone.localdate()
    days = [today - timedelta(days=60), today - timedelta(days=30), today + timedelta(days=30)]
    rows = [QueueDefinition.objects.create(pbx=sales.pbx, queue=sales, applies_from=day) for day in days]
    page = administrator.get(f"{LIST}{rows[1].pk}/change/").content.decode()
    for text in ("in force", "to come", f"until {days[1]:%Y-%m-%d}"):
        assert text in page
    QueueDefinition.objects.create(pbx=sales.pbx, queue=sales)
    page = administrator.get(f"{LIST}{rows[1].pk}/change/").content.decode()
    assert page.count("replaced") >= 3


def test_a_version_is_never_changed_or_deleted(superuser: Client, sales: Queue) -> None:
    row = QueueDefinition.objects.create(pbx=sales.pbx, queue=sales)
    assert superuser.post(f"{LIST}{row.pk}/change/", form()).status_code == 403
    assert superuser.post(f"{LIST}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    row.refresh_from_db()
    assert row.threshold_s == 20


def test_who_is_no_administrator_defines_nothing(
    roles: dict[str, object], sales: Queue, client: Client
) -> None:
    user = User.objects.create_user("max", "", "max's password", is_staff=True)
    user.groups.add(roles["manager"], roles["supervisor"])  # type: ignore[arg-type]
    client.force_login(user)
    assert client.get(ADD).status_code == 403
    assert client.post(ADD, form()).status_code == 403
    assert client.get(LIST).status_code == 403
    assert not QueueDefinition.objects.exists()
