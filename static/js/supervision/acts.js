/** Between the page and the server: what the user may do, what he does, and what becomes of it. Draws nothing. */

import { _, interpolate } from "../i18n.js";
import { Api, ApiProblem } from "./api.js";
import { Doing } from "./doing.js";
import { stateWord } from "./dock.js";
import { BULK_FORMS, FORMS } from "./forms/forms.js";
import { raw } from "./forms/fields.js";
import { extrasOf, Results } from "./results.js";

const AGAIN_MS = 3_000;
/** Refusals after which the user may do less than the page thought. */
const WITHDRAWN = new Set(["forbidden", "disabled"]);
/** Problems after which nothing on the page is the user's to see. */
const OVER = new Set(["logged_out", "forbidden"]);
const TEXTS = { open: _("%(title)s: %(state)s"), extension: _("The extension was not kept: %(text)s") };

/** `host` has `requestUpdate()` and `live`; `environment` fetch, timers, AbortController and uuid. */
export class Acts {
  results = new Results();
  options = null;
  /** What keeps the user from doing anything: an ApiProblem, or null. */
  problem = null;
  #host; #environment; #wasOpen = false; #refused = 0;

  constructor({ config, host, environment }) {
    this.#host = host;
    this.#environment = environment;
    this.actor = config.actor;
    this.api = new Api({ environment, base: "/admin/supervision/", token: () => environment.cookie("csrftoken") ?? config.csrf });
    this.doing = new Doing({
      api: this.api,
      results: this.results,
      actor: config.actor,
      now: () => host.live.now(),
      environment,
      handlers: { onChange: () => this.#changed(), onProblem: (problem) => this.#failed(problem) },
    });
  }

  get rights() {
    return new Set(Object.keys(this.options?.actions ?? {}));
  }

  /** The connection came or went: after each coming ask what the user may do, and what happened meanwhile. */
  phased({ phase }) {
    const isOpen = phase === "open";
    if (isOpen && !this.#wasOpen) this.refresh();
    this.#wasOpen = isOpen;
  }

  async refresh() {
    await this.#load();
    await this.doing.catchUp();
  }

  /** The server tells what became of an action. */
  told(record) {
    if (this.results.told(record)) this.#changed();
  }

  /** What the user may do may have changed: ask again. */
  async recheck() {
    if (this.#wasOpen) await this.#load();
  }

  /** Agent and call of a row, as they are now: what a click is about. */
  subjectOf({ kind, id, ids }) {
    const { agents, calls } = this.#host.live.views;
    if (kind === "agents") {
      const views = ids.map((one) => agents.get(one)).filter(Boolean);
      return { kind, agents: views, stream: views[0]?.stream, agent: null, call: null, call_id: null };
    }
    if (kind === "stream") return { kind, stream: id, agent: null, call: null, call_id: null };
    const call = kind === "call" ? calls.get(id) : null;
    const agent = agents.get(kind === "agent" ? id : call?.agent_id) ?? null;
    const call_id = kind === "call" ? id : agent?.call_id ?? null;
    return { kind, stream: (call ?? agent)?.stream, agent, call: call ?? calls.get(call_id) ?? null, call_id };
  }

  formOf(name, { kind }) {
    return kind === "agents" ? BULK_FORMS[name] : FORMS[name];
  }

  /** Send what a dialog asks for, each request once. */
  async submit({ requests, before, subject }) {
    if (before && !(await this.#remember(before, subject))) return;
    await Promise.all(requests.map((request) => (request.agent_ids ? this.doing.actAll(request, subject.agents.map((view) => this.#about(request, view)))
      : this.doing.act(request, this.#about(request, this.#agentOf(request) ?? subject.agent)))));
  }

  /** A part of an agent's day; what went wrong stands in its `error`. */
  async day(view, part) {
    return this.ask(`agents/${encodeURIComponent(view.stream)}/${encodeURIComponent(raw(view.id))}/${part}/`);
  }

  async ask(path) {
    try {
      return await this.api.get(path);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      return { rows: [], error: { code: error.code, text: error.message } };
    }
  }

  /** Keep the user's own telephone where it differs from the one that is known. False if that failed. */
  async #remember({ extension }, { stream }) {
    const known = this.options?.streams[stream];
    if (!known || known.extension === extension) return true;
    try {
      await this.api.post("extension/", { stream, extension });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.#failed(new ApiProblem(error.code, interpolate(TEXTS.extension, { text: error.message })));
      return false;
    }
    this.options = { ...this.options, streams: { ...this.options.streams, [stream]: { ...known, extension } } };
    return true;
  }

  async #load() {
    try {
      this.options = await this.api.get("options/");
      this.problem = null;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.#failed(error);
      if (!OVER.has(error.code)) this.#environment.setTimeout(() => this.#wasOpen && this.#load(), AGAIN_MS);
    }
    this.#host.requestUpdate();
  }

  #about({ action }, view) {
    return { title: this.options?.actions[action]?.title ?? action, agent_name: view?.name ?? "", actor: this.actor };
  }

  #agentOf({ stream, agent_id }) {
    return this.#host.live.views.agents.get(`${stream}/${agent_id}`);
  }

  #failed(problem) {
    this.problem = problem;
    if (OVER.has(problem.code)) this.#host.live.end();
    this.#host.requestUpdate();
  }

  /** What rows show of the actions changes with them; whoever was refused may have lost a right. */
  #changed() {
    const refused = this.results.list.filter(({ code }) => WITHDRAWN.has(code)).length;
    if (refused !== this.#refused) this.recheck();
    this.#refused = refused;
    this.#host.live.tell(extrasOf(this.results.list, (record) => (record.state === "planned" ? record.title : interpolate(TEXTS.open, { title: record.title, state: stateWord(record) }))));
    this.#host.requestUpdate();
  }
}
