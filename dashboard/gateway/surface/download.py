"""Answers that are files, whole or in part."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from dashboard.gateway.surface.envelope import Answer

RANGE = re.compile(r"^bytes=([0-9]{0,18})-([0-9]{0,18})$")


@dataclass(frozen=True, kw_only=True)
class Download:
    """The result of an action that answers with a file; `read(start, end)` gives the bytes before `end`."""

    size: int
    read: Callable[[int, int], bytes]
    media_type: str
    name: str


def download_answer(download: Download, *, wanted: str | None) -> Answer:
    """The file, or the part that the header `Range` names. Several parts at once are not served: that is the file."""
    headers = {"Accept-Ranges": "bytes", "Content-Disposition": f'attachment; filename="{download.name}"'}
    part = _part(wanted, size=download.size)
    if part is None:
        return Answer(download.read(0, download.size), download.media_type, headers=headers)
    start, end = part
    if start >= end:
        headers["Content-Range"] = f"bytes */{download.size}"
        return Answer(b"", download.media_type, status=416, headers=headers)
    headers["Content-Range"] = f"bytes {start}-{end - 1}/{download.size}"
    return Answer(download.read(start, end), download.media_type, status=206, headers=headers)


def _part(wanted: str | None, *, size: int) -> tuple[int, int] | None:
    """Start and end of the part, an empty one if there is no such part; None for the whole file."""
    match = RANGE.match(wanted or "")
    if match is None:
        return None
    first, last = match.groups()
    if first:
        end = min(int(last) + 1, size) if last else size
        return None if last and int(last) < int(first) else (int(first), end)
    if not last:
        return None
    return (size - min(int(last), size), size) if int(last) else (size, size)
