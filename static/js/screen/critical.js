/** Which of a screen's boards have something critical, first of all the one that has it longest. */

import { isCurrent } from "../freshness.js";
import { QUEUE_ENDPOINTS } from "../levels.js";
import { Merger, streamOf } from "../merge.js";
import { ShownLevels } from "../shown.js";
import { freshnessBy, partsOf } from "../streams.js";

/** One board that is not necessarily shown: its levels are kept, its widgets are not drawn. What no widget of it shows is no reason to look at it. */
class Watched {
  #config; #levels;
  #merger = new Merger();
  sinceAt = null;

  constructor(config) {
    this.#config = config;
    this.#levels = new ShownLevels(config.board);
  }

  /** What is not current was critical, perhaps: it calls nobody until it is known again. */
  look(session, now) {
    const { streams } = this.#config;
    const fresh = freshnessBy(session, streams, { endpoints: QUEUE_ENDPOINTS, now });
    const isKnown = (id) => isCurrent(fresh.get(streamOf(id)));
    this.#levels.update(this.#merger.merge(partsOf(session, streams)).queues ?? {}, now, isKnown);
    const isCritical = Object.entries(this.#levels.shown).some(([id, level]) => level === "critical" && isKnown(id));
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
