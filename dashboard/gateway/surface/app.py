"""The API over HTTP, with its misbehaviour."""

import asyncio
import time
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.gateway.connections import Connections
from dashboard.gateway.engine import EngineError
from dashboard.gateway.faults import FaultKind
from dashboard.gateway.surface.actions import Variant
from dashboard.gateway.surface.asking import ApiError, Result
from dashboard.gateway.surface.exchange import WRONG_TOKEN, Exchange, encoded, encoded_error
from dashboard.gateway.surface.misbehaviour import GARBAGE, JSON_TYPE, CutResponse, DripResponse
from dashboard.gateway.surface.parameters import Parameters

TOKEN = "access_token"  # noqa: S105 - the name of a parameter
FORM = "application/x-www-form-urlencoded"
LOOK_EVERY_S = 0.1


def create_app(
    exchange: Exchange, *, connections: Connections, more_routes: tuple[Route, ...] = ()
) -> Starlette:
    """The application; `connections` are those of the server it runs on."""
    api = _Api(exchange, connections)
    routes = [
        Route("/api/{version}/{action}/{format}", api.respond, methods=["GET", "POST"]),
        Route("/api/{version}/{action}/{id}/{format}", api.respond, methods=["GET", "POST"]),
    ]
    return Starlette(routes=[*routes, *more_routes])


class _Api:
    """Answers one request after the faults in force have had their say."""

    def __init__(self, exchange: Exchange, connections: Connections) -> None:
        self._exchange, self._connections = exchange, connections

    async def respond(self, request: Request) -> Response:
        action = request.path_params["action"]
        self._exchange.requests[action] += 1
        faults = self._exchange.faults.take(action)
        if delay := faults.get(FaultKind.DELAY):
            await asyncio.sleep(delay.seconds)
        if FaultKind.REFUSED in faults:
            return CutResponse(connections=self._connections)
        if failure := faults.get(FaultKind.HTTP_ERROR):
            return Response("Internal Server Error", status_code=failure.status, media_type="text/plain")
        if garbage := faults.get(FaultKind.GARBAGE):
            return _response(GARBAGE[garbage.shape])
        if FaultKind.WRONG_TOKEN in faults:
            return _response(encoded_error(WRONG_TOKEN))
        body = self._exchange.empty() if FaultKind.EMPTY in faults else await self._body(request)
        if FaultKind.HALF in faults:
            return CutResponse(connections=self._connections, content=body, keep=max(1, len(body) // 2))
        if drip := faults.get(FaultKind.DRIP):
            return DripResponse(content=body, seconds=drip.seconds)
        return _response(body)

    async def _body(self, request: Request) -> bytes:
        try:
            return encoded(await self._result(request))
        except (ApiError, EngineError) as error:
            return encoded_error(str(error))

    async def _result(self, request: Request) -> Result:
        pairs = [*request.query_params.multi_items(), *await _form(request)]
        parameters = Parameters([*request.cookies.items(), *pairs])
        query = Parameters(pairs).get(TOKEN)
        if not self._exchange.token_accepts(cookie=request.cookies.get(TOKEN), query=query):
            raise ApiError(WRONG_TOKEN)
        path = request.path_params
        if path["format"] != "json":
            raise ApiError(f"Formát {path['format']} není podporován")
        variant = self._exchange.variant(action=path["action"], version=path["version"])
        if variant.held_by is not None and parameters.has(variant.held_by):
            return await self._held(request, variant=variant, parameters=parameters)
        return self._exchange.answer(variant, parameters=parameters, record_id=path.get("id"))

    async def _held(self, request: Request, *, variant: Variant, parameters: Parameters) -> Result:
        """The answer as soon as it differs from the one the caller has, or after the longest time."""
        name = variant.held_by or ""
        deadline_s = time.monotonic() + self._exchange.settings.hold_s
        seen: int | None = None
        result: Result = None
        while True:
            revision = self._exchange.engine.revision()
            if revision != seen:
                seen = revision
                record_id = request.path_params.get("id")
                result = self._exchange.answer(variant, parameters=parameters, record_id=record_id)
            is_new = result[name] != parameters.get(name)
            if is_new or time.monotonic() >= deadline_s or await request.is_disconnected():
                return result
            await asyncio.sleep(LOOK_EVERY_S)


async def _form(request: Request) -> list[tuple[str, str]]:
    if request.method != "POST" or not request.headers.get("content-type", "").startswith(FORM):
        return []
    return parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)


def _response(body: bytes) -> Response:
    return Response(body, media_type=JSON_TYPE)
