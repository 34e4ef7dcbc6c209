"""From where somebody acts."""

from __future__ import annotations

import ipaddress

from django.http import HttpRequest

from dashboard import conf


def client_address(request: HttpRequest) -> str:
    """The browser's address. Behind the proxy it is the last of X-Forwarded-For: those before are the browser's own words."""
    address = str(request.META.get("REMOTE_ADDR") or "")
    if conf.is_behind_proxy():
        forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR") or "").rpartition(",")[2].strip()
        address = forwarded or address
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return ""


def login_address(request: HttpRequest) -> str | None:
    """The same for the lock of the login, which knows an address or none."""
    return client_address(request) or None
