/** The part of the state that concerns some queues. Pure. */

/** Whether two maps or lists hold the same objects. */
export function isSameMap(one, other) {
  if (Object.is(one, other)) return true;
  if (!one || !other || typeof one !== "object" || typeof other !== "object") return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => Object.is(one[key], other[key]));
}

/** The queue of a figure's id: "main/4" of "main/4:today". */
export function queueOfFigure(id) {
  return id.slice(0, id.lastIndexOf(":"));
}

const CONCERNS = {
  queues: (id, _row, ids) => ids.has(id),
  levels: (id, _row, ids) => ids.has(id),
  figures: (id, _row, ids) => ids.has(queueOfFigure(id)),
  calls: (_id, call, ids) => ids.has(call.queue_id),
  agents: (_id, agent, ids) => agent.queue_ids.some((queue) => ids.has(queue)),
};

/**
 * Narrows states to queues (ids as widgets address them; none: everything). What holds the same rows as before is the same object,
 * so that a widget over one queue is not drawn when another changes.
 */
export class QueueScope {
  #ids;
  #known = new Map();

  constructor(ids) {
    this.#ids = new Set(ids);
  }

  apply(state) {
    if (!this.#ids.size) return state;
    const kinds = Object.entries(state).map(([kind, rows]) => [kind, CONCERNS[kind] ? this.#narrowed(kind, rows) : rows]);
    return Object.fromEntries(kinds);
  }

  #narrowed(kind, rows) {
    const known = this.#known.get(kind);
    if (known?.from === rows) return known.rows;
    const own = Object.create(null);
    for (const id of Object.keys(rows)) if (CONCERNS[kind](id, rows[id], this.#ids)) own[id] = rows[id];
    const next = known && isSameMap(known.rows, own) ? known.rows : own;
    this.#known.set(kind, { from: rows, rows: next });
    return next;
  }
}
