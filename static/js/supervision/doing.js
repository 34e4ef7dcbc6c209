/** Doing something: one request per click, its state told to the results. Knows no DOM. */

import { _ } from "../i18n.js";
import { ApiProblem } from "./api.js";

const TEXTS = {
  asking: _("The connection broke before an answer came: nobody knows yet whether it was done. Do not repeat it; this page asks the server again."),
  lost: _("The server has no record of it. Nobody knows whether it was done: look before you repeat it."),
};
const AGAIN_MS = 2_000;
/** For so long the server is asked again for a request that it does not know of: it may still be on its way. */
const UNDERWAY_MS = 20_000;
/** The second click of a double click comes within this time, though the answer to the first be here already. */
const DOUBLE_MS = 1_000;
/** Problems after which nobody knows whether the server acted. */
const OPEN = new Set(["unreachable", "late", "broken"]);
const REFUSED = new Set(["forbidden", "logged_out", "stale", "unknown", "malformed", "key_used"]);
/** Our clock may be ahead of the server's by so much. */
const CLOCK_MS = 5_000;

/** `environment`: setTimeout and uuid; `onChange()` after each change; `onProblem(problem)` when the session or the rights are gone. */
export class Doing {
  #api; #results; #actor; #now; #environment; #handlers;
  #busy = new Set();

  constructor({ api, results, actor, now, environment, handlers }) {
    this.#api = api;
    this.#results = results;
    this.#actor = actor;
    this.#now = now;
    this.#environment = environment;
    this.#handlers = handlers;
  }

  /** Do it, once. `about` is `{title, agent_name, actor}`, what is shown until the server has told. */
  async act(request, about) {
    return this.#once(request, async () => {
      const key = this.#environment.uuid();
      this.#begin(key, request, about);
      try {
        this.#told(await this.#api.post("actions/", { key, ...request }));
      } catch (error) {
        this.#failed([key], error);
      }
    });
  }

  /** Do it to several agents, with a result for each. */
  async actAll(request, abouts) {
    return this.#once(request, async () => {
      const key = this.#environment.uuid();
      const keys = request.agent_ids.map((agent_id) => `${key}/${agent_id}`);
      request.agent_ids.forEach((agent_id, place) => this.#begin(keys[place], { ...request, agent_id }, { ...abouts[place], group: key }));
      try {
        const { actions } = await this.#api.post("actions/bulk/", { key, ...request });
        this.#results.forget(keys);
        for (const record of actions) this.#results.told(record);
        this.#handlers.onChange();
      } catch (error) {
        this.#failed(keys, error);
      }
    });
  }

  /** Withdraw a plan. */
  async cancel(id) {
    return this.#once({ cancel: id }, async () => {
      try {
        this.#told(await this.#api.post(`actions/${id}/cancel/`, {}));
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        this.#handlers.onProblem(error);
      }
    });
  }

  /** After being away: what happened meanwhile, and what became of what was on its way. */
  async catchUp() {
    try {
      const { actions } = await this.#api.get("actions/");
      for (const record of actions) this.#results.told(record);
      this.#results.othersAre(actions.map(({ id }) => id), this.#actor);
      this.#matched(actions);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (!OPEN.has(error.code)) this.#handlers.onProblem(error);
    }
    for (const local of this.#results.unknown.filter(({ group }) => !group)) await this.#lookFor(local);
    this.#handlers.onChange();
  }

  async #once(request, run) {
    const key = sameness(request);
    if (this.#busy.has(key)) return;
    this.#busy.add(key);
    try {
      await run();
    } finally {
      this.#environment.setTimeout(() => this.#busy.delete(key), DOUBLE_MS);
      this.#handlers.onChange();
    }
  }

  #begin(id, request, about) {
    const { action, stream, agent_id = null, call_id = null, parameters, reason = "" } = request;
    this.#results.begin({ id, at: this.#now(), action, stream, agent_id, call_id, parameters, reason, ...about });
    this.#handlers.onChange();
  }

  #told(record) {
    this.#results.told(record);
    this.#handlers.onChange();
  }

  #failed(keys, error) {
    if (!(error instanceof ApiProblem)) throw error;
    const isOpen = OPEN.has(error.code);
    const state = isOpen ? "unanswered" : REFUSED.has(error.code) ? "refused" : "failed";
    const text = isOpen ? TEXTS.asking : error.message;
    for (const id of keys) this.#results.local(id, { state, text, code: error.code, at: this.#now() });
    if (isOpen) this.#environment.setTimeout(() => this.#lookAgain(), AGAIN_MS);
    else this.#handlers.onProblem(error);
  }

  /** Until nothing is unknown any more: reading is no second request. */
  async #lookAgain() {
    await this.catchUp();
    if (this.#results.unknown.some(({ code }) => code !== "lost")) this.#environment.setTimeout(() => this.#lookAgain(), AGAIN_MS);
  }

  async #lookFor(local) {
    try {
      this.#results.told(await this.#api.get(`actions/${local.id}/`));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (error.code === "unknown") this.#lost(local);
    }
  }

  /** Of several at once the server makes the ids: they are found by what they are about. */
  #matched(records) {
    for (const local of this.#results.unknown.filter(({ group }) => group)) {
      const known = records.find((record) => record.action === local.action && record.stream === local.stream
        && record.agent_id === local.agent_id && record.requested_at > local.requested_at - CLOCK_MS);
      if (known) this.#results.forget([local.id]);
      else this.#lost(local);
    }
  }

  /** The server does not know of it, and is not asked again and again once it is unlikely to be still on its way. */
  #lost({ id, code, requested_at }) {
    if (code === "lost" || this.#now() - requested_at <= UNDERWAY_MS) return;
    this.#results.local(id, { state: "unanswered", text: TEXTS.lost, code: "lost", at: this.#now() });
  }
}

function sameness({ cancel, action, stream, agent_id, agent_ids, call_id, parameters }) {
  return JSON.stringify([cancel, action, stream, agent_id, agent_ids, call_id, parameters]);
}
