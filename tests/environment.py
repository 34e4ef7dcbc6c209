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
