"""`make run` against a PBX: what it makes at the first start, leaves alone at the next, and keeps to itself."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.gateway.server import PbxServer, running_pbx
from tests.processes.launching import Launched, launched
from tests.stack import wait_until

pytestmark = pytest.mark.faults

ADMIN_PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="module")
def pbx() -> Iterator[PbxServer]:
    with running_pbx() as running:
        yield running


def settings(pbx: PbxServer) -> dict[str, str]:
    return {
        "PBX_URL": pbx.url,
        "PBX_LOGIN": pbx.login,
        "PBX_PASSWORD": pbx.password,
        "DJANGO_SUPERUSER_USERNAME": "boss",
        "DJANGO_SUPERUSER_PASSWORD": ADMIN_PASSWORD,
        "DJANGO_SUPERUSER_EMAIL": "boss@example.com",
    }


@pytest.fixture(scope="module")
def site(pbx: PbxServer) -> Iterator[Launched]:
    with launched("run", settings(pbx), by_make=True) as process:
        process.wait_ready()
        yield process


def rows(database: Path, statement: str) -> list[tuple[Any, ...]]:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return connection.execute(statement).fetchall()


def database(site: Launched) -> Path:
    return site.folder / "data" / "wallboard.sqlite3"


def test_first_start_makes_the_administrator_and_the_overview_board(site: Launched) -> None:
    users = rows(database(site), "SELECT username, is_superuser, email FROM auth_user")
    assert users == [("boss", 1, "boss@example.com")]
    assert ("overview",) in rows(database(site), "SELECT slug FROM dashboard_board")


def test_run_polls_the_pbx_it_was_given(site: Launched, pbx: PbxServer) -> None:
    wait_until(lambda: pbx.requests["RTStatsCalls"] > 0, within_s=30, what="A poll")


def test_no_password_is_kept_in_a_file(site: Launched, pbx: PbxServer) -> None:
    token = rows(database(site), "SELECT token FROM dashboard_pbx")[0][0]
    words = [ADMIN_PASSWORD.encode(), f"{pbx.login}{pbx.password}".encode()]
    assert pbx.password not in token
    assert len(token) > 60, "encrypted, not the 40 digits of a bare token"
    for path in (site.folder / "data").rglob("*"):
        if path.is_file() and "static" not in path.parts:
            assert not any(word in path.read_bytes() for word in words), path


def test_no_password_is_left_in_any_process(site: Launched, pbx: PbxServer) -> None:
    for pid, line in site.family().items():
        if line.startswith("make"):
            continue  # what a user writes there is there
        environment = Path(f"/proc/{pid}/environ").read_text(errors="replace").split("\0")
        names = {entry.partition("=")[0] for entry in environment}
        assert not names & {"PBX_PASSWORD", "DJANGO_SUPERUSER_PASSWORD", "MAKEFLAGS"}, line
        assert ADMIN_PASSWORD not in "\0".join(environment), line
        assert ADMIN_PASSWORD not in line


def test_next_start_changes_no_password_and_no_board(site: Launched, pbx: PbxServer, tmp_path: Path) -> None:
    """A copy of the data is started with another password; the administrator keeps the first one."""
    site.process.terminate()
    site.process.wait(40)
    site.wait_gone()
    shutil.copytree(site.folder / "data", tmp_path / "data")
    kept = rows(database(site), "SELECT username, password FROM auth_user")
    copy = tmp_path / "data" / "wallboard.sqlite3"
    with contextlib.closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE dashboard_board SET title = 'Ours' WHERE slug = 'overview'")
    another = settings(pbx) | {"DJANGO_SUPERUSER_PASSWORD": "another long password"}
    with launched("run", another | {"WALLBOARD_DATA": str(tmp_path / "data")}) as process:
        process.wait_ready()
    assert rows(copy, "SELECT username, password FROM auth_user") == kept
    assert ("Ours",) in rows(copy, "SELECT title FROM dashboard_board WHERE slug = 'overview'")
