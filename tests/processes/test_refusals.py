"""What is wrong with a setting is said in one sentence that names it, and nothing is left running."""

from __future__ import annotations

import socket

import pytest

from tests.processes.launching import Launched, launched

PBX = {"PBX_URL": "http://127.0.0.1:9", "PBX_LOGIN": "api", "PBX_PASSWORD": "secret words"}
BOSS = {"DJANGO_SUPERUSER_USERNAME": "boss", "DJANGO_SUPERUSER_PASSWORD": "correct horse"}


def refused(process: Launched) -> str:
    """What the user was told, having checked that it is one sentence and that nothing runs."""
    assert process.process.wait(60) == 1, process.text()
    text = process.text().strip()
    assert "Traceback" not in text
    assert len(text.splitlines()) == 1, text
    assert text.endswith(".")
    assert PBX["PBX_PASSWORD"] not in text
    process.wait_gone()
    return text


@pytest.mark.parametrize("kind", ["demo", "run"])
def test_port_in_use_is_named(kind: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with launched(kind, PBX | {"PORT": port}) as process:
            text = refused(process)
    assert port in text
    assert "use" in text


@pytest.mark.parametrize("bind", ["0.0.0.0", "::", "192.0.2.1"])  # noqa: S104
def test_demo_listens_on_this_machine_only(bind: str) -> None:
    with launched("demo", {"BIND": bind}) as process:
        text = refused(process)
    assert "BIND" in text
    assert bind in text


@pytest.mark.parametrize("bind", ["no such address", "192.0.2.1"])
def test_address_that_is_not_of_this_machine_is_refused(bind: str) -> None:
    with launched("run", PBX | {"BIND": bind}) as process:
        assert bind in refused(process)


WRONG = [
    ("PORT", {"PORT": "eighty"}),
    ("PORT", {"PORT": "0"}),
    ("PORT", {"PORT": "70000"}),
    ("PBX_URL", {"PBX_URL": ""}),
    ("PBX_URL", {"PBX_URL": "pbx.example.com"}),
    ("PBX_URL", {"PBX_URL": "ftp://pbx.example.com"}),
    ("PBX_URL", {"PBX_URL": "http://pbx.example.com:port"}),
    ("PBX_LOGIN", {"PBX_LOGIN": ""}),
    ("PBX_PASSWORD", {"PBX_PASSWORD": ""}),
    ("PBX_TIMEZONE", {"PBX_TIMEZONE": "Mars/Olympus"}),
    ("PBX_TIMEZONE", {"PBX_TIMEZONE": "../../etc/passwd"}),
    ("PBX_TOKEN_IN", {"PBX_TOKEN_IN": "header"}),
    ("PBX_CA_FILE", {"PBX_CA_FILE": "/nowhere/ca.pem"}),
    ("PUBLIC_URL", {"PUBLIC_URL": "wallboard.example.com"}),
    ("REDIS_URL", {"REDIS_URL": "http://127.0.0.1"}),
    ("REDIS_URL", {"REDIS_URL": "127.0.0.1:6379"}),
    ("REDIS_URL", BOSS | {"REDIS_URL": "redis://:hush@127.0.0.1:1"}),
    ("DATABASE_URL", {"DATABASE_URL": "somewhere"}),
    ("DATABASE_URL", {"DATABASE_URL": "postgres://me:hush@127.0.0.1:1/wallboard"}),
    ("SECRET_KEY", {"SECRET_KEY": "short"}),
    ("DEBUG", {"DEBUG": "perhaps"}),
    ("WALLBOARD_DATA", {"WALLBOARD_DATA": "/dev/null/data"}),
    ("DJANGO_SUPERUSER_PASSWORD", {"DJANGO_SUPERUSER_USERNAME": "admin"}),
]


@pytest.mark.parametrize(
    ("name", "settings"), WRONG, ids=[f"{name}={settings.get(name)}" for name, settings in WRONG]
)
def test_wrong_setting_is_named_in_one_sentence(name: str, settings: dict[str, str]) -> None:
    with launched("run", PBX | settings) as process:
        text = refused(process)
    assert name in text
    assert "hush" not in text
