"""Which PBXs are polled."""

from dashboard.models import Pbx


def polled_slugs() -> list[str]:
    return list(Pbx.objects.filter(is_enabled=True).values_list("slug", flat=True))
