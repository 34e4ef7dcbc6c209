"""The doors for Celery. Tasks named `poll_*` run on the queue `live`, all others on `slow`."""

import contextlib
from functools import partial

import redis
from celery import shared_task
from kombu.exceptions import OperationalError

from dashboard import conf, tasks_history
from dashboard.boards.starter import starter_boards_ensure
from dashboard.contacts.selectors import caller_names
from dashboard.figures.live import live_figures
from dashboard.hub.pulse import pulse_mark
from dashboard.hub.store import connect
from dashboard.models import Pbx
from dashboard.outgoing import services as outgoing
from dashboard.polling import selectors, services
from dashboard.polling.providers import Providers
from dashboard.polling.register import queues_register as register
from dashboard.supervision.follow_up import follow_up, follow_up_all
from dashboard.supervision.retention import audit_expire as expire

POLL_EXPIRES_S = 1.0

REDIS_AWAY = (redis.ConnectionError, redis.TimeoutError, OperationalError)
"""A task that beat repeats leaves out its turn then; polls and the servers of boards say once that Redis does not answer."""


@shared_task(name="dashboard.tasks.poll_all", ignore_result=True)
def poll_all() -> None:
    """Dispatch one poll for every PBX that is polled. Beat calls this each second."""
    with contextlib.suppress(*REDIS_AWAY):
        for slug in selectors.polled_slugs():
            poll_pbx.apply_async((slug,), expires=POLL_EXPIRES_S)


@shared_task(name="dashboard.tasks.poll_pbx", ignore_result=True)
def poll_pbx(slug: str, is_nudged: bool = False) -> None:  # noqa: FBT001, FBT002  # tasks travel with plain arguments
    if services.poll_once(slug=slug, is_nudged=is_nudged, providers_of=providers_of):
        with contextlib.suppress(*REDIS_AWAY):
            follow_up(slug)


def providers_of(pbx: Pbx) -> Providers:
    """What the live state holds beside the PBX's answers."""
    figures = live_figures(pbx)
    return Providers(
        caller_names=partial(caller_names, pbx.slug),
        rules_of=figures.rules_now,
        is_open=figures.is_open_at,
        figures_at=figures.at,
        follow_up=partial(tasks_history.calls_follow, pbx.slug),
    )


@shared_task(name="dashboard.tasks.queues_register", ignore_result=True)
def queues_register() -> None:
    """Enter new queues of the PBXs into the database, and mark those that are gone. A new PBX gets its first boards."""
    with contextlib.suppress(*REDIS_AWAY):
        register()
        starter_boards_ensure()


@shared_task(name="dashboard.tasks.pulse", ignore_result=True)
def pulse(queue: str) -> None:
    """Beat sends it to each queue; that it was carried out shows that somebody works there."""
    with contextlib.suppress(*REDIS_AWAY), contextlib.closing(connect(conf.redis_url())) as client:
        pulse_mark(client, queue=queue)


@shared_task(name="dashboard.tasks.audit_expire", ignore_result=True)
def audit_expire() -> None:
    """Delete events of the audit log that have been kept for long enough."""
    expire(keep_days=conf.audit_days())


@shared_task(name="dashboard.tasks.reports_send", ignore_result=True)
def reports_send() -> None:
    """Send the reports by e-mail that are due, and those that could not be sent before."""
    outgoing.reports_send()


@shared_task(name="dashboard.tasks.actions_settle", ignore_result=True)
def actions_settle() -> None:
    """What becomes of open actions is looked at after each poll; this is for PBXs that are not polled."""
    with contextlib.suppress(*REDIS_AWAY):
        follow_up_all()
