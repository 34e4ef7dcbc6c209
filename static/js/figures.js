/** A figure of a board's slice, by its name as in dashboard/boards/figures.py. Pure: the time is an argument. */

import { activeCalls, agentCounts, isWaiting, waitingCalls } from "./kpi.js";
import { CATALOGUE, EMPTY_FIGURES, figureValue, goalOf, isWaitingLate, rulesOf } from "./metrics.js";

const OF_BOARDS = {
  over_threshold: { unit: "count", better: "down" },
  calls_active: { unit: "count", better: null },
  agents_acw: { unit: "count", better: null },
};

/** `{unit, better}` of a figure; null if this page does not know it. */
export function figureKind(key) {
  return OF_BOARDS[key] ?? CATALOGUE[key] ?? null;
}

/** Whether the figure is of this moment, not of a window. */
export function isOfNow(key) {
  return key in OF_BOARDS || CATALOGUE[key]?.windows.length === 0;
}

/**
 * Whether a queue is in figures over several queues, by the rule of dashboard/figures/counted.py: an e-mail queue only where the
 * widget names it (`isNamed`), an outbound one only there and in figures of outbound calls.
 */
function isCounted(queue, { key, isNamed }) {
  if (isNamed) return true;
  return queue.type !== "email" && (queue.direction !== "out" || key.startsWith("outbound"));
}

/**
 * What metrics.js calls parts: each queue's counts of the window, its rules, and who waits past the threshold. A queue has no row
 * until a wait has ended in the window; those who wait past the threshold are misses all the same.
 */
export function partsOf({ queues, calls, figures }, { window, now, isNamed, key = "" }) {
  // Who came outside business hours is in no figure, however long the wait.
  const late = lateByQueue({ queues, calls }, now, (call) => !call.outside_hours);
  const parts = [];
  for (const [id, queue] of Object.entries(queues)) {
    if (!isCounted(queue, { key, isNamed })) continue;
    const row = figures[`${id}:${window}`] ?? (isKnown(queue.calls_waiting) ? EMPTY_FIGURES : null);
    if (row) parts.push({ figures: row, rules: rulesOf(queue), waiting_late: late.get(id) ?? 0 });
  }
  return parts;
}

/** The value of a figure: a number, null if nobody counted or it is not known. `slice` holds queues, calls, agents and figures; `isNamed`: its queues were chosen. */
export function boardFigure(key, slice, { window = "today", now, isNamed }) {
  if (key === "over_threshold") return total([...lateByQueue(slice, now).values()]);
  if (key === "calls_active") return activeCalls(slice.calls).length;
  if (key === "agents_acw") return agentCounts(slice.agents).acw;
  if (key === "longest_wait_now_s") return longestWaitS(slice, now);
  const nowFigures = isOfNow(key) || key === "agents_needed" ? nowOf(slice, now) : {};
  return figureValue(key, partsOf(slice, { window, now, isNamed, key }), { window, now: nowFigures }) ?? null;
}

/** The goal all queues of the slice share; null if they differ. */
export function goalOfSlice(slice, { window, now, isNamed }) {
  return goalOf(partsOf(slice, { window, now, isNamed }));
}

function nowOf({ queues, calls, agents }, now) {
  const waiting = waitingCalls(calls, queues);
  const counts = agentCounts(agents);
  return {
    waiting: waiting.length,
    oldest_waiting_at: waiting[0]?.[1].entered_at ?? null,
    now_at: now,
    agents_total: counts.total,
    agents_ready: counts.idle,
    agents_busy: counts.speaking + counts.on_hold + counts.ringing + counts.calling,
    agents_paused: counts.paused + counts.acw,
  };
}

function longestWaitS({ queues, calls }, now) {
  const at = waitingCalls(calls, queues)[0]?.[1].entered_at ?? null;
  return at === null ? null : Math.max(0, now - at) / 1000;
}

function lateByQueue({ queues, calls }, now, counts = () => true) {
  const late = new Map();
  for (const call of Object.values(calls)) {
    if (!isWaiting(call, queues) || call.entered_at === null || !counts(call)) continue;
    if (isWaitingLate(now - call.entered_at, rulesOf(queues[call.queue_id]))) late.set(call.queue_id, (late.get(call.queue_id) ?? 0) + 1);
  }
  return late;
}

function isKnown(value) {
  return value !== null && value !== undefined;
}

function total(values) {
  return values.reduce((one, other) => one + other, 0);
}
