/** The page of a board: reads its configuration, binds the session to the widgets, keeps the beat. */

import { freshness, freshnessOfAll } from "./freshness.js";
import { boardLayout } from "./layout.js";
import { Merger } from "./merge.js";
import { Reloader } from "./reload.js";
import { Session } from "./session.js";
import { EMPTY_STATE } from "./store.js";
import { Ticker } from "./ticker.js";
import "./widgets/agents.js";
import "./widgets/callers.js";
import "./widgets/notice.js";
import "./widgets/queues.js";
import "./widgets/ready.js";
import "./widgets/status.js";
import "./widgets/waiting-calls.js";

const IDENTIFY_MS = 15_000;
const OUTDATED_SPREAD_MS = 5_000;
const REVOKED = { level: "down", age_ms: null, since_at: null, reason: { code: "revoked", text: null }, blank: true };

class Board {
  #config = JSON.parse(document.getElementById("wb-config").textContent);
  #root = document.querySelector(".board");
  #widgets = [...document.querySelectorAll(".board [data-widget]")];
  #streams = this.#config.streams;
  #merger = new Merger();
  #state = null;
  #layout = null;
  #session = new Session({
    url: new URL(this.#config.socket, window.location.href.replace(/^http/, "ws")).href,
    environment: browserEnvironment(),
    handlers: {
      onChange: (stream, changed) => this.#changed(changed),
      onPhase: (phase) => this.#phased(phase),
      onControl: (message) => this.#control(message),
      onBuild: (build) => this.#reloader.seen(build),
    },
  });
  #ticker = new Ticker({ serverNow: () => this.#session.now(), setTimeout: (...args) => window.setTimeout(...args) });
  #reloader = new Reloader({ environment: reloadEnvironment(), build: this.#config.build });

  start() {
    for (const widget of this.#widgets) {
      widget.ticker = this.#ticker;
      widget.zone = this.#config.time_zone ?? undefined;
      widget.surnameFirst = Boolean(this.#config.surname_first);
    }
    this.#ticker.subscribe(() => this.#beat());
    window.addEventListener("resize", () => this.#arrange());
    this.#arrange();
    this.#session.start();
    this.#ticker.start();
  }

  /** A message changed something: hand out the slices; each widget sees for itself whether its own did. */
  #changed(changed) {
    this.#state = this.#merged();
    if (changed.queues || changed.agents) this.#arrange();
    this.#handOut();
    if (changed.source || this.#ticker.now === 0) this.#ticker.beat();
    else for (const widget of this.#widgets) widget.beat();
  }

  #handOut() {
    for (const widget of this.#widgets) widget.slice = widget.constructor.select(this.#state, widget.dataset);
  }

  /** Whose access was withdrawn sees nothing any more, not even what was there before. */
  get #isRevoked() {
    return this.#session.phase.reason === "revoked";
  }

  #merged() {
    if (this.#isRevoked) return this.#merger.merge(this.#streams.map((name) => ({ name, state: EMPTY_STATE, skew_ms: 0 })));
    return this.#merger.merge(this.#streams.map((name) => {
      const { state, source } = this.#session.store.stream(name);
      return { name, state, skew_ms: source?.skew_ms ?? 0 };
    }));
  }

  /** Once a second: what moves with the clock. */
  #beat() {
    for (const widget of this.#widgets) {
      widget.fresh = this.#freshness(widget.constructor.endpoints);
      widget.beat();
    }
    const changed = this.#session.changedStreams(this.#streams);
    if (changed.length) this.#reloader.plan({ spread_ms: OUTDATED_SPREAD_MS, build: `streams ${changed}` });
  }

  #freshness(endpoints) {
    if (this.#isRevoked) return REVOKED;
    const now = this.#session.now();
    return freshnessOfAll(new Map(this.#streams.map((name) => {
      const { source } = this.#session.store.stream(name);
      return [name, freshness({ source, endpoints, now, contact: this.#session.contact(name) })];
    })));
  }

  #arrange() {
    this.#layout = boardLayout({
      width: window.innerWidth,
      height: window.innerHeight,
      queues: Object.keys(this.#state?.queues ?? {}).length,
      agents: Object.keys(this.#state?.agents ?? {}).length,
      before: this.#layout,
    });
    Object.assign(this.#root.dataset, this.#layout);
  }

  #phased(phase) {
    for (const widget of this.#widgets) if ("phase" in widget) widget.phase = phase;
    if (phase.phase !== "stopped") return;
    if (phase.reason === "revoked") this.#changed({ source: [] });
    if (phase.reason === "login") window.location.assign(`/accounts/login/?next=${encodeURIComponent(window.location.pathname)}`);
    if (phase.reason === "outdated") this.#reloader.plan({ spread_ms: OUTDATED_SPREAD_MS });
  }

  #control(message) {
    if (message.do === "reload") this.#reloader.plan({ spread_ms: message.within_ms ?? 0 });
    if (message.do === "announce") this.#announce(message);
    if (message.do === "identify") this.#identify();
    if (message.do === "board" && /^[\w-]+$/.test(message.slug ?? "")) window.location.assign(`/boards/${message.slug}/`);
  }

  #announce({ text }) {
    document.querySelector("wb-notice").announcement = typeof text === "string" && text ? text : null;
  }

  /** Show which screen this is, for whoever stands in the room. */
  #identify() {
    this.#root.dataset.identify = "true";
    window.setTimeout(() => delete this.#root.dataset.identify, IDENTIFY_MS);
  }
}

function browserEnvironment() {
  return {
    WebSocket: window.WebSocket,
    setTimeout: (...args) => window.setTimeout(...args),
    clearTimeout: (timer) => window.clearTimeout(timer),
    random: Math.random,
    now: () => performance.now(),
    wallNow: () => Date.now(),
  };
}

function reloadEnvironment() {
  return {
    fetch: () => window.fetch(window.location.href, { cache: "no-store", credentials: "same-origin" }),
    setTimeout: (...args) => window.setTimeout(...args),
    random: Math.random,
    now: () => Date.now(),
    reload: () => window.location.reload(),
    memory: window.sessionStorage,
  };
}

new Board().start();
