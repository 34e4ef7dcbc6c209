"""Reads what a request says, and finds the words for a request that cannot be read."""

import re
from urllib.parse import parse_qsl

from starlette.requests import Request

from dashboard.gateway.surface.asking import ApiError
from dashboard.gateway.surface.envelope import Format

FORM = "application/x-www-form-urlencoded"
BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
LONGEST_FORM_BYTES = 8 * 1024 * 1024
MOST_PARAMETERS = 100_000


async def parameter_pairs(request: Request) -> list[tuple[str, str]]:
    """Names and values in the address, then those in a form that was posted."""
    query: bytes = request.scope["query_string"]
    return [*_pairs(query.decode("latin-1")), *_pairs(await _form(request))]


def answer_format(request: Request) -> Format:
    """How to answer: as the last part of the address says, or as JSON if it says nothing sensible."""
    return Format.XML if request.url.path.endswith("/xml") else Format.JSON


def _pairs(text: str) -> list[tuple[str, str]]:
    if BROKEN_ESCAPE.search(text):
        raise ApiError("Za znakem % v parametrech musí být dvě šestnáctkové číslice")
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except UnicodeDecodeError as error:
        raise ApiError("Parametry nejsou v kódování UTF-8") from error
    except ValueError as error:
        raise ApiError(f"Parametrů je více než {MOST_PARAMETERS}") from error


async def _form(request: Request) -> str:
    if request.method != "POST" or not request.headers.get("content-type", "").startswith(FORM):
        return ""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_FORM_BYTES:
            raise ApiError(f"Odeslaný formulář je delší než {LONGEST_FORM_BYTES} bajtů")
    return body.decode("latin-1")
