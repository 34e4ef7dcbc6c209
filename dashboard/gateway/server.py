"""Runs a simulated PBX on real HTTP: in a thread of its own, for tests, the demo and the benchmarks."""

import asyncio
import errno
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import h11
import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from dashboard.gateway.clock import VirtualClock
from dashboard.gateway.connections import Connections
from dashboard.gateway.control import Control
from dashboard.gateway.faults import Fault, FaultBoard, FaultKind
from dashboard.gateway.simulated.engine import SimulatedEngine
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.gateway.sms_callbacks import SmsCallbacks
from dashboard.gateway.surface.app import create_app
from dashboard.gateway.surface.envelope import JSON_TYPE, failure
from dashboard.gateway.surface.exchange import Exchange
from dashboard.gateway.surface.settings import ApiSettings
from dashboard.gateway.webhooks import Hooks, Webhooks

TICK_S = 0.02
CATCH_UP_EVERY_S = 1.0
PATIENCE_S = 10.0
BACKLOG = 512
# The documentation allows for groups of 20,000 messages, and shows every action as an address.
LONGEST_HEAD_BYTES = 4 * 1024 * 1024


class CannotListen(Exception):
    """The address or the port cannot be used; the message says why."""


class _Protocol(H11Protocol):
    """Speaks HTTP, and tells `connections` of every connection."""

    def __init__(self, *, config: uvicorn.Config, state: ServerState, connections: Connections) -> None:
        super().__init__(config=config, server_state=state, app_state={})
        self._open = connections

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._open.opened(transport)

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP, or an address of more than `LONGEST_HEAD_BYTES`, in the API's own manner."""
        headers = [(b"content-type", JSON_TYPE.encode()), (b"connection", b"close")]
        refusal = failure(f"Požadavek nelze přečíst: {msg}").content
        for event in (h11.Response(status_code=400, headers=headers), h11.Data(refusal), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self._open.closed(self.transport)
        super().connection_lost(exc)


class PbxServer:
    """A simulated PBX that listens. `faults`, `engine` and `clock` may be used from any thread."""

    def __init__(
        self,
        settings: SimulationSettings,
        *,
        api: ApiSettings | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        control_secret: str | None = None,
        hooks: Hooks | None = None,
    ) -> None:
        self.api = api or ApiSettings(timezone=settings.timezone)
        self.clock = VirtualClock(start_at=settings.start_at, speed=settings.speed)
        self.engine = SimulatedEngine(settings, clock=self.clock)
        self.faults = FaultBoard()
        self._exchange = Exchange(engine=self.engine, settings=self.api, faults=self.faults)
        self.sms_callbacks = SmsCallbacks(self.engine)
        self.webhooks = Webhooks(engine=self.engine, hooks=hooks) if hooks else None
        self._connections = Connections()
        self._config = uvicorn.Config(
            self._application(control_secret),
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            timeout_keep_alive=75,
            h11_max_incomplete_event_size=LONGEST_HEAD_BYTES,
        )
        self._config.load()
        self._place = _bound(host, port)
        self._host, self.port = host, int(self._place.getsockname()[1])
        self._is_stopping = threading.Event()
        self._is_listening = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="simulated-pbx", daemon=True)
        self.faults.subscribe(self._fault_changed)

    @property
    def url(self) -> str:
        """The base address, without a slash at its end."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self.port}"

    @property
    def login(self) -> str:
        """The login of the API's account."""
        return self.api.login

    @property
    def password(self) -> str:
        """The password of the API's account."""
        return self.api.password

    @property
    def requests(self) -> Counter[str]:
        """The requests so far, by action."""
        return self._exchange.requests

    def start(self) -> None:
        """Begin to serve; returns when requests are accepted."""
        self._thread.start()
        self._await_listening(wanted=not self._is_refusing())
        if self.webhooks is not None:
            self.webhooks.start()

    @property
    def is_running(self) -> bool:
        """Whether the server's thread is alive."""
        return self._thread.is_alive()

    def skip(self, seconds: float) -> None:
        """Let the PBX's time pass at once."""
        self.clock.skip(seconds)

    def stop(self) -> None:
        """Stop serving, cutting off whoever is still connected."""
        self._is_stopping.set()
        self._thread.join(PATIENCE_S)
        self._place.close()
        self.sms_callbacks.stop()
        if self.webhooks is not None:
            self.webhooks.stop()

    def _application(self, control_secret: str | None) -> Starlette:
        if control_secret is None:
            return create_app(self._exchange, connections=self._connections)
        control = Control(exchange=self._exchange, engine=self.engine, secret=control_secret)
        return create_app(self._exchange, connections=self._connections, more_routes=control.routes())

    def _fault_changed(self, action: str, fault: Fault | None) -> None:
        """When everything is to be refused, or no longer, return only when it is so."""
        if not self._thread.is_alive() or threading.current_thread() is self._thread:
            return
        if fault is None or fault.kind is FaultKind.REFUSED:
            self._await_listening(wanted=not self._is_refusing())

    def _is_refusing(self) -> bool:
        return self.faults.everywhere(FaultKind.REFUSED) is not None

    def _await_listening(self, *, wanted: bool) -> None:
        with self._changed:
            is_so = self._changed.wait_for(
                lambda: self._is_listening is wanted or not self._thread.is_alive(), PATIENCE_S
            )
        if not is_so or not self._thread.is_alive():
            raise RuntimeError(
                "The simulated PBX does not follow: its server did not start or stop listening."
            )

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        catching_up = asyncio.create_task(self._catch_up())
        while not self._is_stopping.is_set():
            if self._is_refusing():
                await asyncio.sleep(TICK_S)
                continue
            await self._serve_until_refusing()
        catching_up.cancel()

    async def _serve_until_refusing(self) -> None:
        """Listen, until a fault closes the socket or the server is stopped."""
        state = ServerState()
        listener = await asyncio.get_running_loop().create_server(
            lambda: _Protocol(config=self._config, state=state, connections=self._connections),
            sock=_listening(self._host, self.port),
            backlog=BACKLOG,
        )
        self._listening_set(is_listening=True)
        await _until(lambda: self._is_stopping.is_set() or self._is_refusing())
        listener.close()
        self._connections.cut_all()
        for task in list(state.tasks):
            task.cancel()
        await asyncio.gather(*state.tasks, return_exceptions=True)
        # The loop closes the connections it was told to cut in its next rounds.
        await asyncio.sleep(TICK_S)
        self._listening_set(is_listening=False)

    async def _catch_up(self) -> None:
        """Keep the simulation and the clock's faults up to date while nobody asks."""
        while True:
            self._exchange.clock_settle()
            self.engine.messages_settle()
            await asyncio.sleep(CATCH_UP_EVERY_S)

    def _listening_set(self, *, is_listening: bool) -> None:
        with self._changed:
            self._is_listening = is_listening
            self._changed.notify_all()


@contextmanager
def running_pbx(
    settings: SimulationSettings | None = None,
    *,
    faults: Iterable[tuple[str, Fault]] = (),
    api: ApiSettings | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
    control_secret: str | None = None,
    hooks: Hooks | None = None,
) -> Iterator[PbxServer]:
    """A simulated PBX for the length of a `with` block. The control door is open only with a secret ("" will do)."""
    server = PbxServer(
        settings or SimulationSettings(),
        api=api,
        host=host,
        port=port,
        control_secret=control_secret,
        hooks=hooks,
    )
    for action, fault in faults:
        server.faults.set(action, fault)
    server.start()
    try:
        yield server
    finally:
        server.stop()


async def _until(is_so: Callable[[], bool]) -> None:
    # Faults end by the passing of time and are set from other threads: there is no event to wait for.
    while not is_so():  # noqa: ASYNC110
        await asyncio.sleep(TICK_S)
    # An answer that is on its way, such as the one to whoever set the fault, still gets out.
    await asyncio.sleep(TICK_S)


def _bound(host: str, port: int) -> socket.socket:
    """Takes the port without listening, so that nobody else gets it while connections are refused."""
    family, _, _, _, address = _address(host, port)
    # With the protocol named, asyncio switches Nagle off: an answer in two writes must not wait for an ACK.
    taken = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind(address)
    except OSError as error:
        taken.close()
        raise CannotListen(_why(error, host=host, port=port)) from error
    return taken


def _listening(host: str, port: int) -> socket.socket:
    """A second socket on the same port, which does listen."""
    listening = _bound(host, port)
    listening.listen(BACKLOG)
    return listening


def _address(host: str, port: int) -> tuple[Any, ...]:
    try:
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise CannotListen(f"{host} is no address of this machine.") from error


def _why(error: OSError, *, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is in use by another program: choose another one, or 0 for any."
    if error.errno == errno.EACCES:
        return f"Port {port} may only be used by the administrator of this machine: choose one above 1023."
    return f"Cannot listen on {host}, port {port}: {error.strerror}."
