/** What a board knows: the store, the server's clock, the socket and its phase. Tells its owner when to draw. Knows no DOM. */

import { ServerClock } from "./clock.js";
import { LOST_MS } from "./freshness.js";
import { BoardSocket } from "./socket.js";
import { Store } from "./store.js";

/** A stream unheard for so long while others are heard: it may no longer be the board's. */
const DROPPED_MS = 20_000;
/** A board that comes in place of another is shown after so long at the latest, even without its figures. */
const SETTLED_WITHIN_MS = 5_000;

/**
 * `onChange(stream, changed)` after each message that changed something; `onPhase(phase)` when the connection changes;
 * `onControl(message)` for the server's orders; `onBuild(build)` with each tick. `environment` as in socket.js, plus wallNow.
 */
export class Session {
  store = new Store();
  clock = new ServerClock();
  phase = { phase: "connecting", reason: null };
  #heard = new Map();
  #waiting = null;
  /** Streams of which a tick came over this connection. */
  #live = new Set();
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

  /** Leave for good. */
  stop() {
    this.#socket.stop();
  }

  /** Resolves when all of these streams have come, or after a few seconds. */
  settled(streams) {
    return new Promise((resolve) => {
      this.#waiting = { streams, resolve };
      this.#environment.setTimeout(resolve, SETTLED_WITHIN_MS);
      this.#settle();
    });
  }

  /** Say something of one's own to the server. False if there is no connection. */
  send(message) {
    return this.#socket.send(message);
  }

  /** The server's time; the screen's own until the server was heard. */
  now() {
    return this.clock.now(this.#environment.now()) ?? this.#environment.wallNow();
  }

  /** What freshness.js asks of the connection: server's time when the stream was last heard (null before), and whether it is silent. */
  contact(stream) {
    const heard_at = this.#heard.has(stream) ? this.now() - this.#unheardFor(stream) : null;
    return { heard_at, silent: this.store.stream(stream).silent };
  }

  /** The streams that the server tells of though the page does not expect them, or no longer tells of: was the board changed? */
  changedStreams(expected) {
    const isHeard = (stream) => this.#unheardFor(stream) <= LOST_MS;
    const known = [...this.#heard.keys()];
    const added = known.filter((stream) => !expected.includes(stream) && isHeard(stream));
    if (this.phase.phase !== "open" || !known.some(isHeard)) return added;
    const isDropped = (stream) => this.#heard.has(stream) && this.#unheardFor(stream) > DROPPED_MS;
    return [...added, ...expected.filter(isDropped)];
  }

  /** In ms, by the screen's own clock: the first tick may move the server's by as much as the two differ. */
  #unheardFor(stream) {
    return this.#environment.now() - this.#heard.get(stream);
  }

  #received(message) {
    if (this.#isOfNow(message)) this.clock.sample(message.at, this.#environment.now());
    const { stream, changed, need } = this.store.apply(message);
    if (stream !== null && message.t !== "control") this.#heard.set(stream, this.#environment.now());
    if (message?.t === "snapshot") this.#socket.settled(stream);
    this.#settle();
    if (need === "resync") this.#socket.resync(stream);
    if (message?.t === "tick" && stream !== null) this.#ticked(message, stream, need);
    if (Object.keys(changed).length) this.#handlers.onChange(stream, changed);
    if (message?.t === "control") this.#handlers.onControl(message);
  }

  /** Snapshots, and deltas that catch up, carry the moment of the last change, which may be long past; what follows a tick is new. */
  #isOfNow(message) {
    if (message?.t === "tick") this.#live.add(message.stream);
    else if (message?.code === "silent") this.#live.delete(message.stream);
    return message?.t === "tick" || (message?.t === "delta" && this.#live.has(message.stream));
  }

  #settle() {
    if (!this.#waiting?.streams.every((stream) => this.store.stream(stream).epoch !== null)) return;
    this.#waiting.resolve();
    this.#waiting = null;
  }

  #ticked(message, stream, need) {
    if (need === null) this.#socket.acknowledge(stream, message.seq);
    this.#handlers.onBuild(message.build);
  }

  #phased(phase) {
    this.#live.clear();
    this.phase = phase;
    this.#handlers.onPhase(phase);
  }
}
