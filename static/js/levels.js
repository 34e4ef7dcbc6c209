/** When a figure needs a person: normal, warning or critical. Pure: the time is an argument. */

export const LEVELS = ["normal", "warning", "critical"];

const THRESHOLD_S = 20;
/** Waits are multiples of the queue's service-level threshold. */
const WAIT_OF_THRESHOLD = { warning: 3, critical: 9 };
const WAIT_LEAVES_AT = 0.75;

/** Limits where neither the widget nor the board has its own. Figures that are not here have no level by themselves. */
export const DEFAULT_LIMITS = {
  waiting: { warning: { enter: 3, leave: 2 }, critical: { enter: 6, leave: 4 }, hold_s: 5 },
  service_level: { warning: { enter: 0.8, leave: 0.81 }, critical: { enter: 0.7, leave: 0.72 }, hold_s: 10 },
  service_level_live: { warning: { enter: 0.8, leave: 0.81 }, critical: { enter: 0.7, leave: 0.72 }, hold_s: 10 },
  abandon_rate: { warning: { enter: 0.05, leave: 0.045 }, critical: { enter: 0.1, leave: 0.09 }, hold_s: 10 },
  budget: { warning: { enter: 0, leave: 2 }, critical: { enter: -5, leave: -3 }, hold_s: 10 },
};

/** The limits of a single figure: its widget's own come first, then the board's, then `derived` ones, then ours; null if it has none. */
export function figureLimits(figure, { own, board, derived = null }) {
  return own ?? board?.[figure] ?? derived ?? DEFAULT_LIMITS[figure] ?? null;
}

/**
 * The level after a value: `{level, held_at}`, to be given back with the next one; `memory` is null at first.
 *
 * `limits` are `{warning: {enter, leave}, critical: {enter, leave}, hold_s}`, each may be missing. A level begins at `enter` and ends
 * at `leave`; where `leave` is above `enter`, low values are bad (`isLow` says so where they are equal). It rises at once, and falls
 * only `hold_s` after the value last held it. An unknown value (null) is normal.
 */
export function levelNext(memory, { value, limits, now, isLow = false }) {
  const before = memory && memory.held_at <= now ? memory : { level: memory?.level ?? "normal", held_at: now };
  const level = levelOf(before.level, { value, limits: limits ?? {}, isLow });
  if (levelRank(level) >= levelRank(before.level)) return level === before.level && before.held_at === now ? before : { level, held_at: now };
  return now - before.held_at >= (limits?.hold_s ?? 0) * 1000 ? { level, held_at: now } : before;
}

function levelOf(before, { value, limits, isLow }) {
  if (value === null || value === undefined) return "normal";
  for (const level of ["critical", "warning"]) {
    const limit = limits[level];
    if (!limit) continue;
    const wasIn = levelRank(before) >= levelRank(level);
    if (isBeyond(value, limit, limit.enter, isLow) || (wasIn && !hasLeft(value, limit, isLow))) return level;
  }
  return "normal";
}

function isBeyond(value, limit, at, isLow) {
  return isLowBad(limit, isLow) ? value <= at : value >= at;
}

function hasLeft(value, limit, isLow) {
  return isLowBad(limit, isLow) ? value >= limit.leave : value <= limit.leave;
}

function isLowBad({ enter, leave }, isLow) {
  return enter === leave ? isLow : leave > enter;
}

/** How far below its goal a service level is critical, and how far above a limit the level ends again. */
const CRITICAL_BELOW_GOAL = 0.1;
const LEAVES_ABOVE = 0.01;
const JUST_BELOW = 1e-6;

/** Limits of a service level with a goal: missing it is a warning, missing it by ten points critical. Null without a goal. */
export function goalLimits(goal) {
  if (goal === null) return null;
  const limit = (enter) => ({ enter, leave: enter + LEAVES_ABOVE });
  return { warning: limit(goal - JUST_BELOW), critical: limit(goal - CRITICAL_BELOW_GOAL), hold_s: 10 };
}

/** Whether callers come in on this queue; outbound queues have no level. */
export function isInbound(queue) {
  return queue.direction !== "out";
}

/** E-mails are answered within hours: how many wait is no alarm. */
function hasLevel(queue) {
  return isInbound(queue) && queue.type !== "email";
}

/** By how long the longest caller has waited, in seconds: the board's own limits, else multiples of the queue's threshold. */
export function waitLimits(queue, own) {
  if (own) return own;
  const threshold = queue.threshold_s ?? THRESHOLD_S;
  const limit = (level) => ({ enter: WAIT_OF_THRESHOLD[level] * threshold, leave: WAIT_OF_THRESHOLD[level] * threshold * WAIT_LEAVES_AT });
  return { warning: limit("warning"), critical: limit("critical"), hold_s: DEFAULT_LIMITS.waiting.hold_s };
}

/** How bad the wait of one caller is by itself; `limits` are the board's own for the longest wait, if it has any. Unknown is normal. */
export function callLevel({ entered_at }, { queue, limits, now }) {
  const value = entered_at === null ? null : (now - entered_at) / 1000;
  return levelNext(null, { value, limits: waitLimits(queue, limits), now }).level;
}

/** Somebody waits where nobody is logged in: 1. */
const DESERTED_LIMITS = { critical: { enter: 1, leave: 0 }, hold_s: DEFAULT_LIMITS.waiting.hold_s };

/**
 * A queue's level after `memory` (null at first), as `{level, waiting, wait, deserted}`: by callers waiting, by the longest wait, and critical
 * when somebody waits where nobody is logged in. `limits` are the board's own by figure.
 */
export function queueLevelNext(memory, { queue, limits = {}, now }) {
  if (!hasLevel(queue)) return { level: "normal", waiting: null, wait: null, deserted: null };
  const count = queue.calls_waiting ?? 0;
  const seconds = queue.oldest_waiting_at === null || count === 0 ? 0 : Math.max(0, now - queue.oldest_waiting_at) / 1000;
  const waiting = levelNext(memory?.waiting ?? null, { value: count, limits: limits.waiting ?? DEFAULT_LIMITS.waiting, now });
  const wait = levelNext(memory?.wait ?? null, { value: seconds, limits: waitLimits(queue, limits.longest_wait_now_s), now });
  const isDeserted = count > 0 && queue.agents_total === 0;
  const deserted = levelNext(memory?.deserted ?? null, { value: Number(isDeserted), limits: DESERTED_LIMITS, now });
  return { level: worstLevel([waiting.level, wait.level, deserted.level]), waiting, wait, deserted };
}

/** What a queue's level rests on. */
export const QUEUE_ENDPOINTS = ["RTStatsQueues", "RTStatsCalls", "RTStatsSessions"];

/** The levels of all queues of a board, remembered from one moment to the next. */
export class QueueLevels {
  /** From the queue's id to its level; another object whenever one of them changed. */
  byQueue = Object.freeze({});
  #limits;
  #memory = new Map();

  constructor(limits) {
    this.#limits = limits ?? {};
  }

  /** True if a level changed. The level of a queue that is not current (`isCurrent(id)`) stays as it was. */
  update(queues, now, isCurrent = () => true) {
    const memory = new Map();
    const levels = Object.create(null);
    for (const [id, queue] of Object.entries(queues)) {
      const before = this.#memory.get(id) ?? null;
      const next = isCurrent(id) ? queueLevelNext(before, { queue, limits: this.#limits, now }) : before;
      if (next) memory.set(id, next);
      levels[id] = next?.level ?? "normal";
    }
    this.#memory = memory;
    const ids = Object.keys(levels);
    if (ids.length === Object.keys(this.byQueue).length && ids.every((id) => this.byQueue[id] === levels[id])) return false;
    this.byQueue = Object.freeze(levels);
    return true;
  }
}

/** The level of the agents who are ready: trouble only while callers wait. */
export function readyLevel({ idle, total }, waiting) {
  if (waiting === 0 || idle > 0) return "normal";
  return total === 0 ? "critical" : "warning";
}

/** By the rank of readyLevel. */
const READY_LIMITS = { warning: { enter: 1, leave: 0 }, critical: { enter: 2, leave: 1 }, hold_s: DEFAULT_LIMITS.waiting.hold_s };

/** The same after `memory` (null at first), as levelNext gives it: it holds for a time. */
export function readyLevelNext(memory, { counts, waiting, now }) {
  return levelNext(memory, { value: levelRank(readyLevel(counts, waiting)), limits: READY_LIMITS, now });
}

/** The worst of the levels given; normal if there are none. */
export function worstLevel(levels) {
  return levels.reduce((one, other) => (levelRank(other) > levelRank(one) ? other : one), "normal");
}

export function levelRank(level) {
  return LEVELS.indexOf(level);
}
