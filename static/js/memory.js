/** What a page remembers of boards that take turns, so that none begins anew each time: levels, and what widgets have read. Pure. */

import { ShownLevels } from "./shown.js";

/** A board that was away for longer begins anew: what is critical on it by then is news. */
const FORGET_MS = 900_000;

/** Of one board. */
class BoardMemory {
  levels;
  #widgets = new Map();

  constructor(board) {
    this.levels = new ShownLevels(board);
  }

  /** An object that is the widget's own, the same whenever the same widget with the same options is made again. */
  widget({ id, type, options }) {
    const key = JSON.stringify([id, type, options]);
    if (!this.#widgets.has(key)) this.#widgets.set(key, {});
    return this.#widgets.get(key);
  }
}

export class Memories {
  #boards = new Map();
  #current = null;

  /** The memory of a board that is shown from now on; `now` in milliseconds that only grow. */
  of(board, now) {
    const { slug, levels } = board;
    if (this.#current) this.#current.left_at = now;
    const limits = JSON.stringify(levels);
    const known = this.#boards.get(slug);
    const isGood = known && known.limits === limits && now - known.left_at < FORGET_MS;
    this.#current = isGood ? known : { limits, left_at: now, memory: new BoardMemory(board) };
    if (isGood) known.memory.levels.wear(board);
    this.#boards.set(slug, this.#current);
    return this.#current.memory;
  }
}
