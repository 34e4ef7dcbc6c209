"""Answers of a PBX of 1,000 agents, as bytes, whose times go on and of whose rows a share changes with every tick."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

import httpx
import msgspec

from dashboard.gateway.engine import QueueType
from dashboard.gateway.server import PbxServer, running_pbx
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.pbx.client import access_token
from tests.benchmarks.report import NotMeasured

AGENTS: Final = 1_000
QUEUES: Final = 200
QUEUES_PER_AGENT: Final = 10
CALLS: Final = 500
CHANGED: Final = 0.05
START_AT: Final = 1_795_415_880_000
VERSIONS: Final = {"RTUsersState": "4.1", "DeviceStates": "3.0"}
LIVE: Final = (
    "RTStatsQueues",
    "RTStatsSessions",
    "RTStatsCalls",
    "RTStatsPauses",
    "RTStatsQueuesSummary",
    "RTUsersState",
    "DeviceStates",
)
DIRECTORY: Final = ("GetQueues", "GetUsers", "GetPauses")
BREAK: Final = "6"

Row = dict[str, Any]


class Answers:
    """The results of all polled actions. `tick` makes them those of some seconds later, with a share of the rows changed."""

    def __init__(self, results: dict[str, Any], *, now: datetime) -> None:
        self._results = results
        self._now = now
        self._ticks = 0
        idle = [id_ for id_, row in results["RTStatsSessions"].items() if row["state"] == "Idle"]
        self._changing = idle[: int(AGENTS * CHANGED)]

    def bodies(self) -> dict[str, bytes]:
        """The answers as the PBX would send them now."""
        encode = msgspec.json.encode
        return {
            name: encode({"status": 1, "error": None, "result": result})
            for name, result in self._results.items()
        }

    def tick(self, *, step_s: int) -> None:
        """Let time pass. Every row changed in one tick changes back in the next, at another time."""
        self._now += timedelta(seconds=step_s)
        self._ticks += 1
        for name in ("RTStatsSessions", "RTStatsCalls"):
            for row in self._results[name].values():
                _age(row, step_s)
        is_odd = self._ticks % 2 == 1
        self._agents_change(is_paused=is_odd)
        self._calls_change(is_held=is_odd)
        for row in list(self._results["RTStatsQueues"].values())[: int(QUEUES * CHANGED)]:
            row["calls_count"] += 1 if is_odd else -1

    @property
    def _text(self) -> str:
        return f"{self._now:%Y-%m-%d %H:%M:%S}"

    def _agents_change(self, *, is_paused: bool) -> None:
        """Agents who were idle go on a pause, and come back."""
        sessions, users = self._results["RTStatsSessions"], self._results["RTUsersState"]
        state = "Paused" if is_paused else "Idle"
        pause = BREAK if is_paused else None
        for id_ in self._changing:
            row = sessions[id_]
            row |= {"state": state, "pause": pause}
            row |= {"state_time_absolute": self._text, "state_time_relative": "0"}
            since = {"state_time": self._text, "onpause": self._text if is_paused else None}
            users[id_] |= {"agent_state": state, "id_pause": pause, **since}

    def _calls_change(self, *, is_held: bool) -> None:
        """Half of the changing calls are put on hold and taken back; the other half end, and others come."""
        calls = self._results["RTStatsCalls"]
        share = int(CALLS * CHANGED)
        answered = [row for row in calls.values() if row["answer_time_absolute"]]
        for row in answered[: share // 2]:
            row["state"] = "On Hold" if is_held else "Speaking"
            row["hold_time_absolute"] = self._text if is_held else None
            row["hold_time_relative"] = "0" if is_held else None
        waiting = [row for row in calls.values() if row["state"] == "Waiting"]
        for number, row in enumerate(waiting[: share - share // 2]):
            del calls[row["id"]]
            fresh = row | {"id": f"{self._now.timestamp():.0f}.{90_000 + number}"}
            for moment in ("enter_time", "wait_time"):
                fresh |= {f"{moment}_absolute": self._text, f"{moment}_relative": "0"}
            calls[fresh["id"]] = fresh


def recorded_answers() -> Answers:
    """Ask a simulated PBX for everything that is polled."""
    settings = SimulationSettings(
        agents=AGENTS,
        queues=QUEUES,
        queues_per_agent=QUEUES_PER_AGENT,
        is_quiet=True,
        speed=0,
        start_at=START_AT,
    )
    with running_pbx(settings) as pbx:
        _agents_bring(pbx)
        _calls_bring(pbx)
        results = dict(_results(pbx))
    calls, agents = len(results["RTStatsCalls"]), len(results["RTStatsSessions"])
    if (calls, agents) != (CALLS, AGENTS):
        raise NotMeasured(f"The simulated PBX has {calls} calls and {agents} agents.")
    return Answers(results, now=_now_of(results))


def _agents_bring(pbx: PbxServer) -> None:
    """Everybody is logged in."""
    present = pbx.engine.floor().agents
    for id_, user in pbx.engine.directory().users.items():
        if user.skills and id_ not in present:
            pbx.engine.agent_log_in(user_id=id_)
    pbx.skip(60)


def _calls_bring(pbx: PbxServer) -> None:
    """Half of the calls are answered, half wait."""
    inbound = [id_ for id_, queue in pbx.engine.directory().queues.items() if queue.type is QueueType.INBOUND]
    for number in range(CALLS // 2):
        pbx.engine.call_inject(queue_id=inbound[number % len(inbound)])
        pbx.skip(0.02)
    pbx.skip(10)
    number = 0
    while len(pbx.engine.floor().calls) < CALLS:
        pbx.engine.call_inject(queue_id=inbound[number % len(inbound)], kept_waiting_s=3_600)
        number += 1


def _results(pbx: PbxServer) -> Iterator[tuple[str, Any]]:
    cookies = {"access_token": access_token(pbx.login, pbx.password)}
    with httpx.Client(base_url=pbx.url, cookies=cookies, timeout=30) as client:
        for name in (*LIVE, *DIRECTORY):
            path = f"/api/{VERSIONS.get(name, '3.5' if name.startswith('RT') else '3.3')}/{name}/json"
            answer = client.get(path).json()
            if not answer["status"]:
                raise NotMeasured(f"The simulated PBX refused {name}: {answer['error']}")
            yield name, answer["result"]


def _now_of(results: dict[str, Any]) -> datetime:
    """The PBX's local time, as its rows tell it."""
    row = next(iter(results["RTStatsSessions"].values()))
    since = datetime.fromisoformat(row["state_time_absolute"])
    return since + timedelta(seconds=int(row["state_time_relative"]))


def _age(row: Row, step_s: int) -> None:
    for name, value in row.items():
        # Waiting stands still once a call is answered; everything else runs on.
        if name.endswith("_relative") and value is not None:
            if name == "wait_time_relative" and row["answer_time_absolute"]:
                continue
            row[name] = str(int(value) + step_s)
