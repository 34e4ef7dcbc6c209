/** The order of tiles and lists: problems first, and calm. Pure: the time is an argument. */

import { isInbound, levelRank } from "./levels.js";

const HOLD_MS = 10_000;

/**
 * Move each queue to the place of its level only once it has held that level for ten seconds; a queue seen for the first time
 * takes its place at once.
 *
 * `places` maps an id to `{place, level, since}` and is what the last call returned; `levels` maps an id to its level now.
 */
export function placesNext(places, levels, now) {
  const next = new Map();
  for (const [id, level] of levels) {
    const before = places.get(id);
    if (!before) next.set(id, { place: level, level, since: now });
    else if (before.level !== level) next.set(id, { place: before.place, level, since: now });
    else if (before.place !== level && now - before.since >= HOLD_MS) next.set(id, { place: level, level, since: before.since });
    else next.set(id, before);
  }
  return next;
}

/** The ids in order: worst place first, then inbound before outbound, then by title. */
export function queueOrder(queues, places) {
  return Object.keys(queues).sort((one, other) => levelRank(places.get(other).place) - levelRank(places.get(one).place)
    || Number(isInbound(queues[other])) - Number(isInbound(queues[one]))
    || compareTitles(queues[one].title, queues[other].title)
    || compareTitles(one, other));
}

/** A list of what has a `level`, the worst first; within a level the order stays. */
export function worstFirst(items) {
  return [...items].sort((one, other) => levelRank(other.level) - levelRank(one.level));
}

/** The longest wait of each queue as `{id, call, count, level}`, worst first. `waiting` are `[id, call]`, longest first; `levels` of queues. */
export function longestByQueue(waiting, levels) {
  const byQueue = new Map();
  for (const [id, call] of waiting) {
    const known = byQueue.get(call.queue_id);
    if (known) known.count += 1;
    else byQueue.set(call.queue_id, { id, call, count: 1, level: levels[call.queue_id] ?? "normal" });
  }
  return worstFirst([...byQueue.values()]);
}

const collator = new Intl.Collator("cs", { numeric: true });

function compareTitles(one, other) {
  return collator.compare(one ?? "", other ?? "");
}
