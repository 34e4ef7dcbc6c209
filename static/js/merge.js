/** One state out of the states of several streams. Pure. */

/** The fields of a row that name rows of the same stream. */
const REFERENCES = {
  agents: ["pause_id", "queue_ids", "call_ids"],
  calls: ["queue_id", "agent_id", "ringing_agent_ids"],
};

/** An id as widgets address it. */
export function qualifiedId(stream, id) {
  return `${stream}/${id}`;
}

/** The stream's own name: a screen's socket calls a board's stream `main@sales`. */
export function displayName(name) {
  const at = name.indexOf("@");
  return at < 0 ? name : name.slice(0, at);
}

/** The stream of a qualified id. Names of streams hold no slash; ids may. */
export function streamOf(id) {
  return id.slice(0, id.indexOf("/"));
}

/**
 * Merges streams' states: ids, and references to them, are qualified by their stream (`main/4`), and moments are brought from the
 * clock of the stream's PBX to the server's. What did not change since the last time is the same object, so that readers may
 * compare by identity.
 */
export class Merger {
  #kinds = new Map();
  #rows = new WeakMap();

  /** `parts` lists `{name, state, skew_ms}`: the skew is how far that PBX's clock is ahead of the server's. */
  merge(parts) {
    const kinds = new Set(parts.flatMap(({ state }) => Object.keys(state)));
    return Object.fromEntries([...kinds].map((kind) => [kind, this.#kind(kind, parts)]));
  }

  #kind(kind, parts) {
    const basis = parts.flatMap(({ name, state, skew_ms }) => [name, state[kind], skew_ms]);
    const known = this.#kinds.get(kind);
    if (known && isSame(known.basis, basis)) return known.rows;
    const rows = Object.create(null);
    for (const part of parts) {
      for (const [id, row] of Object.entries(part.state[kind] ?? {})) rows[qualifiedId(part.name, id)] = this.#row(kind, row, part);
    }
    this.#kinds.set(kind, { basis, rows });
    return rows;
  }

  #row(kind, row, { name, skew_ms }) {
    const known = this.#rows.get(row);
    if (known && known.name === name && known.skew_ms === skew_ms) return known.row;
    const next = { ...row };
    for (const field of REFERENCES[kind] ?? []) next[field] = qualifiedReference(name, row[field]);
    for (const field of Object.keys(row)) {
      if (field.endsWith("_at") && typeof row[field] === "number") next[field] = row[field] - skew_ms;
    }
    this.#rows.set(row, { name, skew_ms, row: Object.freeze(next) });
    return next;
  }
}

function qualifiedReference(stream, value) {
  if (value === null || value === undefined) return value;
  return Array.isArray(value) ? value.map((id) => qualifiedId(stream, id)) : qualifiedId(stream, value);
}

function isSame(one, other) {
  return one.length === other.length && one.every((value, index) => Object.is(value, other[index]));
}
