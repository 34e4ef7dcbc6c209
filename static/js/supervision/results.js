/** What became of the actions, as the server tells it; and of those of which it has not told yet. Pure. */

const KEPT = 200;
/** States in which something still goes on. */
const RUNNING = new Set(["accepted", "confirmed", "requested"]);

/**
 * Records by id, the newest first. `sending` is our own state of a record: it left the page and the server has said nothing yet.
 */
export class Results {
  #records = new Map();

  get list() {
    return [...this.#records.values()].sort((one, other) => other.requested_at - one.requested_at || (one.id < other.id ? 1 : -1));
  }

  get(id) {
    return this.#records.get(id);
  }

  /** Something is being sent. */
  begin({ id, at, ...fields }) {
    this.#put({ id, state: "sending", is_over: false, can_cancel: false, code: "", text: "", pbx_text: "", pbx_meaning: "", requested_at: at, at, ...fields });
  }

  /** The server tells of an action. What it told before does not come back: of two tellings the later one counts. */
  told(record) {
    const known = this.#records.get(record.id);
    if (known && known.state !== "sending" && !known.isLocal && isOlder(record, known)) return false;
    // Of one that is refused outright the server does not say whom it was about; we know it.
    this.#put({ ...record, agent_name: record.agent_name || (known?.agent_name ?? "") });
    return true;
  }

  /** It could not be sent, or nobody knows whether it was: `state` is `failed`, `refused` or `unanswered`, in our own words; `lost` is the code of what nobody will tell any more. */
  local(id, { state, text, code, at }) {
    const known = this.#records.get(id);
    if (!known || (known.state !== "sending" && !known.isLocal)) return;
    this.#put({ ...known, state, text, code, at, is_over: state !== "unanswered" || code === "lost", isLocal: true });
  }

  /** Of what others have open only these are left: the server told of all of it. */
  othersAre(ids, actor) {
    const open = new Set(ids);
    for (const record of this.list) if (record.actor !== actor && !record.is_over && !open.has(record.id)) this.#records.delete(record.id);
  }

  /** What is the user's to read below the tables: his own, and plans; that others listen is shown at their calls. */
  shownTo(actor) {
    return this.list.filter((record) => record.actor === actor || record.action !== "monitoring");
  }

  /** Take back what was begun under keys of our own, for the server's records are here. */
  forget(ids) {
    for (const id of ids) this.#records.delete(id);
  }

  /** Those of which nobody knows whether they arrived at the server. */
  get unknown() {
    return this.list.filter(({ isLocal, state }) => isLocal && state === "unanswered");
  }

  #put(record) {
    this.#records.set(record.id, Object.freeze(record));
    if (this.#records.size <= KEPT) return;
    const oldest = this.list.slice(KEPT).filter(({ is_over }) => is_over);
    for (const { id } of oldest) this.#records.delete(id);
  }
}

/** What rows show of the actions: `{listeners, intents}`, by qualified ids. `textOf` puts a record into the few words of a row. */
export function extrasOf(records, textOf) {
  const listeners = new Map();
  const intents = new Map();
  for (const record of records) {
    if (record.is_over) continue;
    const agent = `${record.stream}/${record.agent_id}`;
    const call = `${record.stream}/${record.call_id}`;
    if (record.action === "monitoring" && RUNNING.has(record.state) && record.state !== "requested" && record.call_id) {
      listeners.set(call, [...(listeners.get(call) ?? []), record.actor]);
    } else if (record.agent_id && !intents.has(agent)) {
      intents.set(agent, textOf(record));
    }
  }
  return { listeners, intents };
}

function isOlder(one, other) {
  return one.at < other.at || (one.at === other.at && other.is_over && !one.is_over);
}
