"""The Django application `dashboard`."""

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "dashboard"
    verbose_name = "Wallboard"
    default_auto_field = "django.db.models.BigAutoField"
