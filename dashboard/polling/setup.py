"""Enters the PBX that the environment names."""

from __future__ import annotations

from dashboard.conf import FirstPbx
from dashboard.models import Pbx
from dashboard.pbx.client import access_token

FIRST_SLUG = "main"


def pbx_from_environment(first: FirstPbx, *, title: str) -> Pbx:
    """Make or change the PBX `main`; only a new one gets the title. Login and password become the token and are forgotten."""
    values = {
        "base_url": first.url,
        "token": access_token(first.login, first.password),
        "token_in": first.token_in,
        "timezone": first.timezone,
        "ca_file": first.ca_file,
    }
    pbx, _ = Pbx.objects.update_or_create(
        slug=FIRST_SLUG, defaults=values, create_defaults=values | {"title": title}
    )
    return pbx
