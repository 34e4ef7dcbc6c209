"""The one place that reads Django's settings for the rest of `dashboard`."""

from __future__ import annotations

from pathlib import Path

import msgspec
from django.conf import settings


class Origins(msgspec.Struct, frozen=True):
    """Where browsers may come from: full origins with scheme, host and port."""

    allowed: tuple[str, ...]


class FirstPbx(msgspec.Struct, frozen=True, kw_only=True):
    """The PBX named by the environment; `url` is "" where none is."""

    url: str
    login: str
    password: str
    timezone: str
    token_in: str
    ca_file: str


def redis_url() -> str:
    """Address of the Redis-compatible server: redis://, rediss:// or unix://."""
    return str(settings.REDIS_URL)


def build() -> str:
    """The version that pages and server must share."""
    return str(settings.BUILD)


def origins() -> Origins:
    return Origins(tuple(settings.ORIGINS))


def time_zone() -> str:
    """The zone of the call centre, in which boards show the time of day."""
    return str(settings.TIME_ZONE)


def public_url() -> str:
    """The address under which browsers and the PBX reach this site; "" where it is not set."""
    return str(settings.PUBLIC_URL)


def phone_country() -> str:
    """ISO code of the country whose telephone numbers are written without a country code."""
    return str(settings.PBX_COUNTRY)


def is_behind_proxy() -> bool:
    """Whether browsers come through a proxy, which alone may say on whose behalf."""
    return settings.SECURE_PROXY_SSL_HEADER is not None


def audit_days() -> int:
    """How long the events of the audit log are kept."""
    return int(settings.AUDIT_DAYS)


def is_demo() -> bool:
    """Whether this is the demonstration, with well-known passwords and a simulated PBX."""
    return bool(settings.DEMO)


def secret_key() -> str:
    return str(settings.SECRET_KEY)


def first_pbx() -> FirstPbx:
    return FirstPbx(
        url=settings.PBX_URL,
        login=settings.PBX_LOGIN,
        password=settings.PBX_PASSWORD,
        timezone=settings.PBX_TIMEZONE,
        token_in=settings.PBX_TOKEN_IN,
        ca_file=settings.PBX_CA_FILE,
    )


def languages() -> list[tuple[str, str]]:
    """Codes and own names of the languages there are."""
    return [(str(code), str(name)) for code, name in settings.LANGUAGES]


def language() -> str:
    """The language of the installation, for devices and mails that have none of their own."""
    return str(settings.LANGUAGE_CODE)


class Catalogues(msgspec.Struct, frozen=True):
    """Folders of the translations: as they are written, and as they are compiled."""

    source: Path
    compiled: Path


def catalogues() -> Catalogues:
    return Catalogues(*map(Path, settings.LOCALE_PATHS))


def has_mail_server() -> bool:
    """Whether e-mails can be sent."""
    return bool(settings.EMAIL_HOST)


def metrics_token() -> str:
    """What a monitoring server must show to read the figures of queues; "" where only this machine may."""
    return str(settings.METRICS_TOKEN)
