"""People for the administration pages, and a CRM on real HTTP."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from dashboard.models import Contact, ContactNumber


@pytest.fixture(autouse=True)
def _static_files(settings, tmp_path: Path) -> None:
    """Pages are rendered without the manifest that `prepare` makes."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.fixture
def admin(db: None, client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("admin", "", "admin"))
    return client


@pytest.fixture
def contact_new(db: None) -> Callable[..., Contact]:
    def make(name: str, *numbers: str, **fields: str) -> Contact:
        contact = Contact.objects.create(name=name, **fields)
        ContactNumber.objects.bulk_create(ContactNumber(contact=contact, number=number) for number in numbers)
        return contact

    return make


class CrmServer:
    """Answers every question with the bytes in `answer`, whole HTTP answers; or does what `behave` does."""

    def __init__(self) -> None:
        self.answer = b""
        self.behave: Callable[[Callable[[bytes], object]], None] | None = None
        self.paths: list[str] = []
        self.headers: list[dict[str, str]] = []
        crm = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                crm.paths.append(self.path)
                crm.headers.append({name.lower(): value for name, value in self.headers.items()})
                try:
                    if crm.behave is not None:
                        crm.behave(self._write)
                    else:
                        self.wfile.write(crm.answer)
                except OSError:
                    pass  # the asker has gone
                self.close_connection = True

            def _write(self, data: bytes) -> None:
                self.wfile.write(data)
                self.wfile.flush()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.host = f"127.0.0.1:{self._server.server_port}"
        self.url = f"http://{self.host}/caller?number={{number}}&key=s3cret"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def says(self, body: bytes, *, status: str = "200 OK", headers: str = "") -> None:
        self.answer = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{headers}\r\n".encode() + body

    def drips(self, *, every_s: float) -> None:
        """A byte now and then, for ever."""

        def behave(write: Callable[[bytes], object]) -> None:
            write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
            for _ in range(200):
                write(b" ")
                time.sleep(every_s)

        self.behave = behave

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def crm_server() -> Iterator[CrmServer]:
    server = CrmServer()
    server.says(b'{"NAME": "Daktela s.r.o."}')
    yield server
    server.close()
