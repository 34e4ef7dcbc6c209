"""Runs a program of the supervisor that ends when the supervisor ends, however that comes about.

Usage: tied.py [--after PORT] PROGRAM [ARGUMENT …]

With a port it waits until something listens there on 127.0.0.1; whatever ends the program ends the waiting, too.

Linux sends the signal named here to a process whose parent has gone, even if the parent was killed outright; the setting
survives the change to another program. Other systems have no such thing: there the program just runs.
"""

import ctypes
import os
import signal
import socket
import sys
import time

PR_SET_PDEATHSIG = 1
LOOK_EVERY_S = 0.1


def tie_to_parent(parent: int | None = None) -> None:
    """Ask for SIGTERM when the parent dies; end at once if it has died already, which is sure where its pid is given."""
    if not sys.platform.startswith("linux"):
        return
    parent = parent or os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(1)


def wait_for_port(port: int) -> None:
    """Returns once somebody listens."""
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(LOOK_EVERY_S)


if __name__ == "__main__":
    # The supervisor leads the session. If it died while this program was starting, the parent is another by now.
    tie_to_parent(os.getsid(0))
    command = sys.argv[1:]
    if command[0] == "--after":
        wait_for_port(int(command[1]))
        command = command[2:]
    os.execvp(command[0], command)  # noqa: S606
