"""Joins an engine with the API that is served over it: account, clock, faults and counters."""

import threading
from collections import Counter

from dashboard.gateway.api_engine import ApiEngine
from dashboard.gateway.engine import Floor
from dashboard.gateway.faults import EVERY, Fault, FaultBoard, FaultKind
from dashboard.gateway.surface.accounts import Accounts, Caller
from dashboard.gateway.surface.actions import ActionTable, parameters_check
from dashboard.gateway.surface.asking import Ask, Result
from dashboard.gateway.surface.parameters import Parameters
from dashboard.gateway.surface.queue_cards import QueueCards
from dashboard.gateway.surface.settings import ApiSettings, TokenPlace
from dashboard.gateway.surface.times import PbxTime
from dashboard.gateway.surface.variant import Variant

WRONG_TOKEN = "Uživatel neexistuje"  # noqa: S105 - the text of an error


class Exchange:
    """One PBX as its API sees it. `requests` counts the requests per action."""

    def __init__(self, *, engine: ApiEngine, settings: ApiSettings, faults: FaultBoard) -> None:
        self.engine, self.settings, self.faults = engine, settings, faults
        self.requests: Counter[str] = Counter()
        self._table = ActionTable()
        self._time = PbxTime(settings.timezone)
        self._cards = QueueCards()
        self._frozen: dict[int, Floor] = {}
        self._lock = threading.RLock()
        self._accounts = Accounts(settings)
        faults.subscribe(self._fault_changed)

    def caller(self, *, cookie: str | None, query: str | None) -> Caller | None:
        """Who asks, by the token the request carries where it is accepted; None if it is nobody's."""
        place = self.settings.token_in
        offered = [
            self._accounts.caller(token)
            for token, allowed in ((cookie, TokenPlace.COOKIE), (query, TokenPlace.QUERY))
            if token is not None and place in {TokenPlace.BOTH, allowed}
        ]
        return next((caller for caller in offered if caller is not None), None)

    def variant(self, *, action: str, version: str) -> Variant:
        """The action in the version that answers this request."""
        return self._table.find(action=action, version=version)

    def answer(
        self, variant: Variant, *, parameters: Parameters, record_id: str | None, caller: Caller
    ) -> Result:
        """The result of the action now, or as it was when the data froze."""
        with self._lock:
            self.clock_settle()
            ask = Ask(
                engine=self.engine,
                commands=self.engine.commands,
                accounts=self._accounts,
                caller_id=caller.user_id,
                floor=self._floor(variant.action),
                directory=self.engine.directory(),
                history=self.engine.history(),
                parameters=parameters,
                record_id=record_id if record_id is not None else parameters.get("id"),
                time=self._time,
                cards=self._cards,
                settings=self.settings,
            )
            parameters_check(variant, ask)
            return variant.answer(ask)

    def empty(self) -> Result:
        """An empty map as a result."""
        return {} if self.settings.empty_map_is_object else []

    def clock_settle(self) -> None:
        """Let the PBX's clock follow the faults that concern it."""
        with self._lock:
            jump = self.faults.everywhere(FaultKind.CLOCK)
            shift = self.faults.everywhere(FaultKind.UTC_OFFSET)
            offset_s = round(jump.seconds) if jump else 0
            self._time.clock_set(offset_s=offset_s, from_at=self.engine.floor().at)
            self._time.utc_shift_set(round(shift.seconds) if shift else 0)

    def _floor(self, action: str) -> Floor:
        mark = self.faults.mark(action, FaultKind.FROZEN)
        if mark is None:
            return self.engine.floor()
        return self._frozen.setdefault(mark, self.engine.floor())

    def _fault_changed(self, action: str, fault: Fault | None) -> None:
        """Freeze at the moment the fault is set, not at the next request; restart at once."""
        with self._lock:
            self.clock_settle()
            if fault is None:
                return
            mark = self.faults.mark(action, fault.kind)
            if fault.kind is FaultKind.FROZEN and mark is not None:
                self._frozen = {mark: self.engine.floor(), **dict(list(self._frozen.items())[:20])}
        if fault.kind is FaultKind.RESTART:
            self.engine.restart()
            if fault.seconds:
                self.faults.set(EVERY, Fault(kind=FaultKind.REFUSED, duration_s=fault.seconds))
