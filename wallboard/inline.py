"""The one script that stands in the pages themselves, and how the security policy knows it."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path


def script_source(path: Path) -> str:
    """For `script-src`: exactly this text may stand in a page."""
    return f"'sha256-{b64encode(sha256(path.read_bytes()).digest()).decode()}'"
