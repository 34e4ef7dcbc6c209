"""Servers on the loopback that behave well or badly, and the documented examples as data."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from dashboard.pbx import PbxClient, Request, access_token
from tests.pbx.documented_requests import REQUESTS

HERE = Path(__file__).parent
TOKEN = access_token("wallboard", "sécret")
TLS_HELLO = b"\x16"
Example = dict[str, Any]


@pytest.fixture(scope="session")
def examples() -> dict[int, Example]:
    return {example["n"]: example for example in json.loads((HERE / "examples.json").read_text())}


@dataclass
class RecordedServer:
    """Answers each path with what a test put there, and keeps what it was asked."""

    url: str
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    connections: set[tuple[str, int]] = field(default_factory=set)

    def answer(self, action: str, body: bytes | str, *, status: int = 200, **headers: str) -> None:
        content = body.encode() if isinstance(body, str) else body
        self.answers[action] = (status, headers, content)


@pytest.fixture
def server() -> Iterator[RecordedServer]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            recorded.asked.append((self.path, dict(self.headers)))
            recorded.connections.add(self.client_address)
            status, headers, body = recorded.answers[self.path.split("/")[3]]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Quiet: the test reads `asked`."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        httpd.daemon_threads = True
        httpd.block_on_close = False
        recorded = RecordedServer(url=f"http://127.0.0.1:{httpd.server_port}")
        thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield recorded
        httpd.shutdown()
        thread.join()


Behaviour = Callable[[socket.socket, threading.Event, bytes], None]
RawServer = Callable[[Behaviour], str]


@pytest.fixture
def raw_server() -> Iterator[RawServer]:
    """Starts a server that hands each connection, its request read, to a function; gives its address."""
    stop = threading.Event()
    with ExitStack() as stack:

        def start(behave: Behaviour) -> str:
            listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
            listener.settimeout(0.05)
            thread = threading.Thread(target=_serve, args=(listener, behave, stop))
            thread.start()
            stack.callback(thread.join)
            stack.callback(stop.set)
            return f"http://127.0.0.1:{listener.getsockname()[1]}"

        yield start


def _serve(listener: socket.socket, behave: Behaviour, stop: threading.Event) -> None:
    while not stop.is_set():
        with suppress(TimeoutError):
            connection, _ = listener.accept()
            # The client may go first: that is what these servers are for.
            with connection, suppress(OSError):
                connection.settimeout(5)
                behave(connection, stop, _read_request(connection))


def _read_request(connection: socket.socket) -> bytes:
    request = b""
    while b"\r\n\r\n" not in request and not request.startswith(TLS_HELLO):
        chunk = connection.recv(4096)
        if not chunk:
            break
        request += chunk
    return request


@pytest.fixture
def connect() -> Iterator[Callable[..., PbxClient]]:
    with ExitStack() as stack:

        def make(base_url: str, **options: Any) -> PbxClient:
            return stack.enter_context(PbxClient(base_url=base_url, token=TOKEN, **options))

        yield make


@pytest.fixture(scope="session")
def documented_requests() -> dict[int, Request[Any]]:
    return REQUESTS


@pytest.fixture(scope="session")
def decoded(
    examples: dict[int, Example], documented_requests: dict[int, Request[Any]]
) -> Callable[[int], Any]:
    """Decodes the printed answer of an example; where print broke the JSON, the intended one."""

    def decode(number: int) -> Any:
        example, request = examples[number], documented_requests[number]
        repaired = example.get("response_json_repaired")
        body = json.dumps(repaired) if repaired else example["response_raw"]
        return request.shape.decode(body.encode(), action=request.action, secret=TOKEN)

    return decode
