/** The one beat of the board: once a second, on the server's second. All running timers and clocks follow it. */

const SECOND = 1000;
/** Just past the second, so that a timer never shows the second before because of a rounded timeout. */
const MARGIN_MS = 5;

export class Ticker {
  #listeners = new Set();
  #serverNow; #setTimeout; #elapsed;

  /** Server's time of the last beat: what timers show is `now` minus a moment of a row. */
  now = 0;
  /** Seconds since the first beat, by no clock that may be set: what takes turns starts with its first page and never stands still. */
  count = 0;
  /** Time stands still: whatever is shown stays as it is. */
  isHeld = false;
  #startedAt = null;

  /** `elapsed` gives milliseconds that only ever grow. */
  constructor({ serverNow, setTimeout, elapsed = () => performance.now() }) {
    this.#serverNow = serverNow;
    this.#setTimeout = setTimeout;
    this.#elapsed = elapsed;
  }

  start() {
    this.beat();
    this.#setTimeout(() => this.start(), SECOND - (this.#serverNow() % SECOND) + MARGIN_MS);
  }

  /** Follow the clock without waiting for the second, when something was told that moves with it. */
  beat() {
    if (this.isHeld) return;
    this.now = Math.floor(this.#serverNow() / SECOND) * SECOND;
    this.#startedAt ??= this.#elapsed();
    this.count = Math.floor((this.#elapsed() - this.#startedAt) / SECOND);
    for (const listener of this.#listeners) listener(this);
  }

  subscribe(listener) {
    this.#listeners.add(listener);
  }

  unsubscribe(listener) {
    this.#listeners.delete(listener);
  }
}
