"""The Celery application: queue `live` for polls, queue `slow` for everything that may take its time."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wallboard.settings")

app = Celery("wallboard")
app.config_from_object("wallboard.celery_settings")
app.autodiscover_tasks(["dashboard"])
