/** Agents and calls as the tables show them, from the rows of the live state. Pure; what did not change is the same object. */

import { agentState } from "../kpi.js";
import { sameFields } from "./same.js";
import { streamOf } from "../merge.js";

/** Of several calls of one agent the one that he is most likely at. */
const CALL_PLACES = ["speaking", "on_hold", "ringing", "transferred", "waiting", "unknown"];
const NONE = Object.freeze([]);

export function nameOf(agent) {
  return agent?.name ?? agent?.login ?? agent?.extension ?? "–";
}

/** Whether a queue's contacts are e-mails or chats: no telephone is in them. */
export function isWritten(type) {
  return type === "email" || type === "chat";
}

/** Whether a call still waits for an agent. */
export function isUnanswered(call) {
  return (call.state === "waiting" || call.state === "ringing") && call.direction === "in";
}

/** Holds the views of the last time, so that a view that shows the same stays the same object. */
export class Views {
  #agents = new Map();
  #calls = new Map();

  /** `listeners` maps a call's id to the names of those who listen to it. Returns `{agents, calls}`, maps from id to view. */
  next(state, { listeners = new Map(), intents = new Map() } = {}) {
    this.#agents = kept(this.#agents, state.agents, (id, agent) => agentView(id, agent, state, { listeners, intents }));
    this.#calls = kept(this.#calls, state.calls, (id, call) => callView(id, call, state, listeners));
    return { agents: this.#agents, calls: this.#calls };
  }
}

function kept(before, rows, make) {
  const next = new Map();
  for (const id of Object.keys(rows)) {
    const view = make(id, rows[id]);
    const old = before.get(id);
    next.set(id, old && sameFields(old, view) ? old : Object.freeze(view));
  }
  return next;
}

function agentView(id, agent, state, { listeners, intents }) {
  const calls = agent.call_ids.map((call) => [call, state.calls[call]]).filter(([, call]) => call);
  const typeOf = (call) => state.queues[call?.queue_id]?.type ?? null;
  calls.sort(([, one], [, other]) => CALL_PLACES.indexOf(one.state) - CALL_PLACES.indexOf(other.state) || isWritten(typeOf(one)) - isWritten(typeOf(other)));
  const [call_id, call] = calls[0] ?? [null, null];
  const pause = agent.pause_id === null ? null : state.pauses[agent.pause_id] ?? null;
  const limit_s = pause?.limit_s ?? null;
  return {
    id,
    stream: streamOf(id),
    name: nameOf(agent),
    login: agent.login,
    extension: agent.extension,
    state: agentState(agent),
    state_raw: agent.state_raw,
    since_at: agent.state_since_at,
    device_status: agent.device_status,
    queue_ids: agent.queue_ids,
    queues: titles(agent.queue_ids, state.queues),
    pause_id: agent.pause_id,
    pause: pause?.title ?? null,
    limit_s,
    call_id,
    call_state: call?.state ?? null,
    call_type: typeOf(call),
    calls: calls.length,
    caller: call?.caller ?? null,
    caller_name: call?.caller_name ?? null,
    direction: call?.direction ?? null,
    call_queue: call ? state.queues[call.queue_id]?.title ?? null : null,
    call_queue_id: call?.queue_id ?? null,
    answered_at: call?.answered_at ?? null,
    listeners: calls.flatMap(([key]) => listeners.get(key) ?? NONE).join(", "),
    intent: intents.get(id) ?? null,
  };
}

function callView(id, call, state, listeners) {
  const answering = call.agent_id === null ? call.ringing_agent_ids : [call.agent_id];
  const isWaiting = isUnanswered(call);
  const queue = state.queues[call.queue_id] ?? null;
  return {
    id,
    stream: streamOf(id),
    state: call.state,
    isWaiting,
    queue_id: call.queue_id,
    queue: queue?.title ?? null,
    type: queue?.type ?? null,
    threshold_s: queue?.threshold_s ?? null,
    caller: call.caller,
    caller_name: call.caller_name,
    direction: call.direction,
    agent_id: call.agent_id ?? call.ringing_agent_ids[0] ?? null,
    agents: answering.map((agent) => state.agents[agent]).filter(Boolean).map(nameOf).join(", "),
    since_at: isWaiting ? call.entered_at : call.held_at ?? call.answered_at ?? call.entered_at,
    entered_at: call.entered_at,
    listeners: (listeners.get(id) ?? NONE).join(", "),
  };
}

function titles(ids, queues) {
  return ids.map((id) => queues[id]?.title).filter(Boolean).join(", ");
}
