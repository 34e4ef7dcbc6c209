/** Which of a screen's boards have something critical, first of all the one that has it longest. */

import { freshness, isCurrent } from "../freshness.js";
import { QUEUE_ENDPOINTS, QueueLevels } from "../levels.js";
import { Merger, displayName, streamOf } from "../merge.js";
import { queuesShown } from "../shown.js";

/** One board that is not necessarily shown: its levels are kept, its widgets are not drawn. What no widget of it shows is no reason to look at it. */
class Watched {
  #config; #levels; #isShown;
  #merger = new Merger();
  sinceAt = null;

  constructor(config) {
    this.#config = config;
    this.#levels = new QueueLevels(config.board.levels);
    this.#isShown = queuesShown(config.board);
  }

  /** What is not current was critical, perhaps: it calls nobody until it is known again. */
  look(session, now) {
    const current = new Set();
    const parts = this.#config.streams.map((name) => {
      const { state, source } = session.store.stream(name);
      if (isCurrent(freshness({ source, endpoints: QUEUE_ENDPOINTS, now, contact: session.contact(name) }))) current.add(displayName(name));
      return { name: displayName(name), state, skew_ms: source?.skew_ms ?? 0 };
    });
    const isKnown = (id) => current.has(streamOf(id));
    this.#levels.update(this.#merger.merge(parts).queues ?? {}, now, isKnown);
    const isCritical = Object.entries(this.#levels.byQueue).some(([id, level]) => level === "critical" && isKnown(id) && this.#isShown(id));
    this.sinceAt = isCritical ? this.sinceAt ?? now : null;
  }
}

export class CriticalBoards {
  #watched;

  /** `boards` are the screen's configurations by slug. */
  constructor(boards) {
    this.#watched = new Map(Object.entries(boards).map(([slug, config]) => [slug, new Watched(config)]));
  }

  /** The slugs of boards on which something is critical at `now`, by what the session knows. */
  look(session, now) {
    for (const board of this.#watched.values()) board.look(session, now);
    const critical = [...this.#watched].filter(([, { sinceAt }]) => sinceAt !== null);
    return critical.sort(([, one], [, other]) => one.sinceAt - other.sinceAt).map(([slug]) => slug);
  }
}
