"""A small web server on this machine that a PBX tells of what happens."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

PATIENCE_S = 10.0


@dataclass
class Crm:
    """What was asked, and what is answered: this text, once `is_open`."""

    answer: str = "{}"
    status: int = 200
    asked: list[str] = field(default_factory=list)
    credentials: list[str | None] = field(default_factory=list)
    is_open: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    def queries(self) -> list[dict[str, str]]:
        """The parameters of each request, in the order in which they came."""
        return [dict(parse_qsl(urlsplit(path).query, keep_blank_values=True)) for path in self.asked]

    def about(self, call_id: str) -> list[str]:
        """What was told of this call."""
        return [query["action"] for query in self.queries() if query.get("idcall") == call_id]


@contextmanager
def serving(crm: Crm) -> Iterator[Crm]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            crm.credentials.append(self.headers["Authorization"])
            crm.asked.append(self.path)
            crm.is_open.wait(PATIENCE_S)
            body = crm.answer.encode()
            # Whoever asked may have given up by now.
            with suppress(ConnectionError):
                self.send_response(crm.status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    crm.url = f"http://127.0.0.1:{server.server_port}/crm/secret"
    try:
        yield crm
    finally:
        crm.is_open.set()
        server.shutdown()
        thread.join()
        server.server_close()


def until(is_so: Callable[[], bool]) -> None:
    """Requests are on their way in threads: wait for them in real time."""
    ends_s = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < ends_s, "it did not happen"
        time.sleep(0.01)
