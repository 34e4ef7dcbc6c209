/** When a figure needs a person: normal, warning or critical. Pure: the time is an argument. */

export const LEVELS = ["normal", "warning", "critical"];

/** Defaults until boards carry their own. Waits are multiples of the queue's service-level threshold. */
const WAITING = { warning: 3, critical: 6 };
const WAIT_OF_THRESHOLD = { warning: 3, critical: 9 };
const THRESHOLD_S = 20;

/** Whether callers come in on this queue; outbound queues have no level. */
export function isInbound(queue) {
  return queue.direction !== "out";
}

/** E-mails are answered within hours: how many wait is no alarm. */
function hasLevel(queue) {
  return isInbound(queue) && queue.type !== "email";
}

/** The level of a queue: by callers waiting, by the longest wait, and critical when somebody waits where nobody is logged in. */
export function queueLevel(queue, now) {
  if (!hasLevel(queue)) return "normal";
  const waiting = queue.calls_waiting ?? 0;
  const wait = queue.oldest_waiting_at === null ? 0 : now - queue.oldest_waiting_at;
  const threshold = (queue.threshold_s ?? THRESHOLD_S) * 1000;
  if (waiting > 0 && queue.agents_total === 0) return "critical";
  for (const level of ["critical", "warning"]) {
    if (waiting >= WAITING[level] || wait > WAIT_OF_THRESHOLD[level] * threshold) return level;
  }
  return "normal";
}

/** The level of the agents who are ready: trouble only while callers wait. */
export function readyLevel({ idle, total }, waiting) {
  if (waiting === 0 || idle > 0) return "normal";
  return total === 0 ? "critical" : "warning";
}

/** The worst of the levels given; normal if there are none. */
export function worstLevel(levels) {
  return levels.reduce((one, other) => (levelRank(other) > levelRank(one) ? other : one), "normal");
}

export function levelRank(level) {
  return LEVELS.indexOf(level);
}
