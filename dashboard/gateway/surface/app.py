"""The API over HTTP, with its misbehaviour."""

import asyncio
import time

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.gateway.connections import Connections
from dashboard.gateway.engine import EngineError
from dashboard.gateway.faults import FaultKind
from dashboard.gateway.surface.accounts import Caller
from dashboard.gateway.surface.asking import ApiError, Result
from dashboard.gateway.surface.download import Download, download_answer
from dashboard.gateway.surface.envelope import Answer, Format, failure, success
from dashboard.gateway.surface.exchange import WRONG_TOKEN, Exchange
from dashboard.gateway.surface.misbehaviour import GARBAGE, CutResponse, DripResponse
from dashboard.gateway.surface.parameters import Parameters
from dashboard.gateway.surface.reading import answer_format, parameter_pairs
from dashboard.gateway.surface.variant import Variant

TOKEN = "access_token"  # noqa: S105 - the name of a parameter
METHODS = ["GET", "POST"]
OTHER_METHODS = ["PUT", "PATCH", "DELETE", "OPTIONS"]
LOOK_EVERY_S = 0.1


def create_app(
    exchange: Exchange, *, connections: Connections, more_routes: tuple[Route, ...] = ()
) -> Starlette:
    """The application; `connections` are those of the server it runs on."""
    api = _Api(exchange, connections)
    routes = [
        Route("/api/{version}/{action}/{format}", api.respond, methods=METHODS),
        Route("/api/{version}/{action}/{id}/{format}", api.respond, methods=METHODS),
        Route("/api{rest:path}", api.refuse, methods=[*METHODS, *OTHER_METHODS]),
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
        has_acted = any(fault.has_acted for fault in faults.values())
        done = await self._answer(request) if has_acted else None
        if delay := faults.get(FaultKind.DELAY):
            await asyncio.sleep(delay.seconds)
        if FaultKind.REFUSED in faults:
            return CutResponse(connections=self._connections)
        if broken := faults.get(FaultKind.HTTP_ERROR):
            return Response("Internal Server Error", status_code=broken.status, media_type="text/plain")
        if garbage := faults.get(FaultKind.GARBAGE):
            return _response(Answer(GARBAGE[garbage.shape]))
        format_ = answer_format(request)
        if FaultKind.WRONG_TOKEN in faults:
            return _response(failure(WRONG_TOKEN, format_=format_))
        is_empty = FaultKind.EMPTY in faults
        answer = (
            success(self._exchange.empty(), format_=format_)
            if is_empty
            else done or await self._answer(request)
        )
        content, media_type = answer.content, answer.media_type
        if FaultKind.HALF in faults:
            keep = max(1, len(content) // 2)
            return CutResponse(
                connections=self._connections, content=content, media_type=media_type, keep=keep
            )
        if drip := faults.get(FaultKind.DRIP):
            return DripResponse(content=content, media_type=media_type, seconds=drip.seconds)
        return _response(answer)

    async def refuse(self, request: Request) -> Response:
        """Say what is wrong with an address or a method that can be no action."""
        is_method = request.method in OTHER_METHODS
        error = (
            f"Metoda {request.method} není podporována"
            if is_method
            else "Adresa musí mít tvar /api/verze/akce/formát nebo /api/verze/akce/id/formát"
        )
        return _response(failure(error, format_=answer_format(request)))

    async def _answer(self, request: Request) -> Answer:
        format_ = answer_format(request)
        try:
            result = await self._result(request)
            if isinstance(result, Download):
                return download_answer(result, wanted=request.headers.get("range"))
            return success(result, format_=format_)
        except (ApiError, EngineError) as error:
            return failure(str(error), format_=format_)

    async def _result(self, request: Request) -> Result:
        pairs = await parameter_pairs(request)
        parameters = Parameters([*request.cookies.items(), *pairs])
        query = Parameters(pairs).get(TOKEN)
        caller = self._exchange.caller(cookie=request.cookies.get(TOKEN), query=query)
        if caller is None:
            raise ApiError(WRONG_TOKEN)
        path = request.path_params
        if path["format"] not in set(Format):
            raise ApiError(f"Formát {path['format']} není podporován")
        variant = self._exchange.variant(action=path["action"], version=path["version"])
        if variant.held_by is not None and parameters.has(variant.held_by):
            return await self._held(request, variant=variant, parameters=parameters, caller=caller)
        return self._exchange.answer(variant, parameters=parameters, record_id=path.get("id"), caller=caller)

    async def _held(
        self, request: Request, *, variant: Variant, parameters: Parameters, caller: Caller
    ) -> Result:
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
                result = self._exchange.answer(
                    variant, parameters=parameters, record_id=record_id, caller=caller
                )
            is_new = result[name] != parameters.get(name)
            if is_new or time.monotonic() >= deadline_s or await request.is_disconnected():
                return result
            await asyncio.sleep(LOOK_EVERY_S)


def _response(answer: Answer) -> Response:
    return Response(
        answer.content,
        status_code=answer.status,
        media_type=answer.media_type,
        headers=dict(answer.headers),
    )
