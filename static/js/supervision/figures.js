/** The figures of the strip. Pure. */

import { isInbound, worstLevel } from "../levels.js";
import { AGENT_GROUPS } from "./filter.js";
import { callLevel } from "./trouble.js";

/** `{waiting, oldest_at, queue, level, groups, total}` of the views: callers who wait (e-mails aside), and agents by group. */
export function deskFigures({ agents, calls }, now) {
  const waiting = [...calls.values()].filter((view) => view.isWaiting && view.type !== "email");
  const oldest = waiting.reduce((one, other) => ((other.entered_at ?? Infinity) < (one?.entered_at ?? Infinity) ? other : one), null);
  const groups = Object.fromEntries(Object.keys(AGENT_GROUPS).map((name) => [name, 0]));
  const groupOf = Object.fromEntries(Object.entries(AGENT_GROUPS).flatMap(([name, states]) => states.map((state) => [state, name])));
  for (const { state } of agents.values()) groups[groupOf[state] ?? "unknown"] += 1;
  return {
    waiting: waiting.length,
    oldest_at: oldest?.entered_at ?? null,
    queue: oldest?.queue ?? null,
    level: worstLevel(waiting.map((view) => callLevel(view, now))),
    groups,
    total: agents.size,
  };
}

/** Queues for choices: `[{id, title, number, type, isInbound, waiting, ready}]` by title, those without a title by their number. */
export function queueChoices(queues, title) {
  return Object.entries(queues)
    .map(([id, queue]) => ({
      id, title: queue.title ?? queue.number ?? title, number: queue.number, type: queue.type, isInbound: isInbound(queue), waiting: queue.calls_waiting, ready: queue.agents_ready,
    }))
    .sort((one, other) => collator.compare(one.title, other.title) || (one.id < other.id ? -1 : 1));
}

const collator = new Intl.Collator("cs", { numeric: true });
