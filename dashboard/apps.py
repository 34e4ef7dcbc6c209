"""The Django application `dashboard`."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DashboardConfig(AppConfig):
    name = "dashboard"
    verbose_name = "Wallboard"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dashboard.access import language
        from dashboard.access.roles import administrators_permit  # the models are loaded only now
        from dashboard.consumers import signals

        signals.connect()
        language.connect()
        post_migrate.connect(administrators_permit, sender=self)
