/** A model of the server's end: a state that changes, and the messages the protocol says it sends. */

import { isDeepStrictEqual } from "node:util";
import { pick } from "./chance.js";

const KINDS = ["queues", "agents", "calls", "pauses", "figures"];
const IDS = ["1", "2", "3", "10", "1332333840.98", "__proto__", "constructor"];

export function emptyState() {
  return Object.fromEntries(KINDS.map((kind) => [kind, {}]));
}

/** What turns `old` into `next`, as the protocol puts it. Maps are read by own keys only. */
export function stateDiff(old, next) {
  const delta = { set: {}, del: {} };
  for (const kind of KINDS) {
    const rows = mapped(Object.keys(next[kind]).flatMap((id) => changeOf(own(old[kind], id), next[kind][id], id)));
    const gone = Object.keys(old[kind]).filter((id) => !Object.hasOwn(next[kind], id)).sort();
    if (Object.keys(rows).length) delta.set[kind] = rows;
    if (gone.length) delta.del[kind] = gone;
  }
  return delta;
}

/** A server that commits random changes and tells them as deltas, ticks and snapshots, as text like on the wire. */
export class Server {
  constructor(random) {
    this.random = random;
    this.state = emptyState();
    this.epoch = "E1";
    this.seq = 1;
    this.at = 1795415884000;
  }

  snapshot() {
    return JSON.stringify({ ...this.#head("snapshot"), seq: this.seq, view: "9c1f", source: {}, state: this.state });
  }

  tick() {
    return JSON.stringify({ ...this.#head("tick"), seq: this.seq, build: "1.0.0", source: {} });
  }

  /** Change something; the delta that says so spans `steps` commits (a merged one if more than one). */
  delta(steps = 1) {
    const before = this.state;
    const prev = this.seq;
    for (let step = 0; step < steps; step += 1) {
      this.state = this.#changed();
      this.seq += 1;
    }
    return JSON.stringify({ ...this.#head("delta"), prev, seq: this.seq, ...stateDiff(before, this.state) });
  }

  /** The store started empty: everything anew, under a new epoch. */
  restart() {
    this.epoch = `E${Number(this.epoch.slice(1)) + 1}`;
    this.seq = 1;
    this.state = emptyState();
  }

  #head(t) {
    this.at += 100;
    return { v: 1, t, stream: "main", epoch: this.epoch, at: this.at };
  }

  #changed() {
    const state = JSON.parse(JSON.stringify(this.state));
    const kind = pick(this.random, KINDS);
    const id = pick(this.random, IDS);
    const row = own(state[kind], id);
    if (row && this.random() < 0.4) delete state[kind][id];
    else define(state[kind], id, { ...(row ?? { a: null, b: 0, ids: [] }), [pick(this.random, ["a", "b"])]: this.#value(), ids: this.#ids() });
    return state;
  }

  #value() {
    return pick(this.random, [null, 0, 1, 2, "x", "", false, 0.5]);
  }

  #ids() {
    return IDS.filter(() => this.random() < 0.3);
  }
}

function changeOf(before, after, id) {
  if (!before) return [[id, after]];
  const fields = Object.entries(after).filter(([name, value]) => !isDeepStrictEqual(before[name], value));
  return fields.length ? [[id, Object.fromEntries(fields)]] : [];
}

function own(map, id) {
  return Object.hasOwn(map, id) ? map[id] : undefined;
}

function mapped(entries) {
  return Object.fromEntries(entries);
}

function define(map, id, row) {
  Object.defineProperty(map, id, { value: row, enumerable: true, configurable: true, writable: true });
}
