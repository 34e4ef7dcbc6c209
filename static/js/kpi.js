/** Figures of the board, from the rows of the live state. Pure; formulas as in docs/metrics.md. */

/** The order in which agents are shown: who needs a look first. */
export const AGENT_STATES = ["ringing", "on_hold", "acw", "paused", "unknown", "speaking", "calling", "idle", "logged"];

const WAITING = new Set(["waiting", "ringing"]);

/** Whether a call is somebody waiting for an agent: inbound, not answered. An e-mail waits too, but nobody waits with it. */
export function isWaiting(call, queues) {
  return call.direction === "in" && WAITING.has(call.state) && queues[call.queue_id]?.type !== "email";
}

/** The waiting callers as `[id, row]`, longest first; those without a known entry come last. */
export function waitingCalls(calls, queues = {}) {
  return Object.entries(calls)
    .filter(([, call]) => isWaiting(call, queues))
    .sort(([oneId, one], [otherId, other]) => compareMoments(one.entered_at, other.entered_at) || compareText(oneId, otherId));
}

/** `{count, id, oldest_at, queue_id}` of the waiting callers: the last three of the call that waits longest, null if nobody waits. */
export function waitingSummary(calls, queues = {}) {
  const waiting = waitingCalls(calls, queues);
  const [id, oldest] = waiting[0] ?? [null, null];
  return { count: waiting.length, id, oldest_at: oldest?.entered_at ?? null, queue_id: oldest?.queue_id ?? null };
}

const HANDLED = new Set(["speaking", "on_hold"]);

/** The calls that an agent has answered, as `[id, row]`, the longest first. */
export function activeCalls(calls) {
  return Object.entries(calls)
    .filter(([, call]) => HANDLED.has(call.state))
    .sort(([oneId, one], [otherId, other]) => compareMoments(one.answered_at, other.answered_at) || compareText(oneId, otherId));
}

/** Agents by state: `{total, idle, speaking, …}`, every state present. A state we do not know counts as unknown. */
export function agentCounts(agents) {
  const counts = { total: 0 };
  for (const state of AGENT_STATES) counts[state] = 0;
  for (const agent of Object.values(agents)) {
    counts.total += 1;
    counts[agentState(agent)] += 1;
  }
  return counts;
}

/** The agent's state as a word we know. */
export function agentState(agent) {
  return AGENT_STATES.includes(agent.state) ? agent.state : "unknown";
}

/** Agents as `[id, row]`: by group of state, in it the longest in that state first. */
export function agentsSorted(agents) {
  const place = new Map(AGENT_STATES.map((state, index) => [state, index]));
  return Object.entries(agents)
    .map(([id, agent]) => ({ id, agent, group: place.get(agentState(agent)) }))
    .sort((one, other) => one.group - other.group
      || compareMoments(one.agent.state_since_at, other.agent.state_since_at)
      || compareText(one.id, other.id))
    .map(({ id, agent }) => [id, agent]);
}

function compareMoments(one, other) {
  return (one ?? Infinity) === (other ?? Infinity) ? 0 : (one ?? Infinity) - (other ?? Infinity);
}

function compareText(one, other) {
  return one < other ? -1 : Number(one > other);
}
