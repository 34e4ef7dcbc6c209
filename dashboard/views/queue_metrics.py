"""The figures of all queues for Prometheus. What is not known is left out: a gap in a chart is honest, a zero is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from django.db import DatabaseError
from prometheus_client import CollectorRegistry
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from dashboard.access import EVERYTHING
from dashboard.views.api.live import live_queue
from dashboard.views.api.shapes import LiveQueueShape
from dashboard.views.reports.live import live_read
from dashboard.views.reports.queues import queues_of

Value = float | int | None


def _today(key: str) -> Callable[[LiveQueueShape], Value]:
    def value(queue: LiveQueueShape) -> Value:
        today = queue.windows.get("today")
        return today.values.get(key) if today else None

    return value


GAUGES: Final[dict[str, tuple[str, Callable[[LiveQueueShape], Value]]]] = {
    "wallboard_queue_waiting": ("Callers waiting now.", lambda queue: queue.waiting),
    "wallboard_queue_longest_wait_seconds": (
        "The longest wait of those waiting now.",
        lambda queue: 0 if queue.waiting == 0 else queue.longest_wait_now_s,
    ),
    "wallboard_queue_agents_ready": ("Agents who could take a call now.", lambda queue: queue.agents_ready),
    "wallboard_queue_agents_total": ("Agents logged in.", lambda queue: queue.agents_total),
    "wallboard_queue_service_level_today_ratio": (
        "Service level of today, live: calls waiting past the threshold are missed.",
        _today("service_level_live"),
    ),
    "wallboard_queue_offered_today": ("Calls of today whose wait has ended.", _today("offered")),
    "wallboard_queue_answered_today": ("Calls answered today.", _today("answered")),
    "wallboard_queue_abandoned_today": ("Callers of today who gave up.", _today("abandoned")),
}
LABELS: Final = ("pbx", "queue", "title")


class Queues(Collector):
    """Read anew with each collection."""

    def collect(self) -> Iterator[Metric]:
        families = {name: GaugeMetricFamily(name, text, labels=LABELS) for name, (text, _) in GAUGES.items()}
        for queue in _queues():
            for name, (_text, value_of) in GAUGES.items():
                value = value_of(queue)
                if value is not None:
                    families[name].add_metric([queue.pbx, queue.id, queue.title], value)
        yield from families.values()


def queue_registry() -> CollectorRegistry:
    """A registry of nothing but the queues."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Queues())
    return registry


def _queues() -> list[LiveQueueShape]:
    """None of them while the database or Redis does not answer."""
    try:
        queues = queues_of(EVERYTHING)
    except DatabaseError:
        return []
    live = live_read({queue.pbx.slug for queue in queues})
    return [found for queue in queues if (found := live_queue(live, queue)) is not None]
