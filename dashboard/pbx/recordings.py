"""Downloads of recordings: streamed to a file and resumed with HTTP ranges."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import httpx

from dashboard.pbx.connection import Connection
from dashboard.pbx.errors import PbxBadAnswer, PbxError, PbxHttpError
from dashboard.pbx.request import Request
from dashboard.pbx.transport import deadline

# Ranges count the bytes on the wire, so they must be the bytes of the file.
IDENTITY = {"Accept": "*/*", "Accept-Encoding": "identity"}


def save_recording(
    connection: Connection,
    request: Request[bytes],
    path: Path,
    *,
    rests_s: Sequence[float],
    idle_s: float,
    sleep: Callable[[float], None],
) -> None:
    """One try more than there are rests. Raises the PbxError of the last try; what came so far stays in `.part`."""
    part = path.with_name(path.name + ".part")
    for rest_s in rests_s:
        try:
            _continue(connection, request, part, idle_s=idle_s)
        except PbxError as exc:
            if not exc.retryable:
                raise
            sleep(rest_s)
        else:
            break
    else:
        _continue(connection, request, part, idle_s=idle_s)
    part.replace(path)


def _continue(connection: Connection, request: Request[bytes], part: Path, *, idle_s: float) -> None:
    have = part.stat().st_size if part.exists() else 0
    headers = IDENTITY | ({"Range": f"bytes={have}-"} if have else {})
    with (
        deadline(idle_s) as renew,
        connection.opened(request, limit_s=idle_s, headers=headers) as response,
    ):
        if _is_whole(response, have):
            return
        _check_start(request, response, part, have=have)
        chunks = response.iter_bytes()
        first = next(chunks, b"")
        if first.startswith(b"{"):
            # No sound begins like this: it is the envelope of a refusal.
            request.shape.decode(first + b"".join(chunks), action=request.action, secret=connection.token)
        with part.open("ab" if response.status_code == httpx.codes.PARTIAL_CONTENT else "wb") as file:
            for chunk in _with(first, chunks):
                file.write(chunk)
                renew()


def _is_whole(response: httpx.Response, have: int) -> bool:
    """Whether the PBX says that there is nothing after what we have."""
    if response.status_code != httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
        return False
    whole: bool = response.headers.get("Content-Range") == f"bytes */{have}"
    return whole


def _check_start(request: Request[bytes], response: httpx.Response, part: Path, *, have: int) -> None:
    if response.status_code == httpx.codes.OK:
        return
    if response.status_code == httpx.codes.PARTIAL_CONTENT:
        if re.match(rf"bytes {have}-", response.headers.get("Content-Range", "")):
            return
    elif response.status_code != httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
        raise PbxHttpError(request.action, status_code=response.status_code)
    # What we have does not fit the recording any more: begin anew.
    part.unlink(missing_ok=True)
    raise PbxBadAnswer(request.action, "The PBX went on at another place than asked.", retryable=True)


def _with(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
