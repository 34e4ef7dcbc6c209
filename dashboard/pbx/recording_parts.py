"""A stretch of a recording, for a player that seeks."""

import re
from collections.abc import Iterator

import httpx
import msgspec

from dashboard.pbx.connection import Connection
from dashboard.pbx.errors import PbxBadAnswer, PbxHttpError
from dashboard.pbx.recordings import IDENTITY
from dashboard.pbx.request import Request
from dashboard.pbx.transport import deadline

SOUND = "audio/x-wav"


class RecordingPart(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes from `start` on; none if the recording ends before. `total`: its length, None if the PBX does not tell."""

    start: int
    data: bytes
    total: int | None
    media_type: str = SOUND


def recording_part(
    connection: Connection, request: Request[bytes], *, start: int, length: int, limit_s: float
) -> RecordingPart:
    """At most `length` bytes. A PBX that knows no ranges is read from the beginning up to there. Raises a PbxError."""
    headers = IDENTITY | {"Range": f"bytes={start}-{start + length - 1}"}
    with deadline(limit_s), connection.opened(request, limit_s=limit_s, headers=headers) as response:
        if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            return RecordingPart(start=start, data=b"", total=_total(response))
        begins_at = _begin(request, response, start)
        chunks = response.iter_bytes()
        first = next(chunks, b"")
        if begins_at == 0 and first.startswith(b"{"):
            # No sound begins like this: it is the envelope of a refusal.
            request.shape.decode(first + b"".join(chunks), action=request.action, secret=connection.token)
        data = _cut(first, chunks, skip=start - begins_at, length=length)
        media_type = response.headers.get("Content-Type", SOUND)
        return RecordingPart(start=start, data=data, total=_total(response), media_type=media_type)


def _begin(request: Request[bytes], response: httpx.Response, start: int) -> int:
    """At which byte the answer begins: where we asked, or at the recording's own beginning."""
    if response.status_code == httpx.codes.OK:
        return 0
    if response.status_code != httpx.codes.PARTIAL_CONTENT:
        raise PbxHttpError(request.action, status_code=response.status_code)
    if not re.match(rf"bytes {start}-", response.headers.get("Content-Range", "")):
        raise PbxBadAnswer(request.action, "The PBX went on at another place than asked.", retryable=True)
    return start


def _total(response: httpx.Response) -> int | None:
    found = re.search(r"/(\d+)$", response.headers.get("Content-Range", ""))
    if found:
        return int(found[1])
    length = response.headers.get("Content-Length", "")
    return int(length) if response.status_code == httpx.codes.OK and length.isdecimal() else None


def _cut(first: bytes, rest: Iterator[bytes], *, skip: int, length: int) -> bytes:
    """`length` bytes after the first `skip`; the rest is not read."""
    kept = bytearray()
    seen = 0
    for chunk in _with(first, rest):
        kept += chunk[max(0, skip - seen) :]
        seen += len(chunk)
        if len(kept) >= length:
            break
    return bytes(kept[:length])


def _with(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
