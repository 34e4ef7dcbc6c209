"""Reads settings from the environment and says in one sentence, naming the setting, what is wrong with a value."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured

from dashboard.domain.numbers import country_of

MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off", ""})


def text(name: str, default: str = "") -> str:
    """The value, without surrounding blanks; an empty value counts as not set."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    value = text(name).lower()
    if value in _TRUE:
        return True
    if name in os.environ and value in _FALSE:
        return False
    if value:
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")
    return default


def number(name: str, default: int, *, low: int, high: int) -> int:
    value = text(name)
    if not value:
        return default
    if not value.isdecimal() or not low <= int(value) <= high:
        raise ImproperlyConfigured(f"{name} must be a whole number from {low} to {high}, not {value!r}.")
    return int(value)


def names(name: str) -> list[str]:
    """A list whose parts are separated by commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def choice(name: str, default: str, options: tuple[str, ...]) -> str:
    value = text(name, default).lower()
    if value not in options:
        raise ImproperlyConfigured(f"{name} must be {' or '.join(options)}, not {value!r}.")
    return value


def bare_url(name: str, *, schemes: tuple[str, ...]) -> str:
    """An address that is stored and shown, so that it may hold no login and no key; "" if not set."""
    value = url(name, schemes=schemes)
    if "@" in urlsplit(value).netloc or "?" in value or "#" in value:
        raise ImproperlyConfigured(f"{name} may hold no login, no parameters and no #.")
    return value


def url(name: str, default: str = "", *, schemes: tuple[str, ...]) -> str:
    """An address with one of the schemes and a host (or, for unix://, a path); "" if not set and without default."""
    value = text(name, default)
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        place = parts.path if parts.scheme == "unix" else parts.hostname
        _ = parts.port
    except ValueError as exc:
        raise ImproperlyConfigured(f"{name} is not an address: {exc}.") from exc
    if parts.scheme not in schemes or not place:
        allowed = " or ".join(f"{scheme}://" for scheme in schemes)
        raise ImproperlyConfigured(f"{name} must be an address that begins with {allowed}.")
    return value.rstrip("/")


def timezone(name: str, default: str) -> str:
    value = text(name, default)
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as exc:
        raise ImproperlyConfigured(
            f"{name} must be the name of a time zone such as Europe/Prague, not {value!r}."
        ) from exc
    return value


def country(name: str, default: str) -> str:
    """The ISO code of a country, which may also be given by its telephone code: CZ, +420 and 420 are the same."""
    value = text(name, default)
    if not (found := country_of(value)):
        raise ImproperlyConfigured(
            f"{name} must be a country such as CZ or its telephone code such as +420, not {value!r}."
        )
    return found


def file(name: str) -> str:
    """The path of a file that exists; "" if not set."""
    value = text(name)
    if value and not Path(value).is_file():
        raise ImproperlyConfigured(f"{name} names a file that does not exist: {value}.")
    return value


def secret_key(name: str, *, kept_in: Path) -> str:
    """The secret from the environment, else the one kept in the data folder, which is made at the first start."""
    value = text(name)
    if value:
        if len(value) < 32:
            raise ImproperlyConfigured(f"{name} must have at least 32 characters.")
        return value
    path = kept_in / "secret_key"
    try:
        kept_in.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    except OSError as exc:
        raise ImproperlyConfigured(
            f"{name} is not set, and none can be kept in {kept_in}: {exc.strerror}."
        ) from exc
    with os.fdopen(descriptor, "w") as handle:
        handle.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


class MailServer(NamedTuple):
    """Where e-mails go; `host` is "" where none is set up."""

    host: str
    port: int
    user: str
    password: str
    is_tls: bool
    is_ssl: bool


def mail_server(name: str) -> MailServer:
    """From an address: smtp:// plain, smtp+tls:// with STARTTLS, smtps:// over TLS from the beginning."""
    value = url(name, schemes=tuple(MAIL_PORTS))
    if not value:
        return MailServer("", 0, "", "", is_tls=False, is_ssl=False)
    parts = urlsplit(value)
    return MailServer(
        host=parts.hostname or "",
        port=parts.port or MAIL_PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_tls=parts.scheme == "smtp+tls",
        is_ssl=parts.scheme == "smtps",
    )
