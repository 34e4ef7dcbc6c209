"""Supervisors move, hand over, begin and interrupt calls, and move agents between queues, each in its dialog."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import expect

from dashboard.gateway.engine import QueueType
from dashboard.gateway.simulated.plan import OUTGOING
from tests.browser.desk import Desk

OPENING_HOURS = "Provozni_doba.wav"
"""An announcement of the simulated PBX, of 21 seconds."""


def queue_of(desk: Desk, *types: QueueType, beside: tuple[int, ...] = ()) -> tuple[int, str]:
    """A queue of one of these types that is none of those, and its title."""
    queues = desk.stack.pbx.engine.directory().queues
    return next(
        (id_, queue.title) for id_, queue in queues.items() if queue.type in types and id_ not in beside
    )


def queues_of(desk: Desk, agent_id: int) -> tuple[int, ...]:
    agent = desk.floor_agent(agent_id)
    return agent.queue_ids if agent else ()


@contextmanager
def calling_out(desk: Desk) -> Iterator[tuple[int, str]]:
    """An agent in an outbound queue who is ready and does not dial by himself, with his name."""
    agent_id, name = desk.idle()
    queue_id, _ = queue_of(desk, QueueType.OUTBOUND)
    number = desk.stack.pbx.engine.directory().queues[queue_id].number
    sessions = desk.stack.pbx.engine.commands.sessions
    sessions.queue_log_in(user_id=agent_id, number=number, extension=None, penalty=None)
    with desk.stack.pbx.engine.acting() as world:
        world.agents[agent_id].plans_drop()
    desk.find(name)
    expect(desk.agent(agent_id).locator(".queues")).to_contain_text(
        desk.stack.pbx.engine.directory().queues[queue_id].title, timeout=20_000
    )
    yield agent_id, name
    with desk.stack.pbx.engine.acting() as world:
        call = world.agents[agent_id].call
    if call is not None:
        desk.stack.pbx.engine.call_hang_up(call_id=call.id)
    if queue_id in queues_of(desk, agent_id):
        sessions.queue_log_out(user_id=agent_id, number=number)


def test_call_is_sent_to_a_queue_that_shows_how_many_wait_there(desk: Desk) -> None:
    agent_id, name, call_id = desk.speaking()
    queue_id, title = queue_of(desk, QueueType.INBOUND, beside=queues_of(desk, agent_id))
    desk.waiting_call(queue_id)
    desk.find(name)
    desk.menu(desk.agent(agent_id), "Transfer the call…")
    queues = desk.dialog.locator("[name=queue_id]")
    expect(queues.locator(f"option[value='main/{queue_id}']")).to_have_text(
        re.compile(rf"{title} · [1-9]\d* waiting · \d+ ready"), timeout=20_000
    )
    for written in ("Chat na webu", "E-maily"):
        expect(queues.locator("option", has_text=written)).to_have_count(0)
    desk.submit("Transfer")
    expect(desk.dialog.locator(".problem")).to_have_text("Choose a queue.")
    queues.select_option(f"main/{queue_id}")
    desk.dialog.locator("input[value=blind]").check()
    desk.submit("Transfer")
    desk.outcome("confirmed", f"The call has left {name}.")
    call = desk.stack.pbx.engine.floor().calls.get(call_id)
    assert call is None or call.state.value == "transferred"


def test_call_is_sent_to_an_agent_who_is_asked_first(desk: Desk) -> None:
    agent_id, name, call_id = desk.speaking()
    other_id, other = desk.idle()
    desk.find(name)
    desk.menu(desk.agent(agent_id), "Transfer the call…")
    desk.dialog.locator("input[name=to][value=agent]").check()
    agents = desk.dialog.locator("[name=to_agent_id]")
    expect(agents.locator(f"option[value='main/{agent_id}']")).to_have_count(0)
    expect(agents.locator(f"option[value='main/{other_id}']")).to_have_text(f"{other} · ready")
    agents.select_option(f"main/{other_id}")
    expect(desk.dialog.locator("input[value=attended]")).to_be_checked()
    desk.submit("Transfer")
    desk.outcome("accepted", name)
    desk.outcome("confirmed", f"The call has left {name}.", within_ms=110_000)
    assert call_id not in desk.stack.pbx.engine.floor().calls


def test_agent_who_is_not_free_gets_no_call_and_the_pbx_says_so(desk: Desk) -> None:
    agent_id, name, call_id = desk.speaking()
    other_id, other, _ = desk.speaking()
    desk.find(name)
    desk.menu(desk.agent(agent_id), "Transfer the call…")
    desk.dialog.locator("input[name=to][value=agent]").check()
    agents = desk.dialog.locator("[name=to_agent_id]")
    expect(agents.locator(f"option[value='main/{other_id}']")).to_have_text(f"{other} · speaking")
    agents.select_option(f"main/{other_id}")
    desk.dialog.locator("input[value=blind]").check()
    desk.submit("Transfer")
    desk.outcome("refused", name, "není volný", "Nothing was done.")
    assert desk.stack.pbx.engine.floor().calls[call_id].agent_id == agent_id


def test_waiting_call_is_handed_over_to_an_agent(desk: Desk) -> None:
    agent_id, name = desk.idle()
    queue_id = desk.inbound(queues_of(desk, agent_id))
    assert queue_id is not None
    call_id = desk.waiting_call(queue_id)
    desk.find(desk.stack.pbx.engine.floor().calls[call_id].caller)
    button = desk.call(call_id).locator(".primary")
    expect(button).to_have_text("Hand over", timeout=20_000)
    button.click()
    desk.submit("Hand over")
    expect(desk.dialog.locator(".problem")).to_have_text("Choose an agent.")
    desk.dialog.locator("[name=agent]").select_option(f"main/{agent_id}")
    desk.submit("Hand over")
    desk.outcome("confirmed", f"The call is at {name}.")
    assert desk.stack.pbx.engine.floor().calls[call_id].user_ids == (agent_id,)


def test_agent_who_is_ready_is_given_a_call_that_waits(desk: Desk) -> None:
    agent_id, name = desk.idle()
    queue_id = desk.inbound(queues_of(desk, agent_id))
    assert queue_id is not None
    call_id = desk.waiting_call(queue_id)
    desk.find(desk.stack.pbx.engine.floor().calls[call_id].caller)
    expect(desk.call(call_id)).to_be_visible(timeout=20_000)
    desk.find(name)
    desk.menu(desk.agent(agent_id), "Hand a waiting call over…")
    desk.dialog.locator("[name=call]").select_option(f"main/{call_id}")
    desk.submit("Hand over")
    desk.outcome("confirmed", f"The call is at {name}.")


def test_agent_is_had_to_call_a_number(desk: Desk) -> None:
    with calling_out(desk) as (agent_id, name):
        desk.menu(desk.agent(agent_id), "Call a number…")
        desk.dialog.locator("[name=number]").fill("call home")
        desk.submit("Call")
        expect(desk.dialog.locator(".problem")).to_have_text("Enter a number of at least 3 digits.")
        desk.dialog.locator("[name=number]").fill("777 123 456")
        queue_id, _ = queue_of(desk, QueueType.OUTBOUND)
        expect(desk.dialog.locator("[name=queue_id] option").first).to_have_text("The agent's own")
        desk.dialog.locator("[name=queue_id]").select_option(f"main/{queue_id}")
        desk.submit("Call")
        desk.outcome("confirmed", f"{name} is in the call.")
        calls = desk.stack.pbx.engine.floor().calls.values()
        assert queue_id in {call.queue_id for call in calls if call.caller == "777123456"}
        assert desk.newest_record()["parameters"] == {"number": "777123456", "queue_id": str(queue_id)}


def test_announcement_is_played_and_stopped_and_one_that_is_unknown_is_refused_in_words(desk: Desk) -> None:
    agent_id, name, _ = desk.speaking()
    desk.find(name)
    desk.menu(desk.agent(agent_id), "Play an announcement…")
    desk.dialog.locator("[name=recording]").fill("")
    desk.submit("Play")
    expect(desk.dialog.locator(".problem")).to_have_text("Enter the name of an announcement.")
    desk.dialog.locator("[name=recording]").fill("nobody_recorded_this.wav")
    desk.submit("Play")
    desk.outcome("refused", name, "Hláška nobody_recorded_this.wav neexistuje", "Nothing was done.")
    desk.menu(desk.agent(agent_id), "Play an announcement…")
    desk.dialog.locator("[name=recording]").fill(OPENING_HOURS)
    desk.dialog.locator("[name=begin]").fill("soon")
    desk.submit("Play")
    expect(desk.dialog.locator(".problem")).to_have_text("Enter whole seconds, at most 86400.")
    desk.dialog.locator("[name=begin]").fill("2")
    desk.dialog.locator("[name=skip]").fill("5")
    desk.submit("Play")
    desk.outcome("confirmed", name)
    assert desk.newest_record()["parameters"] == {
        "command": "play",
        "recording": OPENING_HOURS,
        "begin_ms": 2000,
        "skip_ms": 5000,
    }
    desk.menu(desk.agent(agent_id), "Play an announcement…")
    expect(desk.dialog.locator("[name=recording]")).to_have_value(OPENING_HOURS)
    before = desk.asked("ControlPlayback")
    desk.submit("Stop")
    desk.wait(lambda: desk.asked("ControlPlayback") > before, what="The question")
    # On a slow machine the announcement may be over before it is stopped.
    stopped = desk.page.locator("wb-desk-dock .record:first-child")
    expect(stopped).to_have_attribute("data-state", re.compile("confirmed|refused"), timeout=40_000)
    expect(stopped).to_contain_text(re.compile("The PBX says that it does so.|Žádná hláška se nepřehrává"))


def test_agent_joins_a_queue_with_a_priority_and_leaves_it(desk: Desk) -> None:
    agent_id, name = desk.paused()
    queue_id, title = queue_of(desk, QueueType.INBOUND, beside=queues_of(desk, agent_id))
    desk.find(name)
    desk.menu(desk.agent(agent_id), "Log in to a queue…")
    desk.submit("Log in to the queue")
    expect(desk.dialog.locator(".problem")).to_have_text("Choose a queue.")
    desk.dialog.locator("label", has_text=title).click()
    desk.dialog.locator("[name=priority]").select_option("2")
    desk.submit("Log in to the queue")
    desk.outcome("confirmed", name)
    assert queue_id in queues_of(desk, agent_id)
    with desk.stack.pbx.engine.acting() as world:
        assert world.agents[agent_id].penalties[queue_id] == 2
    expect(desk.agent(agent_id).locator(".queues")).to_contain_text(title)
    desk.menu(desk.agent(agent_id), "Log out of a queue…")
    desk.dialog.locator("label", has_text=title).click()
    desk.submit("Log out of the queue")
    desk.outcome("confirmed", name)
    assert queue_id not in queues_of(desk, agent_id)


def test_second_outbound_queue_is_refused_in_the_words_of_the_pbx(desk: Desk) -> None:
    with calling_out(desk) as (agent_id, name):
        queue_id, title = queue_of(desk, *OUTGOING, beside=queues_of(desk, agent_id))
        desk.menu(desk.agent(agent_id), "Log in to a queue…")
        desk.dialog.locator("label", has_text=title).click()
        desk.submit("Log in to the queue")
        desk.outcome(
            "refused", name, "Agent je již přihlášen do jiné odchozí kampaně/fronty", "Nothing was done."
        )
        assert queue_id not in queues_of(desk, agent_id)


def test_chats_and_emails_are_shown_without_what_is_done_by_telephone(desk: Desk) -> None:
    for type_ in (QueueType.CHAT, QueueType.EMAIL):
        queue_id, _ = queue_of(desk, type_)
        call_id = desk.waiting_call(queue_id)
        desk.find(desk.stack.pbx.engine.floor().calls[call_id].caller)
        row = desk.call(call_id)
        expect(row).to_be_visible(timeout=20_000)
        expect(row.locator("button")).to_have_count(0)
