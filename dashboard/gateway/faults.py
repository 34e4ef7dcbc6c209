"""The ways a PBX misbehaves, switched on and off per action while it runs."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

EVERY = "*"


class FaultKind(StrEnum):
    """What goes wrong. Those in `WHOLE_PBX` cannot be limited to one action."""

    DELAY = "delay"
    HTTP_ERROR = "http_error"
    REFUSED = "refused"
    HALF = "half"
    GARBAGE = "garbage"
    WRONG_TOKEN = "wrong_token"  # noqa: S105 - the name of a fault
    EMPTY = "empty"
    FROZEN = "frozen"
    DRIP = "drip"
    CLOCK = "clock"
    UTC_OFFSET = "utc_offset"
    RESTART = "restart"


WHOLE_PBX = frozenset({FaultKind.CLOCK, FaultKind.UTC_OFFSET, FaultKind.RESTART})
BEFORE_ACTING = frozenset({FaultKind.DELAY, FaultKind.HTTP_ERROR, FaultKind.REFUSED, FaultKind.GARBAGE})


class GarbageShape(StrEnum):
    """What a garbage answer looks like: no JSON at all, or JSON of a shape nobody expects."""

    TEXT = "text"
    LIST = "list"
    RESULT = "result"
    ROWS = "rows"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One misbehaviour.

    `seconds` is how long an answer is delayed or drips, how far the clock jumps, by how much the offset from
    UTC changes, or how long a restart takes. With `has_acted` the PBX does what it is asked before it fails; without
    it nothing is done, or in case of a delay only afterwards, even if nobody waits any more. The fault ends after
    `duration_s` or after that many `requests`, whichever is first; without either it lasts until it is cleared.
    """

    kind: FaultKind
    seconds: float = 0.0
    status: int = 500
    shape: GarbageShape = GarbageShape.TEXT
    has_acted: bool = False
    duration_s: float | None = None
    requests: int | None = None


@dataclass(slots=True)
class _Active:
    fault: Fault
    ends_s: float | None
    requests_left: int | None
    mark: int


class FaultBoard:
    """The faults in force, by action; `*` is every action. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._active: dict[tuple[str, FaultKind], _Active] = {}
        self._listeners: list[Callable[[str, Fault | None], None]] = []
        self._marks = 0

    def subscribe(self, listener: Callable[[str, Fault | None], None]) -> None:
        """Call this with (action, fault) after each `set`, and with (action, None) after each `clear`."""
        self._listeners.append(listener)

    def set(self, action: str, *faults: Fault) -> None:
        """Put these faults in force; each replaces one of its kind for the same action."""
        for fault in faults:
            _check(action, fault)
            ends_s = None if fault.duration_s is None else time.monotonic() + fault.duration_s
            with self._lock:
                self._marks += 1
                entry = _Active(fault, ends_s, fault.requests, self._marks)
                if fault.kind is not FaultKind.RESTART:
                    self._active[action, fault.kind] = entry
            self._tell(action, fault)

    def clear(self, action: str | None = None) -> None:
        """End the faults of this action (`*`: those set for every action), or all without one."""
        with self._lock:
            for key in [key for key in self._active if action in {None, key[0]}]:
                del self._active[key]
        self._tell(action or EVERY, None)

    def take(self, action: str) -> dict[FaultKind, Fault]:
        """The faults for one request of this action, which counts as one of their requests."""
        with self._lock:
            self._expire()
            found: dict[FaultKind, Fault] = {}
            for (where, kind), entry in self._active.items():
                if where == action or (where == EVERY and (action, kind) not in self._active):
                    found[kind] = entry.fault
                    if entry.requests_left is not None:
                        entry.requests_left -= 1
            self._expire()
            return found

    def everywhere(self, kind: FaultKind) -> Fault | None:
        """The fault of this kind that concerns every action, if it is in force; counts no request."""
        with self._lock:
            self._expire()
            entry = self._active.get((EVERY, kind))
            return entry.fault if entry else None

    def mark(self, action: str, kind: FaultKind) -> int | None:
        """A number that tells this setting of the fault from any other; None if it is not in force."""
        with self._lock:
            entry = self._active.get((action, kind)) or self._active.get((EVERY, kind))
            return entry.mark if entry else None

    def active(self) -> list[tuple[str, Fault]]:
        """All faults in force, with what is left of their time and requests."""
        with self._lock:
            self._expire()
            now_s = time.monotonic()
            return [
                (
                    where,
                    replace(
                        entry.fault,
                        duration_s=None if entry.ends_s is None else round(entry.ends_s - now_s, 3),
                        requests=entry.requests_left,
                    ),
                )
                for (where, _), entry in self._active.items()
            ]

    def _expire(self) -> None:
        now_s = time.monotonic()
        for key, entry in list(self._active.items()):
            is_over = entry.ends_s is not None and entry.ends_s <= now_s
            if is_over or (entry.requests_left is not None and entry.requests_left <= 0):
                del self._active[key]

    def _tell(self, action: str, fault: Fault | None) -> None:
        for listener in self._listeners:
            listener(action, fault)


def _check(action: str, fault: Fault) -> None:
    if fault.kind in WHOLE_PBX and action != EVERY:
        raise ValueError(f"The fault {fault.kind} concerns the whole PBX: set it for {EVERY}.")
    is_deaf = fault.kind is FaultKind.REFUSED and action == EVERY
    if fault.has_acted and (is_deaf or fault.kind not in BEFORE_ACTING):
        where = f" for {EVERY}" if is_deaf else ""
        raise ValueError(f"The fault {fault.kind}{where} cannot come after the PBX has acted.")


def fault_from_text(text: str) -> tuple[str, Fault]:
    """Read `ACTION=KIND[:name=value,...]`, e.g. `RTStatsCalls=delay:seconds=2,requests=5`."""
    action, separator, rest = text.partition("=")
    kind, _, options = rest.partition(":")
    if not separator or not action:
        raise ValueError(f"'{text}' is not ACTION=KIND[:name=value,...].")
    known = [member.value for member in FaultKind]
    if kind not in known:
        raise ValueError(f"'{kind}' is no fault; there are: {', '.join(known)}.")
    values = dict(_option(option) for option in options.split(",") if option)
    return action, Fault(
        kind=FaultKind(kind),
        seconds=float(values.pop("seconds", "0")),
        status=int(values.pop("status", "500")),
        shape=GarbageShape(values.pop("shape", "text")),
        has_acted=_is_yes(values.pop("acted", "no")),
        duration_s=float(values.pop("duration_s")) if "duration_s" in values else None,
        requests=int(values.pop("requests")) if "requests" in values else None,
    )


def _is_yes(text: str) -> bool:
    if text not in {"yes", "no"}:
        raise ValueError(f"'{text}' is neither yes nor no.")
    return text == "yes"


def _option(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not separator or name not in {"seconds", "status", "shape", "acted", "duration_s", "requests"}:
        raise ValueError(f"'{text}' is no option of a fault.")
    return name, value
