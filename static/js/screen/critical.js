/** Which of a screen's boards have something critical, first of all the one that has it longest. */

import { freshnessOfAll, isCurrent } from "../freshness.js";
import { QUEUE_ENDPOINTS } from "../levels.js";
import { Merger, streamOf } from "../merge.js";
import { ShownFigures } from "../shown-figures.js";
import { ShownLevels } from "../shown.js";
import { EMPTY_STATE } from "../store.js";
import { freshnessBy, partsOf } from "../streams.js";

/** One board that is not necessarily shown: its levels are kept, its widgets are not drawn. What no widget of it shows is no reason to look at it. */
class Watched {
  #config; #figures; #levels;
  #merger = new Merger();
  sinceAt = null;

  constructor(config) {
    this.#config = config;
    this.#levels = new ShownLevels(config.board);
    this.#figures = new ShownFigures(config.board);
  }

  /** What is not current was critical, perhaps: it calls nobody until it is known again. */
  look(session, now) {
    const { streams } = this.#config;
    const fresh = freshnessBy(session, streams, { endpoints: QUEUE_ENDPOINTS, now });
    const state = { ...EMPTY_STATE, ...this.#merger.merge(partsOf(session, streams)) };
    const hasQueue = this.#hasQueue(state, fresh, now);
    const hasFigure = this.#hasFigure(state, fresh, now);
    this.sinceAt = hasQueue || hasFigure ? this.sinceAt ?? now : null;
  }

  #hasQueue({ queues }, fresh, now) {
    const isKnown = (id) => isCurrent(fresh.get(streamOf(id)));
    this.#levels.update(queues, now, isKnown);
    return Object.entries(this.#levels.shown).some(([id, level]) => level === "critical" && isKnown(id));
  }

  /** A figure rests on all the board's streams, as its widget does. */
  #hasFigure(state, fresh, now) {
    if (!isCurrent(freshnessOfAll(fresh))) return false;
    this.#figures.update(state, now);
    return this.#figures.isCritical;
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
