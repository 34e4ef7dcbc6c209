"""The Celery application: queue `live` for polls, queue `slow` for everything that may take its time."""

import os
import warnings
from typing import Any

from celery import Celery
from celery.app.amqp import AMQP
from celery.platforms import SecurityWarning  # type: ignore[attr-defined]  # missing in the stubs
from kombu import Connection

# Tasks travel as JSON, so what this warns root about (code in pickled tasks) cannot happen.
warnings.filterwarnings("ignore", category=SecurityWarning)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wallboard.settings")

RECONNECT_EVERY_S = 1.0


class _SteadyConnection(Connection):
    """Tries again each second, and ends whole.

    The library's own waits grow to 30 s, for which boards would stand still after Redis is back.
    """

    def ensure_connection(self, *args: Any, **options: Any) -> Any:
        steady = {"interval_start": RECONNECT_EVERY_S, "interval_step": 0, "interval_max": RECONNECT_EVERY_S}
        return super().ensure_connection(*args, **steady | options)

    def maybe_close_channel(self, channel: Any) -> None:
        """Take a channel whose transport was taken away for closed. kombu 5.7 closes a lost connection twice; the second time
        a channel with a task at hand asks that transport for its address, and the worker would end of it."""
        try:
            super().maybe_close_channel(channel)
        except AttributeError:
            if channel.connection is None or channel.connection.client is not None:
                raise


class _Amqp(AMQP):
    Connection = _SteadyConnection


app = Celery("wallboard", amqp=_Amqp)
app.config_from_object("wallboard.celery_settings")
app.autodiscover_tasks(["dashboard"])
