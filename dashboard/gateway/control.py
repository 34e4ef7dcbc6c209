"""The door for tests and benchmarks: faults, injected calls and agents' states over HTTP, from this machine only."""

import hmac
import ipaddress
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Annotated, Literal, Protocol, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dashboard.gateway.clock import wall_clock_ms
from dashboard.gateway.engine import Engine, EngineError, NotFound
from dashboard.gateway.faults import EVERY, Fault, FaultKind, GarbageShape
from dashboard.gateway.surface.exchange import Exchange

LONGEST_MESSAGE = 1377
SECRET_HEADER = "x-control-secret"  # noqa: S105 - the name of a header
Handler = Callable[[Request], Awaitable[Response]]
T = TypeVar("T")


class ControllableEngine(Engine, Protocol):
    """An engine that can be told what happens."""

    def call_inject(self, *, queue_id: int, caller: str | None = None, kept_waiting_s: float = 0) -> str:
        """Have a customer call this queue now; the id of the call."""
        ...

    def call_hang_up(self, *, call_id: str) -> None:
        """End this call."""
        ...

    def message_inject(self, *, number: str, text: str) -> int:
        """Have somebody with this number send a short message now; its id."""
        ...

    def agent_pause_on(self, *, user_id: int, pause_id: int) -> None:
        """Send the agent on this pause."""
        ...

    def agent_pause_off(self, *, user_id: int) -> None:
        """End the agent's pause."""
        ...

    def agent_log_in(self, *, user_id: int) -> None:
        """Log the agent in."""
        ...

    def agent_log_out(self, *, user_id: int) -> None:
        """Log the agent out."""
        ...


class FaultRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Set a fault, or clear those of `clear` (an action, `*`, or `all`)."""

    action: str = EVERY
    kind: FaultKind | None = None
    clear: str | None = None
    seconds: float = 0.0
    status: int = 500
    shape: GarbageShape = GarbageShape.TEXT
    acted: bool = False
    duration_s: float | None = None
    requests: int | None = None


class CallRequest(msgspec.Struct, forbid_unknown_fields=True):
    """A call into this queue, or the end of the call `end`."""

    queue: int | None = None
    caller: str | None = None
    kept_waiting_s: float = 0.0
    end: str | None = None


class AgentRequest(msgspec.Struct, forbid_unknown_fields=True):
    """What the agent (a login or a user id) does from now on."""

    agent: str | int
    state: Literal["paused", "idle", "logged_in", "logged_out"]
    pause: int = 4


class MessageRequest(msgspec.Struct, forbid_unknown_fields=True):
    """A short message that comes in."""

    number: Annotated[str, msgspec.Meta(pattern=r"^\+?[0-9]{3,20}$")]
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_MESSAGE)]


class ControlError(Exception):
    """The request makes no sense; the message says why."""


class Control:
    """The routes below `/control`. With a secret, requests must carry it in the header `X-Control-Secret`."""

    def __init__(self, *, exchange: Exchange, engine: ControllableEngine, secret: str = "") -> None:
        self._exchange, self._engine, self._secret = exchange, engine, secret

    def routes(self) -> tuple[Route, ...]:
        """The routes for the application."""
        return (
            Route("/control/state", self._guarded(self._state), methods=["GET"]),
            Route("/control/faults", self._guarded(self._faults), methods=["POST"]),
            Route("/control/call", self._guarded(self._call), methods=["POST"]),
            Route("/control/sms", self._guarded(self._message), methods=["POST"]),
            Route("/control/agent", self._guarded(self._agent), methods=["POST"]),
        )

    def _guarded(self, handler: Handler) -> Handler:
        async def respond(request: Request) -> Response:
            if not self._may(request):
                return JSONResponse(
                    {"error": "Only this machine may do that, with the secret."}, status_code=403
                )
            try:
                return await handler(request)
            except (ControlError, ValueError, EngineError) as error:
                status = 404 if isinstance(error, NotFound) else 400
                return JSONResponse({"error": str(error)}, status_code=status)

        return respond

    def _may(self, request: Request) -> bool:
        """From this machine, and not from a web page that happens to run on it."""
        if request.client is None or not ipaddress.ip_address(request.client.host).is_loopback:
            return False
        if request.headers.get("origin") is not None:
            return False
        offered = request.headers.get(SECRET_HEADER, "")
        return hmac.compare_digest(offered.encode(), self._secret.encode())

    async def _state(self, request: Request) -> Response:
        floor = self._engine.floor()
        return JSONResponse(
            {
                "at": wall_clock_ms(),
                "pbx_at": floor.at,
                "revision": floor.revision,
                "agents": len(floor.agents),
                "calls": len(floor.calls),
                "requests": dict(self._exchange.requests),
                "faults": [
                    {"action": where, **asdict(fault)} for where, fault in self._exchange.faults.active()
                ],
            }
        )

    async def _faults(self, request: Request) -> Response:
        wanted = await _body(request, FaultRequest)
        if wanted.clear is not None:
            self._exchange.faults.clear(None if wanted.clear == "all" else wanted.clear)
        elif wanted.kind is not None:
            self._fault_set(wanted, wanted.kind)
        else:
            raise ControlError("Give a kind of fault to set, or clear.")
        return JSONResponse({"at": wall_clock_ms()})

    def _fault_set(self, wanted: FaultRequest, kind: FaultKind) -> None:
        if kind is FaultKind.REFUSED and wanted.action == EVERY and wanted.duration_s is None:
            raise ControlError("A PBX that refuses everything cannot be told to stop: give duration_s.")
        fault = Fault(
            kind=kind,
            seconds=wanted.seconds,
            status=wanted.status,
            shape=wanted.shape,
            has_acted=wanted.acted,
            duration_s=wanted.duration_s,
            requests=wanted.requests,
        )
        self._exchange.faults.set(wanted.action, fault)

    async def _call(self, request: Request) -> Response:
        wanted = await _body(request, CallRequest)
        if wanted.end is not None:
            call_id = wanted.end
            self._engine.call_hang_up(call_id=call_id)
        elif wanted.queue is not None:
            call_id = self._engine.call_inject(
                queue_id=wanted.queue, caller=wanted.caller, kept_waiting_s=wanted.kept_waiting_s
            )
        else:
            raise ControlError("Give the id of a queue to call, or of a call to end.")
        return JSONResponse({"at": wall_clock_ms(), "call": call_id})

    async def _message(self, request: Request) -> Response:
        wanted = await _body(request, MessageRequest)
        message_id = self._engine.message_inject(number=wanted.number, text=wanted.text)
        return JSONResponse({"at": wall_clock_ms(), "id": message_id})

    async def _agent(self, request: Request) -> Response:
        wanted = await _body(request, AgentRequest)
        user_id = self._user_id(wanted.agent)
        if wanted.state == "paused":
            self._engine.agent_pause_on(user_id=user_id, pause_id=wanted.pause)
        elif wanted.state == "idle":
            self._engine.agent_pause_off(user_id=user_id)
        elif wanted.state == "logged_in":
            self._engine.agent_log_in(user_id=user_id)
        else:
            self._engine.agent_log_out(user_id=user_id)
        agent = self._engine.floor().agents.get(user_id)
        state = agent.state.value if agent else None
        return JSONResponse(
            {
                "at": wall_clock_ms(),
                "agent": user_id,
                "state": state,
                "call": agent.call_id if agent else None,
            }
        )

    def _user_id(self, agent: str | int) -> int:
        for user in self._engine.directory().users.values():
            if agent in {user.id, user.login, str(user.id)}:
                return user.id
        raise NotFound(f"There is no agent {agent}.")


async def _body(request: Request, shape: type[T]) -> T:
    try:
        return msgspec.json.decode(await request.body(), type=shape)
    except msgspec.DecodeError as error:
        raise ControlError(str(error)) from error
