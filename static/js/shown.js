/** Which queues a board's widgets show, and how bad each looks there. Pure: the time is an argument. */

import { QueueLevels, levelNext, worstLevel } from "./levels.js";

const OF_QUEUES = new Set(["callers", "longest", "queue", "queue-table", "queues"]);

/**
 * `{isByBoard, own}` of a board's configuration: whether a widget shows the queue of this id by the board's limits, as a function; and by
 * queue the limits that widgets have for themselves.
 */
function queuesShown({ layout, automatic }) {
  const widgets = (layout?.widgets ?? automatic).filter(({ type }) => OF_QUEUES.has(type));
  const own = new Map();
  for (const { options } of widgets) if (options.levels) own.set(options.queue, [...(own.get(options.queue) ?? []), options.levels]);
  const others = widgets.filter(({ options }) => !options.levels);
  const ids = new Set(others.flatMap(({ type, options }) => (type === "queue" ? [options.queue] : options.queues ?? [])));
  const isWhole = others.some(({ type, options }) => type !== "queue" && !options.queues?.length);
  return { isByBoard: (id) => isWhole || ids.has(id), own };
}

/** The level of a queue by a widget's own limits after `memory` (null at first), as levelNext gives it: by callers waiting alone. */
export function ownLevelNext(memory, { queue, limits, now }) {
  return levelNext(memory, { value: queue.calls_waiting, limits, now });
}

/** The levels of a board's queues, remembered from one moment to the next. `board` is its configuration. */
export class ShownLevels {
  /** From the id of a queue that is shown to its level, the worst that a widget shows. */
  shown = Object.freeze({});
  #byBoard; #widgets;
  #own = new Map();

  constructor(board) {
    this.#byBoard = new QueueLevels(board.levels);
    this.wear(board);
  }

  /** The widgets of the board were changed, its own limits were not. */
  wear(board) {
    this.#widgets = queuesShown(board);
  }

  /** By the board's limits, of all its queues, shown or not; another object whenever one of them changed. */
  get byQueue() {
    return this.#byBoard.byQueue;
  }

  /** True if a level by the board's limits changed. The level of a queue that is not current (`isCurrent(id)`) stays as it was. */
  update(queues, now, isCurrent = () => true) {
    const hasChanged = this.#byBoard.update(queues, now, isCurrent);
    const own = this.#ownLevels(queues, now, isCurrent);
    const shown = {};
    for (const id of Object.keys(queues)) {
      const levels = [...(this.#widgets.isByBoard(id) ? [this.byQueue[id]] : []), ...(own.get(id) ?? [])];
      if (levels.length) shown[id] = worstLevel(levels);
    }
    this.shown = Object.freeze(shown);
    return hasChanged;
  }

  #ownLevels(queues, now, isCurrent) {
    const memory = new Map();
    const levels = new Map();
    for (const [id, limits] of this.#widgets.own) {
      if (!queues[id]) continue;
      levels.set(id, limits.map((own) => {
        const key = JSON.stringify([id, own]);
        const before = this.#own.get(key) ?? null;
        const next = isCurrent(id) ? ownLevelNext(before, { queue: queues[id], limits: own, now }) : before;
        if (next) memory.set(key, next);
        return next?.level ?? "normal";
      }));
    }
    this.#own = memory;
    return levels;
  }
}
