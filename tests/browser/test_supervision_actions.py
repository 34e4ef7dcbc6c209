"""Supervisors act in a browser on the simulated PBX, and the screen tells what really became of it."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.desk import LUNCH, Desk, spare_extension
from tests.stack import Stack


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
