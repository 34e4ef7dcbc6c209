/** The live state as the server tells it. Pure: no DOM, no socket, no clock. Rows are never changed in place. */

import { displayName } from "./merge.js";

export const VERSION = 1;
const KINDS = ["queues", "agents", "calls", "pauses", "figures"];
/** Of every kind no rows. */
export const EMPTY_STATE = Object.freeze(Object.fromEntries(KINDS.map((kind) => [kind, Object.freeze({})])));
const NOTHING = Object.freeze({ stream: null, changed: Object.freeze({}), need: null });

/**
 * The state after a delta. The old state and its rows stay as they were: what did not change is the same object, so that
 * readers may compare by identity. Ids are data: maps have no prototype, so that no id has a meaning of its own.
 */
export function deltaApply(state, delta) {
  const next = { ...state };
  for (const [kind, rows] of Object.entries(delta.set ?? {})) {
    if (!KINDS.includes(kind)) continue;
    next[kind] = toMap(state[kind]);
    for (const [id, fields] of Object.entries(rows)) next[kind][id] = Object.freeze({ ...next[kind][id], ...fields });
  }
  for (const [kind, ids] of Object.entries(delta.del ?? {})) {
    if (!KINDS.includes(kind)) continue;
    if (next[kind] === state[kind]) next[kind] = toMap(state[kind]);
    for (const id of ids) delete next[kind][id];
  }
  return next;
}

/** Holds one state per stream, and says after each message what changed and whether the stream must be asked for again. */
export class Store {
  #streams = new Map();

  /** `{epoch, seq, view, at, state, source, silent}` of a stream; an empty one before its first snapshot. */
  stream(name) {
    return this.#streams.get(name) ?? { epoch: null, seq: null, view: null, at: null, state: EMPTY_STATE, source: null, silent: false };
  }

  /** What `hello` tells the server: where each stream stands. Empty before the first snapshot. */
  positions() {
    const known = [...this.#streams].filter(([, stream]) => stream.epoch !== null);
    return Object.fromEntries(known.map(([name, { epoch, seq, view }]) => [name, { epoch, seq, view }]));
  }

  /**
   * Take in one message. Returns `{stream, changed, need}`: `changed` maps a kind to the ids of its changed rows (and has
   * `source: []` when the source was told), `need` is null or "resync". Unknown messages change nothing.
   */
  apply(message) {
    if (message?.v !== VERSION) return NOTHING;
    if (message.t === "snapshot") return this.#snapshot(message);
    if (message.t === "delta") return this.#delta(message);
    if (message.t === "tick") return this.#tick(message);
    if (message.t === "control") return this.#control(message);
    return NOTHING;
  }

  #snapshot(message) {
    const { stream: name, epoch, seq, view, at } = message;
    const state = {};
    const changed = { source: [] };
    for (const kind of KINDS) {
      const rows = message.state?.[kind] ?? {};
      state[kind] = toMap(rows);
      for (const id of Object.keys(rows)) Object.freeze(rows[id]);
      changed[kind] = Object.keys({ ...this.stream(name).state[kind], ...rows });
    }
    this.#streams.set(name, { epoch, seq, view, at, state, source: message.source ?? null, silent: false });
    return { stream: name, changed, need: null };
  }

  #delta(message) {
    const { stream: name, epoch, prev, seq, at } = message;
    const known = this.stream(name);
    if (known.epoch === null || known.epoch !== epoch || known.seq !== prev) return needsResync(name);
    const state = deltaApply(known.state, message);
    this.#streams.set(name, { ...known, seq, at, state, silent: false });
    return { stream: name, changed: changedIds(message), need: null };
  }

  #tick(message) {
    const { stream: name, epoch, seq, at } = message;
    const known = this.stream(name);
    if (known.epoch === null) return needsResync(name);
    this.#streams.set(name, { ...known, at, source: message.source ?? known.source, silent: false });
    const need = known.epoch === epoch && known.seq === seq ? null : "resync";
    return { stream: name, changed: { source: [] }, need };
  }

  #control(message) {
    if (message.do !== "error" || message.code !== "silent") return NOTHING;
    for (const [name, stream] of this.#streams) {
      if (!message.stream || message.stream === displayName(name)) this.#streams.set(name, { ...stream, silent: true });
    }
    return { stream: message.stream ?? null, changed: { source: [] }, need: null };
  }
}

function needsResync(name) {
  return { stream: name, changed: {}, need: "resync" };
}

function changedIds({ set, del }) {
  const changed = {};
  for (const kind of KINDS) {
    const ids = [...Object.keys(set?.[kind] ?? {}), ...(del?.[kind] ?? [])];
    if (ids.length) changed[kind] = ids;
  }
  return changed;
}

function toMap(rows) {
  return Object.assign(Object.create(null), rows);
}
