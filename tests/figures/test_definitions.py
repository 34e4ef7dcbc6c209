"""Which definition holds for a queue on a day."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.figures.definitions import definition_of, definitions_of
from dashboard.models import Pbx, Queue, QueueDefinition

pytestmark = pytest.mark.django_db

MAY, JUNE, JULY = date(2026, 5, 20), date(2026, 6, 1), date(2026, 7, 1)


@pytest.fixture
def pbx() -> Pbx:
    return Pbx.objects.create(slug="main", title="Main", base_url="http://pbx.test")


@pytest.fixture
def queue(pbx: Pbx) -> Queue:
    return Queue.objects.create(pbx=pbx, queue_id="4", title="Sales")


def define(threshold_s: int, **fields: object) -> QueueDefinition:
    queue = fields.get("queue")
    return QueueDefinition.objects.create(
        threshold_s=threshold_s, **({"pbx": queue.pbx} if isinstance(queue, Queue) else {}), **fields
    )


def threshold(pbx: Pbx, day: date, *, queue_id: str = "4") -> int:
    return definition_of(pbx, queue_id, day).threshold_s


def test_without_any_definition_it_is_80_20_without_short_abandons_of_5_s(pbx: Pbx) -> None:
    found = definition_of(pbx, "4", MAY)
    assert (found.goal, found.threshold_s, found.short_s, found.variant) == (0.8, 20, 5, "no_short")
    assert found.version is None


def test_a_change_applies_from_its_day(pbx: Pbx, queue: Queue) -> None:
    define(30, queue=queue)
    define(60, queue=queue, applies_from=JUNE)
    assert [threshold(pbx, day) for day in (MAY, JUNE, JULY)] == [30, 60, 60]


def test_a_retroactive_change_replaces_all_before_it(pbx: Pbx, queue: Queue) -> None:
    define(60, queue=queue, applies_from=JUNE)
    define(30, queue=queue)
    assert [threshold(pbx, day) for day in (MAY, JUNE)] == [30, 30]


def test_a_later_version_from_an_earlier_day_counts_from_that_day(pbx: Pbx, queue: Queue) -> None:
    define(60, queue=queue, applies_from=JULY)
    define(45, queue=queue, applies_from=JUNE)
    assert [threshold(pbx, day) for day in (MAY, JUNE, JULY)] == [20, 45, 45]


def test_a_queue_without_its_own_has_its_pbxs_else_that_of_all(pbx: Pbx, queue: Queue) -> None:
    define(90)
    assert threshold(pbx, MAY) == 90
    define(40, pbx=pbx)
    assert threshold(pbx, MAY) == 40
    define(10, queue=queue, applies_from=JUNE)
    assert [threshold(pbx, MAY), threshold(pbx, JUNE), threshold(pbx, JUNE, queue_id="5")] == [40, 10, 40]


def test_a_definition_of_another_pbx_does_not_count(pbx: Pbx) -> None:
    other = Pbx.objects.create(slug="other", title="Other", base_url="http://other.test")
    define(40, queue=Queue.objects.create(pbx=other, queue_id="4", title="Sales there"))
    assert threshold(pbx, MAY) == 20
    assert threshold(other, MAY) == 40


def test_all_days_of_all_queues_take_two_queries(
    pbx: Pbx, queue: Queue, django_assert_num_queries: object
) -> None:
    define(40, queue=queue)
    define(50, pbx=pbx)
    with django_assert_num_queries(2):  # type: ignore[operator]
        definitions = definitions_of(pbx)
        assert {definitions.of(id_, day).threshold_s for id_ in "456" for day in (MAY, JUNE)} == {40, 50}
