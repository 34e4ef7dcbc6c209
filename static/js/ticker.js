/** The one beat of the board: once a second, on the server's second. All running timers and clocks follow it. */

import { each, failed } from "./failures.js";

const SECOND = 1000;
/** Just past the second, so that a timer never shows the second before because of a rounded timeout. */
const MARGIN_MS = 5;

export class Ticker {
  #listeners = new Set();
  #serverNow; #setTimeout; #elapsed; #onFailure;

  /** Server's time of the last beat: what timers show is `now` minus a moment of a row. */
  now = 0;
  /** Seconds since the first beat, by no clock that may be set: what takes turns starts with its first page and never stands still. */
  count = 0;
  /** Time stands still: whatever is shown stays as it is. */
  isHeld = false;
  #startedAt = null;

  /** `elapsed` gives milliseconds that only ever grow; `onFailure` hears the error of a listener, the others are called all the same. */
  constructor({ serverNow, setTimeout, elapsed = () => performance.now(), onFailure = failed }) {
    this.#serverNow = serverNow;
    this.#setTimeout = setTimeout;
    this.#elapsed = elapsed;
    this.#onFailure = onFailure;
  }

  start() {
    // First of all: whatever happens on this beat, there is a next one.
    this.#setTimeout(() => this.start(), SECOND - (this.#serverNow() % SECOND) + MARGIN_MS);
    this.beat();
  }

  /** Follow the clock without waiting for the second, when something was told that moves with it. */
  beat() {
    if (this.isHeld) return;
    this.now = Math.floor(this.#serverNow() / SECOND) * SECOND;
    this.#startedAt ??= this.#elapsed();
    this.count = Math.floor((this.#elapsed() - this.#startedAt) / SECOND);
    each(this.#listeners, (listener) => listener(this), this.#onFailure);
  }

  subscribe(listener) {
    this.#listeners.add(listener);
  }

  unsubscribe(listener) {
    this.#listeners.delete(listener);
  }
}
