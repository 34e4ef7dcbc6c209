/**
 * Figures from the counts of the live state's `figures`. Pure; the same formulas as dashboard/domain/kpi, held to it by shared
 * cases (tests/cases/metrics.json). Shares are from 0 to 1, times are seconds, null is "nobody counted" or "not known".
 *
 * A part is `{figures, rules, waiting_late}`: one queue's row, its rules (`{threshold_s, short_s, goal, variant}`, as its queue row
 * has them), and how many callers of it wait past the threshold now. Figures over several queues are sums over sums.
 */

import { CATALOGUE, VARIANTS, WINDOW_S } from "./metrics-table.js";
import { hasOwn } from "./own.js";

export { CATALOGUE, VARIANTS, WINDOW_S };

const ALWAYS_KNOWN = [
  "answered_in", "answered_late", "abandoned_short", "abandoned_in", "abandoned_late", "wait_answered_s", "wait_all_s",
  "talk_s", "hold_s", "acw_s", "outbound", "outbound_answered", "provisional", "running",
];
const KNOWN_PARTS = ["flowed_out", "numbered", "repeats"];
const ALL_OR_NOTHING = ["ready_s", "expected_more"];
/** The row of a queue in which no wait has ended; as `figures_empty` in Python. */
export const EMPTY_FIGURES = Object.freeze(Object.fromEntries([
  ...ALWAYS_KNOWN.map((name) => [name, 0]),
  ...[...KNOWN_PARTS, ...ALL_OR_NOTHING, "longest_wait_s"].map((name) => [name, null]),
]));
const DEFAULT_VARIANT = "no_short";
const ALMOST_ZERO = 1e-9;
const AGENTS_AT_MOST = 10_000;

/** The rules used where a queue has none yet. */
export const DEFAULT_RULES = { threshold_s: 20, short_s: 5, goal: 0.8, variant: DEFAULT_VARIANT };

/** The variant of that name, as in `VARIANTS`; the default one for a word that is not known. */
export function variantOf(word) {
  return hasOwn(VARIANTS, word ?? "") ? VARIANTS[word] : VARIANTS[DEFAULT_VARIANT];
}

/** The rules of a queue row; the default where one is not known. */
export function rulesOf(queue) {
  const known = Object.entries(DEFAULT_RULES).map(([name, value]) => [name, queue?.[name] ?? value]);
  return Object.fromEntries(known);
}

/** A caller who has waited this long is past the threshold. Whole seconds count, as they will when the wait has ended. */
export function isWaitingLate(waitedMs, rules) {
  return Math.floor(waitedMs / 1000) > rules.threshold_s;
}

/**
 * What became of a call whose wait has ended: one of the counts of a figure row, or outbound, other, outside_hours, unknown.
 * `waitS` is whole seconds from entering the queue to answer or end, null if unknown.
 */
export function outcomeOf({ rules, direction, isAnswered, waitS, hasFlowedOut = false, isOpen = true }) {
  if (!isOpen) return "outside_hours";
  if (direction !== "in") return direction === "out" ? "outbound" : "other";
  if (waitS === null || waitS === undefined) return "unknown";
  if (isAnswered) return waitS <= rules.threshold_s ? "answered_in" : "answered_late";
  if (hasFlowedOut) return "flowed_out";
  if (waitS <= rules.short_s) return "abandoned_short";
  return waitS <= rules.threshold_s ? "abandoned_in" : "abandoned_late";
}

/** The figures of all rows together, the longest wait by its maximum; null if there is no row. */
export function figuresAdded(rows) {
  if (!rows.length) return null;
  const sums = {};
  for (const name of ALWAYS_KNOWN) sums[name] = total(rows.map((row) => row[name] ?? 0));
  for (const name of [...KNOWN_PARTS, ...ALL_OR_NOTHING]) {
    const known = rows.map((row) => row[name]).filter(isKnown);
    const enough = ALL_OR_NOTHING.includes(name) ? known.length === rows.length : known.length > 0;
    sums[name] = enough ? total(known) : null;
  }
  const waits = rows.map((row) => row.longest_wait_s).filter(isKnown);
  sums.longest_wait_s = waits.length ? waits.reduce((one, other) => Math.max(one, other)) : null;
  return sums;
}

export function answered(row) {
  return row.answered_in + row.answered_late;
}

/** Answered calls that have ended: of those that go on nobody knows yet how long they take. */
function handled(row) {
  return answered(row) - (row.running ?? 0);
}

/** All who gave up, short abandons too. */
export function abandoned(row) {
  return row.abandoned_short + row.abandoned_in + row.abandoned_late;
}

/** All whose wait has ended; calls that flowed out as far as they are seen. */
export function offered(row) {
  return answered(row) + abandoned(row) + (row.flowed_out ?? 0);
}

/** Average speed of answer. */
export function asaS(row) {
  return ratio(row.wait_answered_s, answered(row));
}

export function averageWaitS(row) {
  return ratio(row.wait_all_s, offered(row));
}

export function averageTalkS(row) {
  return ratio(row.talk_s, handled(row));
}

/** Average handle time. */
export function ahtS(row) {
  return ratio(workS(row), handled(row));
}

export function occupancy(row) {
  return isKnown(row.ready_s) ? ratio(workS(row), workS(row) + row.ready_s) : null;
}

export function repeatFreeRate(row) {
  if (!isKnown(row.numbered) || !isKnown(row.repeats)) return null;
  const repeated = ratio(row.repeats, row.numbered);
  return repeated === null ? null : 1 - repeated;
}

/** Whether the abandon rate beside this variant has short abandons in it. */
export function countsShortAbandons(variant) {
  return variantOf(variant).counted.includes("abandoned_short");
}

/** Abandoned / offered over the parts; short abandons in or out as each one's variant has it. */
export function abandonRate(parts) {
  const short = ({ figures, rules }) => (countsShortAbandons(rules.variant) ? 0 : figures.abandoned_short);
  return ratio(
    total(parts.map((part) => abandoned(part.figures) - short(part))),
    total(parts.map((part) => offered(part.figures) - short(part))),
  );
}

/**
 * `{hits, counted, value, is_flow_unknown}` over the parts, each by its own variant. Live also counts those waiting past the
 * threshold, as misses. `is_flow_unknown`: calls that flowed out would count, and nobody can see them.
 */
export function serviceLevel(parts, { live }) {
  let hits = 0;
  let counted = 0;
  let isFlowUnknown = false;
  for (const { figures, rules, waiting_late: late = 0 } of parts) {
    const variant = variantOf(rules.variant);
    hits += total(variant.hits.map((term) => figures[term] ?? 0));
    counted += total(variant.counted.map((term) => figures[term] ?? 0)) + (live ? late : 0);
    isFlowUnknown ||= variant.counted.includes("flowed_out") && !isKnown(figures.flowed_out);
  }
  return { hits, counted, value: ratio(hits, counted), is_flow_unknown: isFlowUnknown };
}

/** The goal that all parts share; null if they differ or there are none. */
export function goalOf(parts) {
  const goals = new Set(parts.map(({ rules }) => rules.goal));
  return goals.size === 1 ? [...goals][0] : null;
}

/** Misses still allowed today to hold the goals, below 0 if the goal is lost; null while nobody knows how many calls will come. */
export function budget(parts) {
  let allowed = 0;
  let missed = 0;
  for (const part of parts) {
    if (!isKnown(part.figures.expected_more)) return null;
    const { hits, counted } = serviceLevel([part], { live: true });
    allowed += (1 - part.rules.goal) * (counted + part.figures.expected_more);
    missed += counted - hits;
  }
  return parts.length ? Math.floor(allowed + ALMOST_ZERO) - missed : null;
}

/** Pw of Erlang C: the share of callers who have to wait; 1 if there are not more agents than Erlangs. */
export function erlangWaiting({ load, agents }) {
  if (load <= 0) return 0;
  if (agents <= load) return 1;
  let blocked = 1;
  for (let count = 1; count <= agents; count += 1) blocked = (load * blocked) / (count + load * blocked);
  return waitingOf(load, agents, blocked);
}

/** The service level of Erlang C; 0 if the queue would grow without end. */
export function erlangServiceLevel({ load, agents, aht_s: aht, threshold_s: threshold }) {
  if (load <= 0) return 1;
  if (agents <= load) return 0;
  return 1 - erlangWaiting({ load, agents }) * Math.exp((-(agents - load) * threshold) / aht);
}

/** The fewest agents whose service level reaches the goal; null without calls or handle time, or if no number does. */
export function agentsNeeded({ calls, interval_s: interval, aht_s: aht, threshold_s: threshold, goal }) {
  if (!calls || !aht || goal >= 1) return null;
  const load = (calls / interval) * aht;
  if (load >= AGENTS_AT_MOST) return null;
  let blocked = 1;
  for (let agents = 1; agents <= AGENTS_AT_MOST; agents += 1) {
    blocked = (load * blocked) / (agents + load * blocked);
    if (agents <= load) continue;
    const level = 1 - waitingOf(load, agents, blocked) * Math.exp((-(agents - load) * threshold) / aht);
    if (level >= goal) return agents;
  }
  return null;
}

const OF_ROW = {
  offered, answered, abandoned, asa_s: asaS, average_wait_s: averageWaitS, average_talk_s: averageTalkS, aht_s: ahtS,
  occupancy, repeat_free_rate: repeatFreeRate,
};
const OF_PARTS = {
  service_level_live: (parts) => serviceLevel(parts, { live: true }).value,
  service_level: (parts) => serviceLevel(parts, { live: false }).value,
  goal: goalOf,
  budget,
  abandon_rate: abandonRate,
};
const OF_NOW = ["waiting", "agents_total", "agents_ready", "agents_busy", "agents_paused"];

/**
 * The value of a figure of `CATALOGUE`. `now`: `{waiting, oldest_waiting_at, now_at, agents_total, agents_ready, agents_busy,
 * agents_paused}` of these queues, agents distinct; what is missing is unknown. Undefined for a figure that does not exist.
 */
export function figureValue(key, parts, { window = "today", now = {} } = {}) {
  if (!hasOwn(CATALOGUE, key)) return undefined;
  if (OF_NOW.includes(key)) return now[key] ?? null;
  if (key === "longest_wait_now_s") return longestWaitNow(now);
  const row = figuresAdded(parts.map(({ figures }) => figures));
  if (row === null) return null;
  if (key === "agents_needed") return agentsNeededOf(parts, row, window, now);
  if (hasOwn(OF_PARTS, key)) return OF_PARTS[key](parts);
  return hasOwn(OF_ROW, key) ? OF_ROW[key](row) : row[key];
}

function longestWaitNow({ oldest_waiting_at: at, now_at: nowAt }) {
  return isKnown(at) ? Math.floor(Math.max(0, nowAt - at) / 1000) : null;
}

/** By the strictest of the queues' thresholds and goals. Callers who wait are arrivals too. */
function agentsNeededOf(parts, row, window, now) {
  if (!hasOwn(WINDOW_S, window)) return null;
  return agentsNeeded({
    calls: offered(row) + (now.waiting ?? 0),
    interval_s: WINDOW_S[window],
    aht_s: ahtS(row),
    threshold_s: parts.map(({ rules }) => rules.threshold_s).reduce((one, other) => Math.min(one, other)),
    goal: parts.map(({ rules }) => rules.goal).reduce((one, other) => Math.max(one, other)),
  });
}

function waitingOf(load, agents, blocked) {
  return (agents * blocked) / (agents - load * (1 - blocked));
}

function workS(row) {
  return row.talk_s + row.hold_s + row.acw_s;
}

function ratio(numerator, denominator) {
  return denominator ? numerator / denominator : null;
}

function total(values) {
  return values.reduce((one, other) => one + other, 0);
}

function isKnown(value) {
  return value !== null && value !== undefined;
}
