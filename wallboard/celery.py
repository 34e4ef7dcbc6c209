"""The Celery application: queue `live` for polls, queue `slow` for everything that may take its time."""

import os
import warnings

from celery import Celery
from celery.platforms import SecurityWarning  # type: ignore[attr-defined]  # missing in the stubs

# Tasks travel as JSON, so what this warns root about (code in pickled tasks) cannot happen.
warnings.filterwarnings("ignore", category=SecurityWarning)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wallboard.settings")

app = Celery("wallboard")
app.config_from_object("wallboard.celery_settings")
app.autodiscover_tasks(["dashboard"])
