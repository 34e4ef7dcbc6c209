"""The examples of docs/pbx-client.md, run against a server that gives the API document's own answers."""

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

DOCUMENT = Path(__file__).parents[2] / "docs" / "pbx-client.md"
BLOCKS = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)


@pytest.fixture
def recorded_pbx(examples) -> Iterator[tuple[str, list[str]]]:
    """Answers with the documented example that fits the request best; gives its address and what it was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            version, action = url.path.split("/")[2:4]
            asked.append(action)
            body = _best(
                examples, action, version, set(parse_qsl(url.query, keep_blank_values=True))
            ).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_port}", asked
        httpd.shutdown()
        thread.join()


def _best(examples: dict, action: str, version: str, params: set[tuple[str, str]]) -> str:
    fitting = [
        example
        for example in examples.values()
        if (example["action"], example["version"]) == (action, version) and example["response_raw"]
    ]
    assert fitting, f"no example of {action} {version}"
    best = max(
        fitting, key=lambda example: len(params & {tuple(pair) for pair in example["request"]["params"]})
    )
    return json.dumps(best["response_json"]) if best["response_json"] else "RIFF" + best["response_raw"]


def test_the_examples_run(recorded_pbx, tmp_path, monkeypatch, capsys):
    url, asked = recorded_pbx
    monkeypatch.chdir(tmp_path)
    assert len(BLOCKS) == 7
    code = "\n".join(BLOCKS).replace("https://pbx.example", url)
    names: dict[str, object] = {}
    exec(compile(code, DOCUMENT.name, "exec"), names)  # noqa: S102 - the examples of our own document
    names["client"].close()
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "4 1 0"
    assert "choose another pause: Tato pauza nebyla nalezena" in printed
    assert "1408101684.96894WS 4 12" in printed
    assert (tmp_path / "call.wav").read_text().startswith("RIFF")
    assert {"Monitoring", "Hangup", "CopyRecords", "AboutCall", "GetRecording"} <= set(asked)


def test_the_document_names_every_group_and_refusal():
    from dashboard.pbx import PbxClient, errors

    with PbxClient(base_url="https://pbx.example", token="0" * 40) as client:
        groups = [name for name in vars(client) if not name.startswith("_")]
    text = DOCUMENT.read_text()
    assert len(groups) == 13
    for name in [*groups, *(kind.__name__ for kind in errors.REFUSALS.values())]:
        assert f"`{name}`" in text
