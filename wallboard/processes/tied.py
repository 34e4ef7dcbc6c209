"""Runs a program of the supervisor that ends when the supervisor ends, however that comes about.

Usage: tied.py PROGRAM [ARGUMENT …]

Linux sends the signal named here to a process whose parent has gone, even if the parent was killed outright; the setting
survives the change to another program. Other systems have no such thing: there the program just runs.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def tie_to_parent(parent: int | None = None) -> None:
    """Ask for SIGTERM when the parent dies; end at once if it has died already, which is sure where its pid is given."""
    if not sys.platform.startswith("linux"):
        return
    parent = parent or os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(1)


if __name__ == "__main__":
    # The supervisor leads the session. If it died while this program was starting, the parent is another by now.
    tie_to_parent(os.getsid(0))
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606
