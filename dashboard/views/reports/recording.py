"""Recordings: fetched from the PBX piece by piece, only for those who may see the call, and noted in the audit log."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Final

import msgspec
from asgiref.sync import sync_to_async
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dashboard.access import scope_of
from dashboard.connection import client_of
from dashboard.models import Pbx
from dashboard.pbx.errors import PbxError
from dashboard.pbx.recording_parts import RecordingPart
from dashboard.views.reports.door import report
from dashboard.views.reports.listening import listening_note
from dashboard.views.reports.story import call_or_404, legs_of

PIECE: Final = 512 * 1024
"""Bytes fetched at a time. A player asks for what it needs next, so nothing large is ever held."""


class Asked(msgspec.Struct, frozen=True):
    """Bytes from `start` to `end`, both included; `end` None is open."""

    start: int
    end: int | None

    @property
    def length(self) -> int:
        return PIECE if self.end is None else min(PIECE, self.end - self.start + 1)


class _BadRange(ValueError):
    """The Range header is not one stretch of bytes from the beginning."""


@report
@require_safe
def recording(request: HttpRequest, slug: str, call_id: str, leg: int) -> HttpResponseBase:
    """The recording of the call's leg: the asked range, or as much of it as one piece holds; all of it without a range."""
    scope = scope_of(request.user)
    call = call_or_404(scope, slug=slug, call_id=call_id)
    legs = legs_of(call, scope=scope).rows
    code = legs[leg].recording_hash if leg < len(legs) else None
    if not code:
        raise Http404("There is no such recording.")
    try:
        asked = range_read(request.headers.get("Range", ""))
    except _BadRange:
        return HttpResponse(_("Only one range of bytes can be asked for."), status=416)
    listening_note(request, call=call)
    try:
        part = _part(call.pbx, code, asked or Asked(0, None))
    except PbxError as exc:
        return HttpResponse(exc.sentence, status=502, content_type="text/plain; charset=utf-8")
    return _piece(part) if asked else _whole(call.pbx, code, part)


def range_read(header: str) -> Asked | None:
    """None without a header."""
    if not header:
        return None
    found = re.fullmatch(r"bytes=(\d{1,12})-(\d{1,12})?", header.strip())
    if found is None or (found[2] and int(found[2]) < int(found[1])):
        raise _BadRange(header)
    return Asked(int(found[1]), int(found[2]) if found[2] else None)


def _part(pbx: Pbx, code: str, asked: Asked) -> RecordingPart:
    with client_of(pbx) as client:
        return client.recording_part(code, start=asked.start, length=asked.length)


def _piece(part: RecordingPart) -> HttpResponse:
    total = "*" if part.total is None else str(part.total)
    if not part.data:
        return HttpResponse(status=416, headers=_headers() | {"Content-Range": f"bytes */{total}"})
    last = part.start + len(part.data) - 1
    headers = _headers() | {"Content-Range": f"bytes {part.start}-{last}/{total}"}
    return HttpResponse(part.data, status=206, content_type=_media_type(part), headers=headers)


def _whole(pbx: Pbx, code: str, first: RecordingPart) -> HttpResponseBase:
    if first.total is None or first.total == len(first.data):
        return HttpResponse(first.data, content_type=_media_type(first), headers=_headers())
    headers = _headers() | {"Content-Length": str(first.total)}
    pieces = _pieces(pbx, code, first, total=first.total)
    return StreamingHttpResponse(pieces, content_type=_media_type(first), headers=headers)


async def _pieces(pbx: Pbx, code: str, first: RecordingPart, *, total: int) -> AsyncIterator[bytes]:
    yield first.data
    place = len(first.data)
    while place < total:
        part = await sync_to_async(_part)(pbx, code, Asked(place, None))
        if not part.data:
            return
        yield part.data
        place += len(part.data)


def _headers() -> dict[str, str]:
    return {"Accept-Ranges": "bytes", "Cache-Control": "private, no-store"}


def _media_type(part: RecordingPart) -> str:
    return part.media_type if part.media_type.startswith("audio/") else "audio/x-wav"
