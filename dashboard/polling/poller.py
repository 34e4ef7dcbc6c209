"""One poll: fetch what is due, translate, compare, commit. Whoever holds the lease runs it."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import msgspec

from dashboard.domain.diff import state_diff
from dashboard.domain.figures import with_figures
from dashboard.domain.moments import LocalTimes
from dashboard.domain.rows import LiveState, empty_state
from dashboard.hub.publish import Commit, Committed, Publisher
from dashboard.hub.store import Standing, Store
from dashboard.polling.checking import checked
from dashboard.polling.endpoints import ENDPOINTS, USERS_STATE, USERS_STATE_AT_MOST_MS
from dashboard.polling.fetch import Asker, Outcome, fetch
from dashboard.polling.memory import Memory, memory_decode
from dashboard.polling.providers import NO_PROVIDERS, Providers
from dashboard.polling.receiving import answers_received, received, value_of
from dashboard.translate import (
    Answers,
    Directory,
    directory_updated,
    has_unknowns,
    live_state,
    nameless_calls,
)

log = logging.getLogger(__name__)

_directory_decoder: Final = msgspec.json.Decoder(Directory)


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """Where the store is, and what is in it, as this process knows it."""

    standing: Standing
    state: LiveState
    memory: Memory
    directory: Directory


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What a PBX's settings mean for its poller; `pbx` tells this PBX from another at another address."""

    stream: str
    timezone: str
    deadline_s: float
    intervals: dict[str, int]
    build: str
    pbx: str


class Poller:
    """Polls one PBX. Keeps what it last wrote, so that the store is read again only after somebody else wrote."""

    def __init__(
        self,
        settings: Settings,
        *,
        client: Asker,
        store: Store,
        pool: ThreadPoolExecutor,
        clock: Callable[[], int],
    ) -> None:
        self.settings = settings
        self.store = store
        self.publisher = Publisher(store)
        self.client = client
        self._pool = pool
        self._clock = clock
        self._times = LocalTimes(settings.timezone)
        self._known: Known | None = None
        self._unknown_states: set[str] = set()

    def poll(
        self,
        standing: Standing,
        *,
        token: str,
        is_nudged: bool = False,
        providers: Providers = NO_PROVIDERS,
    ) -> Standing | None:
        """Poll once on top of `standing`; where the store stands afterwards, or None if nothing could be written.

        A nudged poll asks the fastest endpoints even if they are not due. Its `follow_up` is called once it is written.
        Raises `LeaseLost` and `redis.RedisError`.
        """
        stored, epoch = self._base(standing)
        known = self._of_this_pbx(stored)
        outcomes = self._fetch(known, token=token, is_nudged=is_nudged)
        memory, answers = answers_received(
            known.memory, outcomes, times=self._times, intervals=self.settings.intervals
        )
        directory = directory_updated(
            known.directory,
            queues=value_of(outcomes, "GetQueues"),
            users=value_of(outcomes, "GetUsers"),
            pauses=value_of(outcomes, "GetPauses"),
        )
        nameless = nameless_calls(known.state, answers)
        state = live_state(
            known.state,
            answers,
            directory=directory,
            times=self._times,
            rules_of=providers.rules_of,
            is_open=providers.is_open,
            caller_names=providers.caller_names(nameless) if nameless else {},
        )
        state = with_figures(state, providers.figures_at(self._clock() + memory.skew_ms))
        self._unknown_states_log(state)
        memory = self._outage_logged(memory)
        memory = checked(memory, state, outcomes, stream=self.settings.stream, at=self._clock())
        after = Known(standing=standing, state=state, memory=memory, directory=directory)
        committed = self._commit(stored, after, epoch=epoch, token=token)
        if committed is not None:
            providers.follow_up(known.state, after.state, self._clock() + memory.skew_ms)
        return committed

    def _base(self, standing: Standing) -> tuple[Known, str]:
        """What to build on, and the epoch to write: the store's, or a new one if the store cannot be gone on with."""
        known = self._known
        if known is not None and known.standing == standing:
            return known, standing.epoch
        if known is not None and _is_behind(standing, known.standing):
            log.warning(
                "%s: the store stands behind what was last written; a new epoch begins", self.settings.stream
            )
            return known, self._epoch_new()
        loaded = self.store.load() if standing.epoch else None
        if loaded is None or loaded.state is None:
            kept = known or Known(
                standing=standing, state=empty_state(), memory=Memory(), directory=Directory()
            )
            return kept, self._epoch_new()
        directory = _directory_decoder.decode(loaded.directory) if loaded.directory else Directory()
        memory = memory_decode(loaded.memory)
        return Known(
            standing=standing, state=loaded.state, memory=memory, directory=directory
        ), standing.epoch

    def _of_this_pbx(self, known: Known) -> Known:
        """What is known, or nothing if it is about a PBX that stood at another address."""
        memory, pbx = known.memory, self.settings.pbx
        if memory.pbx in {"", pbx}:
            return msgspec.structs.replace(known, memory=msgspec.structs.replace(memory, pbx=pbx))
        log.info(
            "%s: the PBX has another address; what is known of the one before is forgotten",
            self.settings.stream,
        )
        return Known(
            standing=known.standing,
            state=empty_state(),
            memory=Memory(pbx=pbx, is_outage_logged=memory.is_outage_logged),
            directory=Directory(),
        )

    def _epoch_new(self) -> str:
        """Later epochs sort after earlier ones."""
        return f"{self._clock():012x}{secrets.token_hex(4)}"

    def _fetch(self, known: Known, *, token: str, is_nudged: bool) -> dict[str, Outcome]:
        due = known.memory.due(list(ENDPOINTS), at=self._clock())
        if is_nudged:
            due = [name for name in ENDPOINTS if name in due or self._is_worth_asking(known.memory, name)]
        outcomes = self._ask(due, token=token)
        asked_at = known.memory.endpoint(USERS_STATE).asked_at
        is_allowed = USERS_STATE not in outcomes and self._clock() - asked_at >= USERS_STATE_AT_MOST_MS
        answers = Answers(
            calls=received(outcomes, "RTStatsCalls"), sessions=received(outcomes, "RTStatsSessions")
        )
        if is_allowed and has_unknowns(answers, before=known.state, directory=known.directory):
            outcomes |= self._ask([USERS_STATE], token=token)
        return outcomes

    def _is_worth_asking(self, memory: Memory, name: str) -> bool:
        """Whether a nudge brings the endpoint forward: if it is among the fastest and not failing."""
        intervals = self.settings.intervals
        return intervals[name] == min(intervals.values()) and memory.endpoint(name).error is None

    def _ask(self, names: list[str], *, token: str) -> dict[str, Outcome]:
        return fetch(
            names,
            client=self.client,
            pool=self._pool,
            deadline_s=self.settings.deadline_s,
            clock=self._clock,
            still_fetching=lambda: self._still_fetching(token),
        )

    def _still_fetching(self, token: str) -> bool:
        """Keep the lease, and boards in the knowledge that somebody asks, however long the PBX takes."""
        is_ours = self.store.lease_renew(token)
        if is_ours:
            self.publisher.tick(at=self._clock(), build=self.settings.build)
        return is_ours

    def _outage_logged(self, memory: Memory) -> Memory:
        """One line when an outage begins and one when it is over, whatever number of endpoints it takes."""
        failing = {name: row.error for name, row in memory.endpoints.items() if row.error is not None}
        if failing and not memory.is_outage_logged:
            name, error = next(iter(failing.items()))
            log.error("%s: an outage begins. %s: %s", self.settings.stream, name, error.text)
        elif memory.is_outage_logged and not failing:
            log.info("%s: the PBX answers again", self.settings.stream)
        return msgspec.structs.replace(memory, is_outage_logged=bool(failing))

    def _unknown_states_log(self, state: LiveState) -> None:
        """One warning for each state that this version does not know."""
        unknown = {row.state_raw for row in state.agents.values() if row.state == "unknown"}
        unknown |= {row.state_raw for row in state.calls.values() if row.state == "unknown"}
        for text in sorted(unknown - self._unknown_states):
            log.warning("%s: the PBX names a state that is not known: %r", self.settings.stream, text)
        self._unknown_states |= unknown

    def _commit(self, before: Known, after: Known, *, epoch: str, token: str) -> Standing | None:
        at = self._clock()
        is_new = epoch != after.standing.epoch
        commit = Commit(
            base=after.standing,
            epoch=epoch,
            state=after.state,
            delta=state_diff(before.state, after.state),
            at=at,
            source=msgspec.json.encode(after.memory.source(self.settings.intervals, at=at)),
            memory=msgspec.json.encode(after.memory),
            directory=msgspec.json.encode(after.directory)
            if is_new or after.directory != before.directory
            else None,
            build=self.settings.build,
        )
        if self.publisher.commit(commit, token=token) is not Committed.DONE:
            return None
        standing = Standing(epoch=epoch, seq=commit.seq, turn=after.standing.turn + 1)
        self._known = msgspec.structs.replace(after, standing=standing)
        return standing


def _is_behind(standing: Standing, written: Standing) -> bool:
    """Whether the store is older than what this process last wrote: emptied, or restored from an old dump."""
    return (standing.epoch, standing.seq) < (written.epoch, written.seq)
