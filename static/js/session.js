/** What a board knows: the store, the server's clock, the socket and its phase. Tells its owner when to draw. Knows no DOM. */

import { ServerClock } from "./clock.js";
import { LOST_MS } from "./freshness.js";
import { BoardSocket } from "./socket.js";
import { Store } from "./store.js";

/**
 * `onChange(stream, changed)` after each message that changed something; `onPhase(phase)` when the connection changes;
 * `onControl(message)` for the server's orders; `onBuild(build)` with each tick. `environment` as in socket.js, plus wallNow.
 */
export class Session {
  store = new Store();
  clock = new ServerClock();
  phase = { phase: "connecting", reason: null };
  /** Server's time when a message was last heard; null before the first. */
  heard_at = null;
  #environment; #socket; #handlers;

  constructor({ url, environment, handlers }) {
    this.#environment = environment;
    this.#handlers = handlers;
    this.#socket = new BoardSocket({
      url,
      environment,
      positions: () => this.store.positions(),
      onMessage: (message) => this.#received(message),
      onPhase: (phase) => this.#phased(phase),
    });
  }

  start() {
    this.#socket.open();
  }

  /** The server's time; the screen's own until the server was heard. */
  now() {
    return this.clock.now(this.#environment.now()) ?? this.#environment.wallNow();
  }

  /** What freshness.js asks of the connection. */
  contact(stream) {
    return { heard_at: this.heard_at, silent: this.store.stream(stream).silent };
  }

  get isLost() {
    return this.heard_at !== null && this.now() - this.heard_at > LOST_MS;
  }

  #received(message) {
    if (Number.isFinite(message?.at)) this.clock.sample(message.at, this.#environment.now());
    const { stream, changed, need } = this.store.apply(message);
    if (stream !== null && message.t !== "control") this.heard_at = this.now();
    if (message?.t === "snapshot") this.#socket.settled(stream);
    if (need === "resync") this.#socket.resync(stream);
    if (message?.t === "tick" && stream !== null) this.#ticked(message, stream, need);
    if (Object.keys(changed).length) this.#handlers.onChange(stream, changed);
    if (message?.t === "control") this.#handlers.onControl(message);
  }

  #ticked(message, stream, need) {
    if (need === null) this.#socket.acknowledge(stream, message.seq);
    this.#handlers.onBuild(message.build);
  }

  #phased(phase) {
    this.phase = phase;
    this.#handlers.onPhase(phase);
  }
}
