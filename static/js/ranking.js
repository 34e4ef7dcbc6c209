/** The order of the queue tiles: problems first, and calm. Pure: the time is an argument. */

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

const collator = new Intl.Collator("cs", { numeric: true });

function compareTitles(one, other) {
  return collator.compare(one ?? "", other ?? "");
}
