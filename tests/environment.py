"""Loaded before Django's settings: gives the tests a data folder and a Redis address of their own."""

import os
import tempfile
from pathlib import Path

PRIVATE = Path(tempfile.mkdtemp(prefix="wallboard-tests-"))
REDIS_SOCKET = PRIVATE / "redis.sock"

os.environ["WALLBOARD_DATA"] = str(PRIVATE / "data")
os.environ["REDIS_URL"] = f"unix://{REDIS_SOCKET}"
os.environ["SECRET_KEY"] = "only for tests, and long enough for that"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in the main thread


# As `prepare` does, so that pages speak the languages they have.
from dashboard.management.catalogues import catalogues_compile  # noqa: E402  # the settings have to be there before

_SOURCE = Path(__file__).resolve().parents[1] / "dashboard" / "locale"
catalogues_compile(source=_SOURCE, target=PRIVATE / "data" / "locale")
