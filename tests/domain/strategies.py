"""Random live states as plain maps, small enough that rows meet: ids are few, and rows name each other."""

from __future__ import annotations

from hypothesis import strategies as st

from dashboard.domain.diff import PlainState
from dashboard.domain.privacy import Names, Numbers, View

QUEUE_IDS = ["1", "2", "3"]
AGENT_IDS = ["10", "11", "12", "13"]
CALL_IDS = ["100.1", "100.2", "100.10"]


def some(ids: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(ids), unique=True).map(sorted)


def one_or_none(ids: list[str]) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from(ids)


NUMBERS = st.none() | st.sampled_from(["777123456", "+420602111222", "205", ""])
MOMENTS = st.none() | st.integers(0, 3)

queue_rows = st.fixed_dictionaries(
    {
        "number": st.sampled_from(["2000", "2001"]),
        "title": st.sampled_from(["Prodej", "Podpora"]),
        "direction": st.sampled_from(["in", "out"]),
        "type": st.sampled_from(["in", None]),
        "agents_total": st.integers(0, 2),
        "agents_ready": st.none(),
        "agents_busy": st.just(0),
        "agents_paused": st.just(0),
        "calls_active": st.just(1),
        "calls_waiting": st.integers(0, 2),
        "oldest_waiting_at": MOMENTS,
        "threshold_s": st.just(20),
        "short_s": st.just(5),
        "goal": st.just(0.8),
        "variant": st.just("no_short"),
    }
)
agent_rows = st.fixed_dictionaries(
    {
        "login": st.sampled_from(["novakova", "horak"]),
        "name": st.sampled_from(["Jana Nováková", "Petr Horák", None]),
        "extension": st.just("201"),
        "state": st.sampled_from(["idle", "paused", "speaking"]),
        "state_raw": st.just("Idle"),
        "state_since_at": MOMENTS,
        "login_at": st.just(1),
        "pause_id": one_or_none(["4", "5"]),
        "pause_since_at": MOMENTS,
        "queue_ids": some(QUEUE_IDS),
        "call_ids": some(CALL_IDS),
        "device_status": st.just("available"),
        "answered_today": st.none() | st.integers(0, 2),
        "talk_today_s": st.none(),
    }
)
call_rows = st.fixed_dictionaries(
    {
        "queue_id": one_or_none(QUEUE_IDS),
        "agent_id": one_or_none(AGENT_IDS),
        "ringing_agent_ids": some(AGENT_IDS),
        "caller": NUMBERS,
        "caller_name": st.sampled_from([None, "Karel Veselý", "Veselý 777123456"]),
        "direction": st.sampled_from(["in", "out"]),
        "state": st.sampled_from(["waiting", "speaking"]),
        "state_raw": st.just("Waiting"),
        "entered_at": MOMENTS,
        "ringing_at": st.none(),
        "answered_at": MOMENTS,
        "held_at": st.none(),
        "outside_hours": st.booleans(),
    }
)
pause_rows = st.fixed_dictionaries(
    {"title": st.sampled_from(["Oběd", "Wrap"]), "type": st.just("normal"), "paid": st.booleans()}
)

COUNTED = (
    "answered_in",
    "answered_late",
    "abandoned_short",
    "abandoned_in",
    "abandoned_late",
    "provisional",
    "running",
)
SUMMED = ("wait_answered_s", "wait_all_s", "talk_s", "hold_s", "acw_s", "outbound", "outbound_answered")
UNSEEN = ("flowed_out", "longest_wait_s", "ready_s", "numbered", "repeats", "expected_more")
figure_rows = st.fixed_dictionaries(
    {name: st.integers(0, 2) for name in COUNTED}
    | {name: st.just(0) for name in SUMMED}
    | {name: st.none() | st.just(7) for name in UNSEEN}
)

states: st.SearchStrategy[PlainState] = st.fixed_dictionaries(
    {
        "queues": st.dictionaries(st.sampled_from(QUEUE_IDS), queue_rows),
        "agents": st.dictionaries(st.sampled_from(AGENT_IDS), agent_rows),
        "calls": st.dictionaries(st.sampled_from(CALL_IDS), call_rows),
        "pauses": st.dictionaries(st.sampled_from(["4", "5"]), pause_rows),
        "figures": st.dictionaries(st.sampled_from(["1:today", "2:15m"]), figure_rows),
    }
)

views = st.builds(
    View,
    queue_ids=st.none() | some(QUEUE_IDS).map(tuple),
    queueless=st.booleans(),
    numbers=st.sampled_from(Numbers),
    names=st.sampled_from(Names),
    caller_names=st.booleans(),
    pause_titles=st.booleans(),
    surname_first=st.booleans(),
)
