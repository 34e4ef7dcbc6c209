"""The Django project: settings, addresses, the Celery application and the processes. Everything else is in `dashboard`."""

from wallboard.celery import app as celery_app

__all__ = ["celery_app"]
