"""A whole wallboard of real processes for tests: supervisor, Redis-compatible server, Celery workers, beat, daphne, simulated PBX.

Everything runs in a temporary folder and on free ports, with the commands and the supervisor of `make demo`; only the
simulated PBX lives in the test's own process, so that its faults can be set from the test. The four demo logins exist
(admin, supervisor, manager, viewer; the password is the name), and the board `overview`.

    with running_stack() as stack:
        stack.url                                 # http://127.0.0.1:<port>, ready and polling
        stack.cookies("viewer")                   # {"sessionid": …} after a real login, for a browser or a socket
        stack.pbx.faults.set("*", Fault(kind=FaultKind.HTTP_ERROR))
        stack.pbx.engine.call_inject(queue_id=4)
        with stack.board(user="viewer") as board:  # a board in Python: says hello, applies deltas, acknowledges
            board.wait(lambda b: b.state.get("calls"), within_s=10)
        stack.kill("worker-live")                 # -9; the supervisor starts it again
        stack.sql("UPDATE dashboard_board SET numbers = 'hidden'")
        stack.control(do="recheck")               # through the channel layer
        stack.log_lines("dashboard")              # what the processes have written

Use one stack per module (a fixture with scope="module"): it starts in six to ten seconds. A stack must be started from a
thread that lives as long as the stack, since its processes end with the thread that started them.
"""

from tests.stack.board import BoardClient, Received, common_place
from tests.stack.proxy import SwallowingProxy
from tests.stack.running import SITE_ROOT, Stack, running_stack
from tests.stack.waiting import NotInTime, wait_until

__all__ = [
    "SITE_ROOT",
    "BoardClient",
    "NotInTime",
    "Received",
    "Stack",
    "SwallowingProxy",
    "common_place",
    "running_stack",
    "wait_until",
]
