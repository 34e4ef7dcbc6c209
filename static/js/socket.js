/** The connection to the server: opening, saying hello, acknowledging, noticing silence, coming back. Knows no DOM. */

const CONNECT_MS = 10_000;
const SILENCE_MS = 7_000;
/** So long a server is believed that says that its poller is silent; then another may be reached that hears it. */
const TICKLESS_MS = 60_000;
const STABLE_MS = 30_000;
const ACK_MS = 10_000;
const RESYNC_MS = 1_000;
const BACKOFF_MS = 1_000;
const BACKOFF_MAX_MS = 30_000;
const OPEN = 1;

export const CLOSE = { login: 4001, revoked: 4003, slow: 4008, outdated: 4010 };
const STOPS = new Map([[CLOSE.login, "login"], [CLOSE.revoked, "revoked"], [CLOSE.outdated, "outdated"]]);

/** Full jitter: anywhere between nothing and a limit that doubles, so that a thousand screens do not come back together. */
export function backoffDelay(attempt, random) {
  return random() * Math.min(BACKOFF_MAX_MS, BACKOFF_MS * 2 ** attempt);
}

/**
 * One board's socket. `positions()` gives what hello tells; `onMessage(message)` gets every decoded message;
 * `onPhase({phase, reason})` hears `connecting`, `open`, `waiting` (will try again) and `stopped` (will not: reason `login`,
 * `revoked` or `outdated`). `environment` holds WebSocket, setTimeout, clearTimeout, random and now (monotonic ms).
 */
export class BoardSocket {
  #url; #environment; #positions; #onMessage; #onPhase;
  #socket = null;
  #attempt = 0;
  #timers = new Map();
  #ackedAt = new Map();
  #resyncedAt = new Map();

  constructor({ url, environment, positions, onMessage, onPhase }) {
    this.#url = url;
    this.#environment = environment;
    this.#positions = positions;
    this.#onMessage = onMessage;
    this.#onPhase = onPhase;
  }

  open() {
    const socket = new this.#environment.WebSocket(this.#url);
    this.#socket = socket;
    this.#onPhase({ phase: "connecting", reason: null });
    // Each handler asks whether it still speaks for the current socket: a socket given up may yet have something to say.
    socket.onopen = () => socket === this.#socket && this.#opened();
    socket.onmessage = (event) => socket === this.#socket && this.#received(event.data);
    socket.onclose = (event) => socket === this.#socket && this.#closed(event.code);
    this.#later("silence", CONNECT_MS, () => this.#giveUp());
  }

  /** Leave for good. */
  stop() {
    this.#leave();
    this.#cancelAll();
  }

  /** Ask for the whole stream again; asking more often than once a second is put off, not forgotten. */
  resync(stream) {
    const key = `resync ${stream}`;
    if (this.#timers.has(key)) return;
    const since = this.#environment.now() - (this.#resyncedAt.get(stream) ?? -Infinity);
    if (since >= RESYNC_MS) this.#sendResync(stream);
    else this.#later(key, RESYNC_MS - since, () => this.#sendResync(stream));
  }

  /** The stream is whole again (a snapshot came): drop a request that was put off. */
  settled(stream) {
    this.#cancel(`resync ${stream}`);
  }

  /** Tell the server how far we are, at most every ten seconds. */
  acknowledge(stream, seq) {
    const now = this.#environment.now();
    if (now - (this.#ackedAt.get(stream) ?? -Infinity) < ACK_MS) return;
    if (this.#send({ t: "ack", stream, seq })) this.#ackedAt.set(stream, now);
  }

  /** Say something of one's own. False if there is no connection. */
  send(message) {
    return this.#send(message);
  }

  #opened() {
    this.#ackedAt.clear();
    this.#resyncedAt.clear();
    this.#send({ t: "hello", v: 1, streams: this.#positions() });
    this.#ticked();
    this.#later("stable", STABLE_MS, () => { this.#attempt = 0; });
    this.#onPhase({ phase: "open", reason: null });
  }

  #received(text) {
    let message;
    try {
      message = JSON.parse(text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      // A text that is no JSON is no server of ours (a portal, a proxy): start over rather than guess.
      this.#giveUp();
      return;
    }
    if (message?.t === "tick") this.#ticked();
    if (message?.t === "control" && message.code === "silent") this.#watch();
    this.#onMessage(message);
  }

  #ticked() {
    this.#watch();
    this.#later("tickless", TICKLESS_MS, () => this.#giveUp());
  }

  #watch() {
    this.#later("silence", SILENCE_MS, () => this.#giveUp());
  }

  #giveUp() {
    this.#leave();
    this.#closed(null);
  }

  #closed(code) {
    this.#socket = null;
    this.#cancelAll();
    if (STOPS.has(code)) {
      this.#onPhase({ phase: "stopped", reason: STOPS.get(code) });
      return;
    }
    const delay = backoffDelay(this.#attempt, this.#environment.random);
    this.#attempt += 1;
    this.#later("again", delay, () => this.open());
    this.#onPhase({ phase: "waiting", reason: code === CLOSE.slow ? "slow" : null });
  }

  #leave() {
    const socket = this.#socket;
    this.#socket = null;
    if (socket) socket.close();
  }

  #sendResync(stream) {
    if (this.#send({ t: "resync", stream })) this.#resyncedAt.set(stream, this.#environment.now());
  }

  #send(message) {
    if (!this.#socket || this.#socket.readyState !== OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  #later(key, delay, action) {
    this.#cancel(key);
    const timer = this.#environment.setTimeout(() => {
      this.#timers.delete(key);
      action();
    }, delay);
    this.#timers.set(key, timer);
  }

  #cancel(key) {
    if (this.#timers.has(key)) this.#environment.clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }

  #cancelAll() {
    for (const key of [...this.#timers.keys()]) this.#cancel(key);
  }
}
