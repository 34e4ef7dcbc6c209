/** The live part of the page: state, views, freshness and the beat. Knows no DOM; tells its owner when to draw. */

import { freshness, freshnessOfAll, heldAt } from "../freshness.js";
import { Merger, streamOf } from "../merge.js";
import { Session } from "../session.js";
import { EMPTY_STATE } from "../store.js";
import { Ticker } from "../ticker.js";
import { Views } from "./views.js";

const ENDPOINTS = ["RTStatsQueues", "RTStatsCalls", "RTStatsSessions"];

/** `onChange()` after a message that changed something and on each beat; `onControl(message)`; `onBuild(build)`. */
export class Live {
  state = null;
  views = { agents: new Map(), calls: new Map() };
  fresh = null;
  extras = {};
  #streams; #session; #handlers;
  #isEnded = false;
  #merger = new Merger();
  #views = new Views();

  constructor({ url, streams, environment, handlers }) {
    this.#streams = streams;
    this.#handlers = handlers;
    this.#session = new Session({
      url,
      environment,
      handlers: {
        onChange: () => this.refresh(),
        onPhase: () => this.refresh(),
        onControl: (message) => handlers.onControl(message),
        onBuild: (build) => handlers.onBuild(build),
      },
    });
    this.ticker = new Ticker({ serverNow: () => this.#session.now(), setTimeout: environment.setTimeout });
    this.ticker.subscribe(() => this.#beat());
  }

  start() {
    this.refresh();
    this.#session.start();
    this.ticker.start();
  }

  get phase() {
    return this.#session.phase;
  }

  now() {
    return this.#session.now();
  }

  /** The server said that the user may see nothing any more: nothing is shown from then on. */
  end() {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.refresh();
  }

  /** Who listens to which call, and what is planned for whom: told beside the state. */
  tell(extras) {
    this.extras = { ...this.extras, ...extras };
    this.refresh();
  }

  /** The moment at which a row's timer stops; null while it runs. */
  heldAt(id) {
    return heldAt(this.fresh?.parts?.get(streamOf(id)) ?? this.fresh);
  }

  refresh() {
    this.state = this.#merger.merge(this.#streams.map((name) => this.#part(name)));
    this.views = this.#views.next(this.state, this.extras);
    this.#judge();
    this.#handlers.onChange();
  }

  #beat() {
    this.#judge();
    this.#handlers.onChange();
  }

  /** Whose access was withdrawn sees nothing any more, not even what was there before. */
  #part(name) {
    const { state, source } = this.#session.store.stream(name);
    const isOver = this.#isEnded || (this.phase.phase === "stopped" && this.phase.reason !== "outdated");
    return { name, state: isOver ? EMPTY_STATE : state, skew_ms: source?.skew_ms ?? 0 };
  }

  #judge() {
    if (!this.#streams.length) return;
    const now = this.#session.now();
    this.fresh = freshnessOfAll(new Map(this.#streams.map((name) => {
      const { source } = this.#session.store.stream(name);
      return [name, freshness({ source, endpoints: ENDPOINTS, now, contact: this.#session.contact(name) })];
    })));
  }
}
