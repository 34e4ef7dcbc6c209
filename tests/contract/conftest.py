"""Two PBXs that must keep the same contract: the API document's own answers, and the simulated PBX."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from dashboard.gateway.server import running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.pbx import PbxClient, access_token

EXAMPLES = json.loads((Path(__file__).parents[1] / "pbx" / "examples.json").read_text())


def answer_of(example: dict[str, Any]) -> bytes:
    """The documented answer; for those that are broken in print, what was meant."""
    meant = example.get("response_json_repaired") or example["response_json"]
    return json.dumps(meant).encode() if meant is not None else (example["response_raw"] or "").encode()


def documented(
    action: str, version: str, record: str | None, params: set[tuple[str, str]]
) -> dict[str, Any] | None:
    """The example of this variant that is most like the request; refusals only if they are all there is."""
    fitting = [
        row
        for row in EXAMPLES
        if (row["action"], row["version"]) == (action, version) and row["response_raw"]
    ]
    fitting = [row for row in fitting if (row["request"]["id"] is None) == (record is None)] or fitting
    good = [row for row in fitting if b'"status": 0' not in answer_of(row)] or fitting
    return max(
        good, key=lambda row: len(params & {tuple(pair) for pair in row["request"]["params"]}), default=None
    )


class _Recorded(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        version, action, *record = url.path.split("/")[2:-1]
        example = documented(
            action, version, record[0] if record else None, set(parse_qsl(url.query, keep_blank_values=True))
        )
        body = answer_of(example) if example else b'{"status":1,"error":null,"result":""}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture(scope="session")
def recorded_pbx() -> Iterator[PbxClient]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Recorded) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}"
        with PbxClient(base_url=url, token="0" * 40, sms_base_url=url, autodialer_base_url=url) as client:
            yield client
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def simulated_pbx() -> Iterator[PbxClient]:
    with (
        running_pbx(SimulationSettings(agents=20, warm_up_s=3600)) as pbx,
        PbxClient(
            base_url=pbx.url,
            token=access_token(pbx.login, pbx.password),
            sms_base_url=pbx.url,
            autodialer_base_url=pbx.url,
            deadline_s=10,
        ) as client,
    ):
        yield client
