"""What the screen tells where an action is refused, fails, or what was seen has changed meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect

from dashboard.gateway.faults import Fault, FaultKind
from tests.browser.conftest import Troubles
from tests.browser.desk import Desk, spare_extension
from tests.browser.screen import control
from tests.stack import Stack


@contextmanager
def right_withdrawn(stack: Stack, codename: str) -> Iterator[None]:
    """Nobody of the group has this permission, as long as the block runs. No signal tells of it."""
    where = "permission_id IN (SELECT id FROM auth_permission WHERE codename = ?)"
    rows = stack.sql(f"SELECT group_id, permission_id FROM auth_group_permissions WHERE {where}", codename)  # noqa: S608
    stack.sql(f"DELETE FROM auth_group_permissions WHERE {where}", codename)  # noqa: S608
    assert rows
    try:
        yield
    finally:
        for row in rows:
            stack.sql("INSERT INTO auth_group_permissions (group_id, permission_id) VALUES (?, ?)", *row)


def test_documented_refusal_is_told_in_the_words_of_the_pbx_with_their_meaning(
    desk: Desk, stack: Stack
) -> None:
    agent_id, name, call_id = desk.speaking()
    call = stack.pbx.engine.floor().calls[call_id]
    title = stack.pbx.engine.directory().queues[call.queue_id].title
    desk.find(name)
    desk.menu(desk.agent(agent_id), "Log out of a queue…")
    desk.dialog.locator("label", has_text=title).click()
    desk.submit("Log out of the queue")
    desk.outcome("refused", name, "Nelze se odhlasit z fronty", "The agent has a call in this queue")
    expect(desk.agent(agent_id)).to_have_attribute("data-state", re.compile("speaking|on_hold"))


def test_unreachable_pbx_means_that_nothing_was_done(desk: Desk, stack: Stack) -> None:
    agent_id, name = desk.paused()
    desk.find(name)
    before = desk.asked("PauseOff")
    (address,) = stack.sql("SELECT base_url FROM dashboard_pbx WHERE slug = 'main'")[0]
    stack.sql("UPDATE dashboard_pbx SET base_url = 'http://127.0.0.1:9' WHERE slug = 'main'")
    try:
        desk.agent(agent_id).locator(".primary").click()
        desk.outcome("failed", name, "Nothing was done.")
    finally:
        stack.sql("UPDATE dashboard_pbx SET base_url = ? WHERE slug = 'main'", address)
    assert desk.asked("PauseOff") == before
    expect(desk.agent(agent_id)).to_have_attribute("data-state", "paused")


def test_connection_that_breaks_is_unanswered(desk: Desk, stack: Stack) -> None:
    agent_id, name = desk.paused()
    desk.find(name)
    stack.pbx.faults.set("PauseOff", Fault(kind=FaultKind.REFUSED))
    desk.agent(agent_id).locator(".primary").click()
    desk.outcome("unanswered", name, "Nobody knows yet whether it acted.")
    stack.pbx.faults.clear()


def test_time_out_before_the_pbx_acted_is_unanswered_and_then_not_confirmed(desk: Desk, stack: Stack) -> None:
    agent_id, name = desk.paused()
    desk.find(name)
    before = desk.asked("PauseOff")
    stack.pbx.faults.set("PauseOff", Fault(kind=FaultKind.DELAY, seconds=90))
    desk.agent(agent_id).locator(".primary").click()
    desk.outcome("unanswered", name, "Nobody knows yet whether it acted.")
    desk.outcome("not_confirmed", "Look before you try again.", within_ms=60_000)
    assert desk.asked("PauseOff") == before + 1
    stack.pbx.faults.clear()


def test_time_out_after_the_pbx_acted_is_unanswered_and_then_confirmed(desk: Desk, stack: Stack) -> None:
    agent_id, name = desk.paused()
    desk.find(name)
    before = desk.asked("PauseOff")
    stack.pbx.faults.set("PauseOff", Fault(kind=FaultKind.DELAY, seconds=90, has_acted=True))
    desk.agent(agent_id).locator(".primary").click()
    seen = desk.page.locator("wb-desk-dock .record:first-child")
    expect(seen).to_have_attribute("data-state", re.compile("unanswered|confirmed"), timeout=30_000)
    desk.outcome("confirmed", name)
    assert desk.asked("PauseOff") == before + 1
    stack.pbx.faults.clear()


def test_agent_who_logged_out_between_click_and_request_is_left_alone(desk: Desk, stack: Stack) -> None:
    agent_id, name = desk.paused()
    desk.find(name)
    before = desk.asked("PauseOff")
    try:
        with desk.held_request():
            desk.agent(agent_id).locator(".primary").click()
            stack.pbx.engine.agent_log_out(user_id=agent_id)
            expect(desk.agent(agent_id)).to_contain_text("gone", timeout=15_000)
        # On the way out he is in no queue for a moment, which is nobody's to act on but an administrator's.
        gone = re.compile(
            "The agent is not logged in any more. Nothing was done.|outside the queues of your teams"
        )
        expect(desk.outcome("refused")).to_contain_text(gone)
        assert desk.asked("PauseOff") == before
    finally:
        desk.log_back_in(agent_id)


def test_call_that_ended_between_click_and_request_is_not_hung_up_in_anothers_place(
    desk: Desk, stack: Stack
) -> None:
    agent_id, name, call_id = desk.speaking()
    desk.find(name)
    desk.menu(desk.agent(agent_id), "Hang up…")
    before = desk.asked("Hangup")
    with desk.held_request():
        desk.submit("Hang up")
        stack.pbx.engine.call_hang_up(call_id=call_id)
        desk.wait(lambda: call_id not in stack.pbx.engine.floor().calls, what="The end of the call")
        desk.wait(lambda: desk.call(call_id).locator("button").count() == 0, what="The end on the screen")
    desk.outcome("refused", "Nothing was done.")
    assert desk.asked("Hangup") == before


def test_call_that_ended_while_its_dialog_is_open_is_said_and_nothing_is_sent(
    desk: Desk, stack: Stack
) -> None:
    agent_id, name, call_id = desk.speaking()
    desk.find(name)
    desk.menu(desk.agent(agent_id), "Hang up…")
    stack.pbx.engine.call_hang_up(call_id=call_id)
    button = desk.dialog.locator("[data-submit]")
    expect(button).to_have_attribute("aria-disabled", "true", timeout=15_000)
    records = desk.page.locator("wb-desk-dock .record").count()
    desk.submit("Hang up")
    expect(desk.dialog.locator(".problem")).to_have_text(
        "This call has ended meanwhile, or is no longer in your queues. Nothing is sent."
    )
    assert desk.page.locator("wb-desk-dock .record").count() == records


def test_waiting_call_that_is_answered_while_its_dialog_is_open_is_not_hung_up(
    desk: Desk, stack: Stack
) -> None:
    agent_id, _ = desk.idle()
    agent = desk.floor_agent(agent_id)
    queue_id = desk.inbound(agent.queue_ids if agent else ())
    assert queue_id is not None
    call_id = desk.waiting_call(queue_id)
    desk.find(stack.pbx.engine.floor().calls[call_id].caller)
    expect(desk.call(call_id)).to_be_visible(timeout=20_000)
    desk.menu(desk.call(call_id), "Hang up…")
    before = desk.asked("Hangup")
    stack.pbx.engine.commands.telephony.pick_up(call_id=call_id, user_id=agent_id)
    stack.pbx.engine.commands.telephony.answer(user_id=agent_id)
    with stack.pbx.engine.acting() as world:
        world.calls[call_id].plans_drop()
    button = desk.dialog.locator("[data-submit]")
    expect(button).to_have_attribute("aria-disabled", "true", timeout=15_000)
    desk.submit("Hang up")
    expect(desk.dialog.locator(".problem")).to_have_text(
        "This call is meanwhile at somebody else. Nothing is sent."
    )
    assert desk.asked("Hangup") == before
    assert call_id in stack.pbx.engine.floor().calls


def test_call_that_moved_to_another_agent_between_click_and_request_is_not_listened_to(
    desk: Desk, stack: Stack
) -> None:
    agent_id, name, call_id = desk.speaking()
    other_id, _ = desk.idle()
    desk.find(name)
    desk.agent(agent_id).locator(".primary").click()
    desk.page.locator("[name=extension]").fill(spare_extension())
    desk.page.locator("[name=reason]").fill("Training")
    before = desk.asked("Monitoring")
    with desk.held_request():
        desk.submit("Start listening")
        token = desk.page.evaluate("() => document.cookie.match(/csrftoken=([^;]+)/)[1]")
        body = {
            "key": "7d6f3c1e-2222-4a3b-8c4d-5e6f7a8b9c0d",
            "stream": "main",
            "action": "transfer",
            "agent_id": str(agent_id),
            "call_id": call_id,
            "parameters": {"to_agent_id": str(other_id), "type": "blind"},
        }
        answer = desk.page.request.post(
            "/admin/supervision/actions/",
            data=body,
            headers={"X-CSRFToken": token, "Referer": f"{stack.url}/admin/supervision/"},
        )
        assert answer.json()["state"] in {"accepted", "confirmed"}, answer.text()
        desk.wait(lambda: (desk.floor_agent(agent_id) or 0) and desk.floor_agent(agent_id).call_id != call_id)  # type: ignore[union-attr]
    record = desk.page.locator("wb-desk-dock .record[data-action=monitoring]").first
    expect(record).to_have_attribute("data-state", "refused", timeout=20_000)
    expect(record).to_contain_text(re.compile("Nothing was done.|does not speak in this call yet."))
    assert desk.asked("Monitoring") == before


def test_right_withdrawn_while_the_page_is_open_refuses_and_takes_the_button_away(
    desk: Desk, stack: Stack
) -> None:
    agent_id, name = desk.paused()
    desk.find(name)
    before = desk.asked("PauseOff")
    with right_withdrawn(stack, "act_pause_off"):
        desk.agent(agent_id).locator(".primary").click()
        desk.outcome("refused", name, "Your account may not do this.")
        expect(desk.agent(agent_id).get_by_role("button", name="End pause")).to_have_count(0)
        assert desk.asked("PauseOff") == before
    expect(desk.agent(agent_id)).to_have_attribute("data-state", "paused")


def test_right_to_supervise_withdrawn_while_the_page_is_open_stops_it(
    desk: Desk, stack: Stack, troubles: Troubles
) -> None:
    troubles.allow("403")
    with right_withdrawn(stack, "use_supervision"):
        control(stack, do="recheck")
        expect(desk.page.locator(".stopped")).to_contain_text(
            "You may not use this page any more.", timeout=15_000
        )
        expect(desk.page.locator("wb-agent-row")).to_have_count(0)


def test_action_after_the_session_has_ended_says_that_nothing_was_done(
    new_page: Callable[..., Page], stack: Stack, troubles: Troubles
) -> None:
    troubles.allow("401")
    desk = Desk(new_page(user="supervisor", is_new=True), stack).open()
    agent_id, name = desk.paused()
    desk.find(name)
    before = desk.asked("PauseOff")
    key = next(cookie["value"] for cookie in desk.page.context.cookies() if cookie["name"] == "sessionid")
    stack.sql("DELETE FROM django_session WHERE session_key = ?", key)
    desk.agent(agent_id).locator(".primary").click()
    desk.outcome("refused", "You are logged out")
    expect(desk.page.locator(".stopped")).to_contain_text("You are logged out.")
    assert desk.asked("PauseOff") == before
