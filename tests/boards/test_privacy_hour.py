"""A busy hour of a simulated call centre, and every frame that boards of any privacy are sent in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from dashboard.access import Scope
from dashboard.boards.selectors import board_views
from dashboard.domain.diff import PlainState
from dashboard.domain.privacy import View
from dashboard.domain.rows import KINDS
from dashboard.gateway.simulated.settings import SimulationSettings
from dashboard.hub.view_feed import Place, ViewFeed
from dashboard.models import Board, Pbx, Screen
from dashboard.screens.selectors import boards_of_screen
from tests.polling.conftest import START, Bench

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

HOUR_S = 3600
STEP_S = 6
PROTOCOL = Path(__file__).parents[2] / "docs" / "protocol.md"
SCOPE = ("1", "4")
DIGITS_OF_A_NUMBER = 7
SECRET = "known to nobody"
MESSAGE_FIELDS = {
    "snapshot": {"v", "t", "stream", "epoch", "seq", "at", "view", "source", "state"},
    "delta": {"v", "t", "stream", "epoch", "prev", "seq", "at", "set", "del"},
    "tick": {"v", "t", "stream", "epoch", "seq", "at", "build", "source"},
}


@pytest.fixture
def settings() -> SimulationSettings:
    return SimulationSettings(speed=0, start_at=START, warm_up_s=1800, agents=30, activity=1.5)


class Watcher:
    """What one view is sent, as a browser gets it."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.frames: list[dict[str, Any]] = []
        self._feed: ViewFeed | None = None

    def see(self, state: PlainState, *, seq: int) -> None:
        place = Place("e", seq)
        if self._feed is None:
            self._feed = ViewFeed(
                stream="main", view=self.view, state=state, place=place, at=seq, source=b'{"endpoints":{}}'
            )
            self.frames.append(json.loads(self._feed.snapshot_text()))
            return
        before = self._feed.place
        if self._feed.rebase(state, place=place, at=seq, now=float(seq)):
            self.frames.append(json.loads(self._feed.delta_text(before) or "null"))
        self._feed.tick(at=seq, build="test", source=b'{"endpoints":{}}')
        self.frames.append(json.loads(self._feed.life_text or "null"))

    def rows(self, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every row, whole or changed, of every frame."""
        for frame in self.frames:
            yield from (frame.get("state") or frame.get("set") or {}).get(kind, {}).items()

    @property
    def strings(self) -> set[str]:
        found: set[str] = set()
        for frame in self.frames:
            _collect(frame, found)
        return found


def _collect(value: Any, found: set[str]) -> None:
    if isinstance(value, str):
        found.add(value)
    elif isinstance(value, dict):
        found.update(value)
        for one in value.values():
            _collect(one, found)
    elif isinstance(value, list):
        for one in value:
            _collect(one, found)


def planted_name(caller: str) -> str:
    """As PBXs and contacts give them: the number itself, a name with the number, or a name."""
    names = {"0": caller, "1": f"Tajný {caller[:-6]} {caller[-6:-3]}-{caller[-3:]}", "2": f"Tajný {caller}"}
    return names.get(caller[-1:], "Tajný Volající")


def planted(state: PlainState) -> PlainState:
    """The state with what could leak: figures of people, callers' names and numbers in them, and a field nobody knows yet."""
    for kind in KINDS:
        for row in state[kind].values():
            row["secret"] = SECRET
    for row in state["agents"].values():
        row |= {"answered_today": 41, "talk_today_s": 4100}
    for row in state["calls"].values():
        row["caller_name"] = planted_name(row["caller"] or "")
    return state


class Hour:
    """What was true, and what each of the boards was told of it."""

    def __init__(self, bench: Bench, views: dict[str, View]) -> None:
        self.watchers = {name: Watcher(view) for name, view in views.items()}
        self.numbers: set[str] = set()
        self.caller_names: set[str] = set()
        self.agents: dict[str, dict[str, Any]] = {}
        self.queues: dict[str, dict[str, Any]] = {}
        self.calls = 0
        for number in range(HOUR_S // STEP_S):
            bench.poll(STEP_S)
            state = planted(bench.state())
            self._learn(state)
            for watcher in self.watchers.values():
                watcher.see(state, seq=number + 1)

    def _learn(self, state: PlainState) -> None:
        self.calls = max(self.calls, len(state["calls"]))
        self.numbers |= {
            row["caller"] for row in state["calls"].values() if len(row["caller"] or "") >= DIGITS_OF_A_NUMBER
        }
        self.caller_names |= {row["caller_name"] for row in state["calls"].values() if row["caller_name"]}
        self.agents |= state["agents"]
        self.queues |= state["queues"]

    def names(self) -> set[str]:
        """Everything by which an agent could be known."""
        known = ("name", "login", "extension")
        return {str(row[field]) for row in self.agents.values() for field in known if row[field]}


@pytest.fixture
def hour(bench: Bench) -> Hour:
    """Boards as their owners set them: masked, without names, with callers' names, of two queues, of one team, on a screen."""
    Pbx.objects.create(slug="main", title="PBX", base_url="http://127.0.0.1:1", token="f" * 40)
    board = Board.objects.create
    usual = board(slug="usual", title="Usual")
    nameless = board(slug="nameless", title="Nameless", names="none", numbers="hidden", pause_titles=False)
    initials = board(slug="initials", title="Initials", names="initials")
    named = board(slug="named", title="Named", caller_names=True)
    narrow = board(slug="narrow", title="Narrow", queue_ids={"main": list(SCOPE)})
    screen = Screen.objects.create(name="Door", board=narrow, paired_at=timezone.now())
    team = Scope(queues={"main": SCOPE})
    views = {
        "usual": board_views(usual)["main"],
        "nameless": board_views(nameless)["main"],
        "initials": board_views(initials)["main"],
        "named": board_views(named)["main"],
        "narrow": board_views(narrow)["main"],
        "team": board_views(usual, scope=team)["main"],
        "screen": board_views(boards_of_screen(screen)[0])["main"],
    }
    return Hour(bench, views)


def fields_documented() -> dict[str, set[str]]:
    """The fields of each kind of row, as docs/protocol.md lists them."""
    rows = re.findall(
        r"^\| `(\w+)` \| (?:.*?)`([a-z_ ]+)` \|$", PROTOCOL.read_text(encoding="utf-8"), re.MULTILINE
    )
    return {kind: set(fields.split()) for kind, fields in rows if kind in KINDS}


def test_no_frame_of_a_busy_hour_holds_what_its_board_may_not_show(hour: Hour) -> None:
    assert len(hour.numbers) > 100
    assert hour.calls > 10
    assert hour.caller_names
    _no_full_number(hour)
    _no_hidden_name(hour)
    _nothing_out_of_scope(hour)
    _no_unknown_field(hour)
    _no_figures_of_people(hour)


def _no_full_number(hour: Hour) -> None:
    for name, watcher in hour.watchers.items():
        # Together again, however a name had set the number apart.
        told = "|".join(re.sub(r"[\s-]", "", text) for text in watcher.strings)
        leaked = [number for number in hour.numbers if number in told or number[-9:] in told]
        assert leaked == [], f"{name} was told a number"
    assert all(
        row["caller"] is None for _id, row in hour.watchers["nameless"].rows("calls") if "caller" in row
    )


def _no_hidden_name(hour: Hour) -> None:
    told = hour.watchers["nameless"].strings
    assert not told & hour.names()
    assert not hour.watchers["nameless"].strings & {
        row["title"] for _id, row in hour.watchers["usual"].rows("pauses")
    }
    surnames = {str(row["name"]).split()[-1] for row in hour.agents.values() if row["name"]}
    initials = " ".join(
        row["name"] for _id, row in hour.watchers["initials"].rows("agents") if row.get("name")
    )
    assert initials
    assert not set(re.findall(r"\w{2,}", initials)) & surnames
    for name, watcher in hour.watchers.items():
        assert bool(watcher.strings & hour.caller_names) == (name == "named"), name


def _nothing_out_of_scope(hour: Hour) -> None:
    outside = set(hour.queues) - set(SCOPE)
    titles = {hour.queues[queue_id]["title"] for queue_id in outside}
    for name in ("narrow", "team", "screen"):
        watcher = hour.watchers[name]
        assert {id_ for id_, _row in watcher.rows("queues")} <= set(SCOPE), name
        assert {id_.partition(":")[0] for id_, _row in watcher.rows("figures")} <= set(SCOPE), name
        assert not watcher.strings & titles, name
        named = {row["queue_id"] for _id, row in watcher.rows("calls") if row.get("queue_id")}
        for _id, row in watcher.rows("agents"):
            named |= set(row.get("queue_ids") or ())
        assert named <= set(SCOPE), name


def _no_unknown_field(hour: Hour) -> None:
    documented = fields_documented()
    assert set(documented) == set(KINDS)
    for name, watcher in hour.watchers.items():
        for frame in watcher.frames:
            assert set(frame) <= MESSAGE_FIELDS[frame["t"]], name
            state = frame.get("state") or frame.get("set") or {}
            assert set(state) <= set(documented), name
        assert SECRET not in watcher.strings, name
        for kind, fields in documented.items():
            for _id, row in watcher.rows(kind):
                assert set(row) <= fields, f"{name}: {kind}"


def _no_figures_of_people(hour: Hour) -> None:
    """Boards list whole queues unless told otherwise."""
    for watcher in hour.watchers.values():
        for _id, row in watcher.rows("agents"):
            assert row.get("answered_today") is None
            assert row.get("talk_today_s") is None
