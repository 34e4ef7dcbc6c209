"""Counts wrong secrets per address, so that nobody guesses at our cost for long."""

from __future__ import annotations

import ipaddress
import logging
from typing import Final

import redis
from django.core.cache import cache

log = logging.getLogger(__name__)

AT_MOST: Final = 20
WITHIN_S: Final = 60


def guess_counted(address: str) -> bool:
    """Count a wrong secret; True if the address had too many within the minute.

    A secret that is right is answered all the same, and so is a PBX of whose four lines one still has the old secret. Without
    Redis nothing is counted: the secrets are far too long to be guessed.
    """
    network = _network(address)
    key = f"hook-guesses:{network}"
    try:
        cache.add(key, 0, timeout=WITHIN_S)
        count = cache.incr(key)
    except ValueError:  # it went just now
        return False
    except redis.RedisError:
        return False
    if count == AT_MOST + 1:
        log.warning("Webhooks from %s come with a wrong secret, more than %s a minute", network, AT_MOST)
    return count > AT_MOST


def _network(address: str) -> str:
    """An IPv6 customer has at least a /64 of addresses; they count as one."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    return str(ip) if ip.version == 4 else str(ipaddress.ip_network((ip, 64), strict=False))
