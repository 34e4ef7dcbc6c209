"""What a process under test finds around it: no setting of another wallboard, and a port that stays its own."""

from __future__ import annotations

import contextlib
import os
import random
import re
import socket

SETTINGS_OF_A_SITE = re.compile(
    r"(WALLBOARD|PBX|DJANGO)_\w+|REDIS_URL|DATABASE_URL|SECRET_KEY|PORT|BIND|PUBLIC_URL|ALLOWED_HOSTS|DEBUG"
)


def clean_environment(**more: str) -> dict[str, str]:
    """The test's environment without any setting of a wallboard, plus these."""
    return {
        name: value for name, value in os.environ.items() if not SETTINGS_OF_A_SITE.fullmatch(name)
    } | more


def free_port() -> int:
    """One that no other process gets by chance while its owner is away: the kernel gives out only those from 32768 on."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
