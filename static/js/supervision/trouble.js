/** Which rows need a person, and the order that puts them first. Pure: the time is an argument. */

import { AGENT_STATES } from "../kpi.js";
import { levelRank } from "../levels.js";

/** Seconds in a state from which an agent is worth a look, and from which he needs one. A pause's own limit comes before these. */
export const AGENT_LIMITS_S = Object.freeze({
  ringing: [15, 30],
  on_hold: [60, 180],
  acw: [180, 600],
  paused: [1800, 3600],
  speaking: [900, 1800],
  calling: [60, 120],
});
/** Waits as multiples of the queue's service-level threshold, as on the boards. */
const WAIT_OF_THRESHOLD = [3, 9];
const THRESHOLD_S = 20;
const HOLD_LIMITS_S = AGENT_LIMITS_S.on_hold;
const LEVELS = ["normal", "warning", "critical"];

const collator = new Intl.Collator("cs", { numeric: true });

/** The level of an agent's row. */
export function agentLevel(view, now) {
  if (view.state === "unknown") return "warning";
  if (view.state === "paused" && view.limit_s !== null) return level(view.since_at, [view.limit_s, 2 * view.limit_s], now);
  return level(view.since_at, AGENT_LIMITS_S[view.state], now);
}

/** The level of a call's row: the wait of one who waits, else how long it is on hold. E-mails are no alarm. */
export function callLevel(view, now) {
  if (view.isWaiting && view.type !== "email") {
    const threshold = view.threshold_s ?? THRESHOLD_S;
    return level(view.since_at, WAIT_OF_THRESHOLD.map((times) => times * threshold), now);
  }
  return view.state === "on_hold" ? level(view.since_at, HOLD_LIMITS_S, now) : "normal";
}

function level(at, limits, now) {
  if (!limits || at === null || at === undefined) return "normal";
  const seconds = (now - at) / 1000;
  return LEVELS[limits.filter((limit) => seconds > limit).length];
}

/** What a column sorts by; a moment sorts as the time that has passed since it. */
const AGENT_KEYS = {
  state: (view) => AGENT_STATES.indexOf(view.state),
  time: (view) => view.since_at ?? Infinity,
  name: (view) => view.name,
  queues: (view) => view.queues,
  call: (view) => view.caller_name ?? view.caller ?? "\uffff",
};
const CALL_KEYS = {
  state: (view) => (view.isWaiting ? 0 : 1),
  time: (view) => view.since_at ?? Infinity,
  caller: (view) => view.caller_name ?? view.caller ?? "\uffff",
  queue: (view) => view.queue ?? "\uffff",
  agent: (view) => view.agents || "\uffff",
};

/** The ids of agents in order. `sort` is "" for what is worst first, or a column, with "-" before it for the other way round. */
export function agentOrder(views, sort, now) {
  return order(views, keyOf(AGENT_KEYS, sort), (one, other) => levelRank(agentLevel(other, now)) - levelRank(agentLevel(one, now))
    || AGENT_STATES.indexOf(one.state) - AGENT_STATES.indexOf(other.state)
    || compare(one.since_at ?? Infinity, other.since_at ?? Infinity));
}

/** The ids of calls in order: those who wait first, the longest wait at the top, then calls in trouble, then by length. */
export function callOrder(views, sort, now) {
  return order(views, keyOf(CALL_KEYS, sort), (one, other) => Number(other.isWaiting) - Number(one.isWaiting)
    || (one.isWaiting ? 0 : levelRank(callLevel(other, now)) - levelRank(callLevel(one, now)))
    || compare(one.since_at ?? Infinity, other.since_at ?? Infinity));
}

function keyOf(keys, sort) {
  const name = sort.replace(/^-/, "");
  return keys[name] ? { key: keys[name], sign: sort.startsWith("-") ? -1 : 1 } : null;
}

function order(views, column, worst) {
  return [...views].sort((one, other) => (column ? column.sign * compare(column.key(one), column.key(other)) : worst(one, other))
    || collator.compare(one.name ?? "", other.name ?? "") || (one.id < other.id ? -1 : 1)).map(({ id }) => id);
}

function compare(one, other) {
  if (typeof one === "string") return collator.compare(one, String(other));
  return one === other ? 0 : one - other;
}
