"""Settings read from the environment: each kind of value, and what is said of a wrong one."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.stack import SITE_ROOT
from tests.stack.surroundings import clean_environment
from wallboard import environment


@pytest.fixture
def value(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> str:
    """Puts the parameter into the environment as SETTING."""
    monkeypatch.setenv("SETTING", request.param)
    return str(request.param)


def test_empty_value_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SETTING", "  ")
    assert environment.text("SETTING", "default") == "default"
    assert environment.number("SETTING", 7, low=1, high=9) == 7
    assert environment.url("SETTING", schemes=("http",)) == ""
    assert environment.file("SETTING") == ""
    assert environment.names("SETTING") == []


@pytest.mark.parametrize("value", ["1", "true", "Yes", " ON "], indirect=True)
def test_flag_is_on(value: str) -> None:
    assert environment.flag("SETTING") is True


@pytest.mark.parametrize("value", ["0", "false", "No", "off", ""], indirect=True)
def test_flag_is_off_even_where_it_would_be_on_by_default(value: str) -> None:
    assert environment.flag("SETTING", default=True) is False


def test_flag_that_is_not_set_has_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SETTING", raising=False)
    assert environment.flag("SETTING", default=True) is True


@pytest.mark.parametrize("value", ["perhaps", "2", "ja"], indirect=True)
def test_flag_refuses_anything_else(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SETTING must be true or false"):
        environment.flag("SETTING")


@pytest.mark.parametrize("value", ["1", "65535"], indirect=True)
def test_number_within_its_limits(value: str) -> None:
    assert environment.number("SETTING", 5, low=1, high=65_535) == int(value)


@pytest.mark.parametrize("value", ["0", "65536", "-1", "1.5", "x", "1e3", "²"], indirect=True)
def test_number_outside_its_limits_is_refused(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SETTING must be a whole number from 1 to 65535"):
        environment.number("SETTING", 5, low=1, high=65_535)


@pytest.mark.parametrize("value", [" a.example , b.example,, "], indirect=True)
def test_names_are_separated_by_commas(value: str) -> None:
    assert environment.names("SETTING") == ["a.example", "b.example"]


@pytest.mark.parametrize("value", ["COOKIE"], indirect=True)
def test_choice_is_read_whatever_its_case(value: str) -> None:
    assert environment.choice("SETTING", "query", ("cookie", "query")) == "cookie"


@pytest.mark.parametrize("value", ["header"], indirect=True)
def test_choice_names_what_is_possible(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SETTING must be cookie or query, not 'header'"):
        environment.choice("SETTING", "query", ("cookie", "query"))


@pytest.mark.parametrize("value", ["https://pbx.example.com/", "http://[::1]:8000"], indirect=True)
def test_address_is_given_without_a_slash_at_its_end(value: str) -> None:
    assert environment.url("SETTING", schemes=("http", "https")) == value.rstrip("/")


@pytest.mark.parametrize("value", ["unix:///run/redis.sock"], indirect=True)
def test_address_of_a_unix_socket_has_a_path_instead_of_a_host(value: str) -> None:
    assert environment.url("SETTING", schemes=("redis", "unix")) == value


@pytest.mark.parametrize(
    "value",
    ["pbx.example.com", "ftp://pbx.example.com", "http://", "https:///api", "http://a:b", "http://[::1"],
    indirect=True,
)
def test_wrong_address_is_refused(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SETTING"):
        environment.url("SETTING", schemes=("http", "https"))


@pytest.mark.parametrize("value", ["Europe/Prague", "UTC"], indirect=True)
def test_time_zone_is_known(value: str) -> None:
    assert environment.timezone("SETTING", "UTC") == value


@pytest.mark.parametrize(
    "value", ["Mars/Olympus", "../../etc/passwd", "/etc/localtime", "Europe"], indirect=True
)
def test_unknown_time_zone_is_refused(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SETTING must be the name of a time zone"):
        environment.timezone("SETTING", "UTC")


def test_file_must_exist(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SETTING", str(tmp_path / "ca.pem"))
    with pytest.raises(ImproperlyConfigured, match="SETTING names a file that does not exist"):
        environment.file("SETTING")
    (tmp_path / "ca.pem").touch()
    assert environment.file("SETTING") == str(tmp_path / "ca.pem")


def test_secret_key_is_made_once_and_readable_by_its_owner_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SETTING", raising=False)
    made = environment.secret_key("SETTING", kept_in=tmp_path / "data")
    assert len(made) >= 32
    assert environment.secret_key("SETTING", kept_in=tmp_path / "data") == made
    assert stat.S_IMODE((tmp_path / "data" / "secret_key").stat().st_mode) == 0o600


def test_secret_key_that_can_be_kept_nowhere_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SETTING", raising=False)
    with pytest.raises(ImproperlyConfigured, match="SETTING is not set, and none can be kept"):
        environment.secret_key("SETTING", kept_in=Path("/dev/null/data"))


@pytest.mark.parametrize("value", ["too short"], indirect=True)
def test_short_secret_key_is_refused(value: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="SETTING must have at least 32 characters"):
        environment.secret_key("SETTING", kept_in=tmp_path)


@pytest.mark.parametrize(
    "value",
    ["https://api:s3cret@pbx.example", "https://pbx.example/?key=s3cret", "https://pbx.example/#s3cret"],
    indirect=True,
)
def test_address_that_is_shown_may_hold_no_secret_and_the_refusal_repeats_none(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SETTING may hold no login") as caught:
        environment.bare_url("SETTING", schemes=("http", "https"))
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("value", ["https://pbx.example/", ""], indirect=True)
def test_address_that_is_shown_is_read_like_any_other(value: str) -> None:
    assert environment.bare_url("SETTING", schemes=("http", "https")) == value.rstrip("/")


def hosts_allowed(folder: Path, **settings: str) -> list[str]:
    """As another process reads them from its environment."""
    told = subprocess.run(
        [sys.executable, "-c", "import json, wallboard.settings as s; print(json.dumps(s.ALLOWED_HOSTS))"],
        env=clean_environment(WALLBOARD_DATA=str(folder), **settings),
        cwd=SITE_ROOT,
        check=True,
        capture_output=True,
    )
    return list(json.loads(told.stdout))


def test_further_host_names_lock_out_neither_the_public_one_nor_this_machine(tmp_path: Path) -> None:
    local = ["localhost", "127.0.0.1", "[::1]"]
    public = "https://board.example.com"
    assert hosts_allowed(tmp_path) == local
    assert hosts_allowed(tmp_path, PUBLIC_URL=public) == ["board.example.com", *local]
    further = hosts_allowed(tmp_path, PUBLIC_URL=public, ALLOWED_HOSTS="wall.example.com, tv.example.com")
    assert further == ["board.example.com", "wall.example.com", "tv.example.com", *local]
