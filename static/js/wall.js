/** A board in a browser: the session on one side, the face on the other, and what the server orders in between. */

import { Alarms } from "./alarms.js";
import { environmentOfBrowser, environmentOfReload, environmentOfRenewal } from "./browser.js";
import { each } from "./failures.js";
import { Face } from "./face.js";
import { REVOKED, freshnessOfAll, isCurrent } from "./freshness.js";
import { QUEUE_ENDPOINTS } from "./levels.js";
import { Memories } from "./memory.js";
import { Merger, streamOf } from "./merge.js";
import { Reloader } from "./reload.js";
import { Renewal } from "./renewal.js";
import { Session } from "./session.js";
import { EMPTY_STATE } from "./store.js";
import { freshnessBy, partsOf, sourcesOf } from "./streams.js";
import { Ticker } from "./ticker.js";
import "./widgets/notice.js";
import "./widgets/status.js";
import { words } from "./words.js";

const IDENTIFY_MS = 15_000;
const OUTDATED_SPREAD_MS = 5_000;

/** `config` as the server gives it with the page, or with `/boards/<slug>/config/`. Dispatches `wb-state` on the root after changes. */
export class Wall {
  alarms;
  /** For a page that does more with what the wall hears. */
  onControl = () => {};
  onPhase = () => {};
  onHold = () => {};
  ticker = new Ticker({ serverNow: () => this.#session.now(), setTimeout: (...args) => window.setTimeout(...args) });
  #config; #root; #session; #levels; #faceOf; #frame; #reloader;
  #memories = new Memories();
  #face = null;
  #merger = new Merger();
  #state = null;
  #heldAt = null;
  /** How the board was changed while a moment is held still; null if it was not. */
  #kept = null;
  #announced = [];
  #renewal = new Renewal({ environment: environmentOfRenewal(), show: (config) => this.#renewed(config) });

  /** `faceOf` makes what is worn in place of a board's usual face. */
  constructor({ config, root, faceOf = (wanted) => new Face(wanted) }) {
    this.#root = root;
    this.#faceOf = faceOf;
    this.#frame = [...root.querySelectorAll("[data-widget]")];
    this.#reloader = new Reloader({ environment: environmentOfReload(), build: config.build });
    this.alarms = new Alarms({ root, onSound: (state) => this.#sounds(state) });
    this.alarms.start();
    root.addEventListener("wb-missing", () => this.#reloader.missed());
    this.#config = config;
    for (const widget of this.#frame) widget.ticker = this.ticker;
  }

  get config() {
    return this.#config;
  }

  get session() {
    return this.#session;
  }

  /** The live state as the widgets get it; null before it came. */
  get state() {
    return this.#state;
  }

  /** Load the page anew within a random part of the time: once for the same `reason`, at any time without one. */
  reload({ spread_ms, reason = null }) {
    this.#reloader.plan({ spread_ms, build: reason });
  }

  /** Whether a moment is held still to be studied. */
  get isHeld() {
    return this.#heldAt !== null;
  }

  async start() {
    this.ticker.subscribe(() => this.#beat());
    window.addEventListener("resize", () => this.#arrange());
    this.#session = this.#newSession(this.#config).session;
    this.#session.start();
    const { face, memory } = this.#faced(this.#config);
    this.#configure(this.#config, memory);
    this.ticker.start();
    await this.#wear(face);
    // For load-watch.js, which would load the page anew.
    document.documentElement.dataset.started = "";
  }

  /** Another board in place of this one, without a flash: it is shown when its widgets are there and its figures have come. */
  async show(config) {
    const { face, memory } = this.#faced(config);
    const next = config.socket === this.#config.socket ? null : this.#newSession(config);
    next?.session.start();
    await Promise.all([face.ready, next?.session.settled(config.streams)]).catch((error) => {
      next?.session.stop();
      throw error;
    });
    if (next) this.#hear(next.session);
    this.#kept = null;
    this.hold(false);
    this.#configure(config, memory);
    await this.#wear(face);
    for (const message of next?.orders ?? []) this.#control(message);
  }

  /** Another session in place of this one. What is announced on its board it tells by itself. */
  #hear(session) {
    this.#session.stop();
    this.#session = session;
    this.#announced = [];
    this.#phased(session.phase);
  }

  /** Hold this moment still, or go on. What is held is marked as not live. */
  hold(isWanted) {
    if (isWanted === this.isHeld) return;
    this.#heldAt = isWanted ? this.#session.now() : null;
    this.ticker.isHeld = isWanted;
    this.#root.toggleAttribute("data-held", isWanted);
    this.#phased(this.#session.phase);
    this.onHold();
    if (isWanted) return;
    this.#changed({ queues: [], agents: [], source: [] });
    if (this.#kept) this.#renewed(this.#kept);
  }

  #faced(config) {
    const memory = this.#memories.of(config.board, performance.now());
    return { memory, face: this.#faceOf({ config, memory, ticker: this.ticker }) };
  }

  #configure(config, { levels }) {
    this.#config = config;
    this.#levels = levels;
    this.#state = null;
    document.documentElement.dataset.theme = config.board.theme;
    document.title = `${config.board.title} · Wallboard`;
    this.#root.querySelector("h1").textContent = config.board.title;
    for (const widget of this.#frame) widget.zone = config.time_zone ?? undefined;
    this.alarms.configure({ alarms: config.board.alarms, language: config.language ?? "en" });
  }

  async #wear(face) {
    await face.ready;
    const old = this.#root.querySelector("main");
    this.#face = face;
    if (this.#isRevoked) face.clear();
    old.replaceWith(face.main);
    const hasTicker = face.widgets.some(({ dataset }) => dataset.type === "ticker");
    for (const widget of this.#frame) if ("isQuiet" in widget) widget.isQuiet = hasTicker;
    this.#announce({ announcements: this.#announced });
    this.#changed({ queues: [], agents: [], source: [] });
  }

  /** `{session, orders}`: what the server orders before the session is the shown board's waits in `orders`. */
  #newSession(config) {
    const orders = [];
    const session = new Session({
      url: new URL(config.socket, window.location.href.replace(/^http/, "ws")).href,
      environment: environmentOfBrowser(),
      handlers: {
        onChange: (stream, changed) => session === this.#session && this.#changed(changed),
        onPhase: (phase) => session === this.#session && this.#phased(phase),
        onControl: (message) => (session === this.#session ? this.#control(message) : orders.push(message)),
        onBuild: (build) => session === this.#session && this.#reloader.seen(build),
      },
    });
    return { session, orders };
  }

  /** A message changed something: hand out the slices; each widget sees for itself whether its own did. */
  #changed(changed) {
    if (this.isHeld) return;
    this.#state = this.#merged();
    if (!this.#face) return;
    if (changed.queues || changed.agents || !this.#root.dataset.layout) this.#arrange();
    this.#handOut();
    if (changed.source || this.ticker.now === 0) this.ticker.beat();
    else this.#beatWidgets();
  }

  #handOut() {
    this.#weigh(this.ticker.now || this.#session.now());
    this.#state = { ...this.#state, levels: this.#levels.byQueue, sources: sourcesOf(this.#session, this.#config.streams) };
    this.#face.handOut(this.#state);
  }

  /** The levels of the queues at this moment; true if one changed. Those that did are told, as far as a widget shows them. */
  #weigh(now) {
    const before = this.#levels.shown;
    const fresh = this.#freshness(QUEUE_ENDPOINTS);
    const hasChanged = this.#levels.update(this.#state.queues, now, (id) => isCurrent(fresh.parts?.get(streamOf(id)) ?? fresh));
    for (const [id, level] of Object.entries(this.#levels.shown)) {
      if (level === (before[id] ?? "normal")) continue;
      const { title, calls_waiting } = this.#state.queues[id];
      const detail = { level, key: `queue ${id}`, title, sentence: words.spoken.queue(title, calls_waiting ?? 0) };
      this.#root.dispatchEvent(new CustomEvent("wb-level", { detail }));
    }
    return hasChanged;
  }

  /** "allowed", "blocked", or "" where the board makes none. */
  #sounds(state) {
    for (const widget of this.#frame) if ("sound" in widget) widget.sound = state;
    document.dispatchEvent(new CustomEvent("wb-sound", { detail: state }));
  }

  #beatWidgets() {
    each(this.#frame, (widget) => widget.beat());
    this.#face.beat();
  }

  /** Whose access was withdrawn sees nothing any more, not even what was there before. */
  get #isRevoked() {
    return this.#session.phase.reason === "revoked";
  }

  #merged() {
    const parts = partsOf(this.#session, this.#config.streams);
    const seen = this.#isRevoked ? parts.map(({ name }) => ({ name, state: EMPTY_STATE, skew_ms: 0 })) : parts;
    return { ...EMPTY_STATE, ...this.#merger.merge(seen) };
  }

  /** Once a second: what moves with the clock. */
  #beat() {
    if (!this.#face || !this.#state) return;
    if (this.#weigh(this.ticker.now)) this.#handOut();
    for (const widget of this.#frame) widget.fresh = this.#freshness(widget.constructor.endpoints);
    this.#face.judge((endpoints) => this.#freshness(endpoints));
    this.#beatWidgets();
    const changed = this.#session.changedStreams(this.#config.socket_streams ?? this.#config.streams);
    if (changed.length) this.#reloader.plan({ spread_ms: OUTDATED_SPREAD_MS, build: `streams ${changed}` });
  }

  #freshness(endpoints) {
    if (this.#isRevoked) return REVOKED;
    return freshnessOfAll(freshnessBy(this.#session, this.#config.streams, { endpoints, now: this.#session.now() }));
  }

  #arrange() {
    this.#face?.arrange(this.#root, this.#state);
  }

  #phased(phase) {
    this.onPhase(phase);
    for (const widget of this.#frame) {
      widget.phase = phase;
      widget.heldAt = this.#heldAt;
    }
    if (phase.phase !== "stopped") return;
    if (phase.reason === "revoked") this.#darken();
    if (phase.reason === "login") window.location.assign(`/accounts/login/?next=${encodeURIComponent(window.location.pathname)}`);
    if (phase.reason === "outdated") this.#reloader.plan({ spread_ms: OUTDATED_SPREAD_MS, build: phase.reason });
  }

  /** Not for this viewer any more: texts, pictures and trends go as well as figures, and what was announced. */
  #darken() {
    this.#kept = null;
    this.hold(false);
    this.#memories = new Memories();
    this.#face?.clear();
    this.#announce({ announcements: [] });
    this.#changed({ source: [] });
  }

  #control(message) {
    this.onControl(message);
    if (message.do === "reload") this.#reloader.plan({ spread_ms: message.within_ms ?? 0 });
    if (message.do === "announce") this.#announce(message);
    if (message.do === "identify") this.#identify();
    const { renew, board } = this.#kept ?? this.#config;
    if (message.do === "board" && renew && message.look && message.look !== board.look) this.#renewal.want(message.look, renew);
    if (message.do === "board" && /^[\w-]+$/.test(message.slug ?? "")) window.location.assign(`/boards/${message.slug}/`);
  }

  /** The board was changed: show it as it is now, without leaving the page unless its words changed too. A moment held still comes first. */
  async #renewed(config) {
    if (config.board.slug !== this.#config.board.slug) return;
    this.#kept = this.isHeld ? config : null;
    if (this.#kept) return;
    if (config.language !== this.#config.language) this.#reloader.plan({ spread_ms: 0, build: config.board.look });
    else await this.show(config);
  }

  /** What is announced now or later, all of it; or one text from now on. */
  #announce({ text, announcements = text ? [{ text: String(text) }] : [] }) {
    this.#announced = announcements;
    for (const widget of [...this.#frame, ...(this.#face?.widgets ?? [])]) if ("announcements" in widget) widget.announcements = announcements;
  }

  /** Show which screen this is, for whoever stands in the room. */
  #identify() {
    this.#root.dataset.identify = "true";
    window.setTimeout(() => delete this.#root.dataset.identify, IDENTIFY_MS);
  }
}
