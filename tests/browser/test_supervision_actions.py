"""Supervisors act in a browser on the simulated PBX, and the screen tells what really became of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect

from dashboard.gateway.faults import Fault, FaultKind
from tests.browser.conftest import Troubles
from tests.browser.desk import LUNCH, Desk, spare_extension
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


def test_agent_is_paused_in_two_clicks_and_confirmed_by_the_live_state(desk: Desk) -> None:
    agent_id, name = desk.idle()
    desk.find(name)
    desk.agent(agent_id).locator(".primary").click()
    desk.submit(LUNCH)
    desk.outcome("confirmed", name)
    expect(desk.agent(agent_id)).to_have_attribute("data-state", "paused")
    assert desk.agent(agent_id).locator(".primary").inner_text() == "End pause"


def test_double_click_sends_one_request(desk: Desk) -> None:
    agent_id, name = desk.paused()
    desk.find(name)
    before = desk.asked("PauseOff")
    records = desk.page.locator("wb-desk-dock .record[data-action=pause_off]").count()
    desk.agent(agent_id).locator(".primary").dblclick()
    desk.outcome("confirmed", name)
    assert desk.asked("PauseOff") == before + 1
    assert desk.page.locator("wb-desk-dock .record[data-action=pause_off]").count() == records + 1


def test_second_click_of_a_double_click_in_a_dialog_does_not_reach_what_is_below(desk: Desk) -> None:
    agent_id, name = desk.idle()
    desk.find(name)
    desk.agent(agent_id).locator(".primary").click()
    before = desk.asked("PauseOn")
    records = desk.page.locator("wb-desk-dock .record").count()
    desk.dialog.get_by_role("button", name=LUNCH).dblclick()
    desk.outcome("confirmed", name)
    assert desk.asked("PauseOn") == before + 1
    expect(desk.dialog).to_have_count(0)
    assert desk.page.locator("wb-desk-dock .record").count() == records + 1


def test_listening_asks_for_telephone_and_reason_and_ends_with_the_call(desk: Desk, stack: Stack) -> None:
    agent_id, name, call_id = desk.speaking()
    desk.find(name)
    desk.agent(agent_id).locator(".primary").click()
    desk.page.locator("[name=extension]").fill("")
    desk.submit("Start listening")
    expect(desk.dialog.locator(".problem")).to_have_text("Enter the extension of your telephone.")
    desk.page.locator("[name=extension]").fill(spare_extension())
    desk.submit("Start listening")
    expect(desk.dialog.locator(".problem")).to_have_text("Say why.")
    desk.page.locator("[name=reason]").fill("Training")
    desk.submit("Start listening")
    desk.outcome("confirmed", name)
    expect(desk.agent(agent_id)).to_contain_text("listening: supervisor")
    stack.pbx.engine.call_hang_up(call_id=call_id)
    desk.outcome("ended", name)
    expect(desk.agent(agent_id)).not_to_contain_text("listening")


def test_barging_in_names_who_will_hear_it_before_it_is_done(desk: Desk) -> None:
    agent_id, name, _ = desk.speaking()
    desk.find(name)
    records = desk.page.locator("wb-desk-dock .record").count()
    desk.agent(agent_id).locator(".primary").click()
    expect(desk.dialog.locator(".confirms")).to_have_count(0)
    desk.dialog.locator("input[value=barge]").check()
    expect(desk.dialog.locator(".confirms")).to_contain_text(f"{name} will both hear you")
    expect(desk.dialog.locator("button.danger")).to_have_text("Barge in on the call")
    desk.dialog.get_by_role("button", name="Cancel").click()
    assert desk.page.locator("wb-desk-dock .record").count() == records


def test_hanging_up_names_who_and_what_and_is_confirmed(desk: Desk) -> None:
    agent_id, name, call_id = desk.speaking()
    desk.find(name)
    desk.menu(desk.agent(agent_id), "Hang up…")
    expect(desk.dialog.locator(".confirms")).to_contain_text(name)
    caller = desk.stack.pbx.engine.floor().calls[call_id].caller
    expect(desk.dialog.locator(".confirms")).to_contain_text(caller)
    desk.submit("Hang up")
    desk.outcome("confirmed", "The call has ended.")
    assert call_id not in desk.stack.pbx.engine.floor().calls


def test_pause_during_a_call_is_planned_for_its_end_and_can_be_withdrawn(desk: Desk) -> None:
    agent_id, name, _ = desk.speaking()
    desk.find(name)
    before = desk.asked("PauseOn")
    desk.menu(desk.agent(agent_id), "Put on a pause…")
    expect(desk.dialog).to_contain_text("The PBX refuses a pause during a call unless it is forced.")
    desk.submit(LUNCH)
    record = desk.outcome("planned", name)
    expect(desk.agent(agent_id)).to_contain_text("Pause after this call")
    record.get_by_role("button", name="Withdraw").click()
    desk.outcome("cancelled", "Withdrawn by supervisor.")
    assert desk.asked("PauseOn") == before


def test_pause_that_is_forced_during_a_call_begins_after_it_as_the_dialog_says(
    desk: Desk, stack: Stack
) -> None:
    agent_id, name, call_id = desk.speaking()
    desk.find(name)
    desk.menu(desk.agent(agent_id), "Put on a pause…")
    desk.dialog.locator("input[value=force]").check()
    expect(desk.dialog.locator(".confirms")).to_contain_text(
        f"the pause of {name} begins as soon as the call"
    )
    desk.submit(LUNCH)
    desk.tidy_pause(agent_id)
    desk.outcome("accepted", name, "the pause begins after the call")
    expect(desk.agent(agent_id)).to_have_attribute("data-state", re.compile("speaking|on_hold"))
    stack.pbx.engine.call_hang_up(call_id=call_id)
    desk.outcome("confirmed", f"{name} is on the pause.")
    expect(desk.agent(agent_id)).to_have_attribute("data-state", "paused")


def test_pause_during_a_call_is_not_forced_in_the_next_one(desk: Desk, stack: Stack) -> None:
    agent_id, name, call_id = desk.speaking()
    desk.find(name)
    desk.menu(desk.agent(agent_id), "Put on a pause…")
    desk.dialog.locator("input[value=force]").check()
    before = desk.asked("PauseOn")
    next_id = desk.next_call(agent_id, call_id)
    desk.sees_speaking(agent_id, next_id)
    desk.submit(LUNCH)
    expect(desk.dialog.locator(".problem")).to_have_text(
        "This call has ended meanwhile, or is no longer in your queues. Nothing is sent."
    )
    assert desk.asked("PauseOn") == before


def test_pause_at_once_does_not_become_one_after_a_call_that_has_come(desk: Desk) -> None:
    agent_id, name = desk.idle()
    desk.find(name)
    desk.agent(agent_id).locator(".primary").click()
    records = desk.page.locator("wb-desk-dock .record").count()
    before = desk.asked("PauseOn")
    desk.sees_speaking(agent_id, desk.next_call(agent_id))
    desk.submit(LUNCH)
    expect(desk.dialog.locator(".problem")).to_contain_text(f"{name} has a call meanwhile. Nothing is sent")
    assert desk.asked("PauseOn") == before
    assert desk.page.locator("wb-desk-dock .record").count() == records


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


def test_several_agents_are_paused_at_once_with_a_result_for_each(desk: Desk, stack: Stack) -> None:
    second_id, second, _ = desk.speaking()
    first_id, first = desk.idle()
    for name, agent_id in ((first, first_id), (second, second_id)):
        desk.find(name)
        desk.agent(agent_id).locator("input[type=checkbox]").check()
    desk.page.locator("wb-desk-toolbar .bulk").get_by_role("button", name="Put on a pause…").click()
    expect(desk.dialog.locator(".confirms")).to_contain_text(first)
    expect(desk.dialog.locator(".confirms")).to_contain_text(second)
    desk.submit(LUNCH)
    newest = desk.page.locator("wb-desk-dock .record:nth-child(-n+2)")
    expect(newest.filter(has_text=first)).to_have_attribute("data-state", "confirmed", timeout=30_000)
    expect(newest.filter(has_text=second)).to_have_attribute("data-state", "refused")


def test_agent_logs_in_and_out_from_the_desk(desk: Desk, stack: Stack) -> None:
    agent_id, name = desk.idle()
    desk.find(name)
    desk.menu(desk.agent(agent_id), "Log out of everything…")
    expect(desk.dialog.locator(".confirms")).to_contain_text(name)
    desk.submit("Log out")
    desk.outcome("confirmed", name)
    desk.page.get_by_role("button", name="Log in an agent…").click()
    expect(desk.dialog).not_to_contain_text("Asking the PBX", timeout=15_000)
    expect(desk.dialog.locator(".note")).to_have_count(0)
    desk.dialog.locator("[name=find]").fill(name)
    desk.dialog.locator("[name=agent_id]").select_option(str(agent_id))
    desk.submit("Log in")
    desk.outcome("confirmed", name)
    expect(desk.agent(agent_id)).to_be_visible()
