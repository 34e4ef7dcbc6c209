"""Which queues figures over several queues are about: one rule for pages, exports, e-mails, the API and boards.

`static/js/figures.js` follows the same rule in the browser.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from dashboard.models import Queue

EMAIL: Final = "email"


def counted_queues(queues: Iterable[Queue], *, is_chosen: bool) -> list[Queue]:
    """Queues of calls, that is of voice and chat. An e-mail queue is counted only where it was asked for by name."""
    return [queue for queue in queues if is_chosen or queue.type != EMAIL]


def call_queues(queues: Iterable[Queue], *, is_chosen: bool) -> list[Queue]:
    """Of these the queues that callers wait in. One that was asked for is shown whatever it is."""
    counted = counted_queues(queues, is_chosen=is_chosen)
    return [queue for queue in counted if is_chosen or queue.direction != "out"]
