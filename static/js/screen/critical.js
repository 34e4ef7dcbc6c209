/** Which of a screen's boards have something critical, first of all the one that has it longest. */

import { QueueLevels } from "../levels.js";
import { Merger, displayName } from "../merge.js";

/** One board that is not necessarily shown: its levels are kept, its widgets are not drawn. */
class Watched {
  #config; #levels;
  #merger = new Merger();
  sinceAt = null;

  constructor(config) {
    this.#config = config;
    this.#levels = new QueueLevels(config.board.levels);
  }

  look(store, now) {
    const parts = this.#config.streams.map((name) => {
      const { state, source } = store.stream(name);
      return { name: displayName(name), state, skew_ms: source?.skew_ms ?? 0 };
    });
    this.#levels.update(this.#merger.merge(parts).queues ?? {}, now);
    const isCritical = Object.values(this.#levels.byQueue).includes("critical");
    this.sinceAt = isCritical ? this.sinceAt ?? now : null;
  }
}

export class CriticalBoards {
  #watched;

  /** `boards` are the screen's configurations by slug. */
  constructor(boards) {
    this.#watched = new Map(Object.entries(boards).map(([slug, config]) => [slug, new Watched(config)]));
  }

  /** The slugs of boards on which something is critical now. */
  look(store, now) {
    for (const board of this.#watched.values()) board.look(store, now);
    const critical = [...this.#watched].filter(([, { sinceAt }]) => sinceAt !== null);
    return critical.sort(([, one], [, other]) => one.sinceAt - other.sinceAt).map(([slug]) => slug);
  }
}
