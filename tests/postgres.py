"""Runs the tests marked `django_db` once more on a PostgreSQL server of their own. Usage: python -m tests.postgres"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def _programs() -> Path:
    """The newest installed PostgreSQL."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        sys.exit("wallboard: PostgreSQL is not installed; on Debian or Ubuntu: apt-get install postgresql")
    return found[-1].parent


@contextmanager
def postgres() -> Iterator[str]:
    """A server on a private socket, as long as the block runs; its DATABASE_URL."""
    programs, folder = _programs(), Path(tempfile.mkdtemp(prefix="wallboard-pg-"))
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    # PostgreSQL refuses to run as root.
    become = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups"] if os.geteuid() == 0 else []
    if become:
        shutil.chown(folder, user, user)
    data, control = (
        folder / "data",
        [*become, str(programs / "pg_ctl"), "-D", str(folder / "data"), "-s", "-w"],
    )
    try:
        initdb = [
            str(programs / "initdb"),
            "-D",
            str(data),
            "-A",
            "trust",
            "-U",
            "wallboard",
            "--no-sync",
            "-E",
            "UTF8",
        ]
        subprocess.run([*become, *initdb], check=True, stdout=subprocess.DEVNULL, cwd=folder)
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
        subprocess.run([*control, "-l", str(folder / "log"), "-o", options, "start"], check=True, cwd=folder)
        yield f"postgres://wallboard@{str(folder).replace('/', '%2F')}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, cwd=folder)
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    with postgres() as url:
        environment = os.environ | {"DATABASE_URL": url}
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-m",
            "django_db and not browser and not faults",
            *sys.argv[1:],
        ]
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
