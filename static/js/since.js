/** A running time in a template. Each beat changes its one text node and nothing else. */

import { AsyncDirective, directive } from "../vendor/lit/lit.js";
import { duration } from "./format.js";

class Since extends AsyncDirective {
  #ticker = null;
  #at = null;
  #held = null;
  #text = "";
  #isListening = false;
  #listener = () => {
    const text = this.#now();
    if (text !== this.#text) this.setValue(text);
    this.#text = text;
  };

  /** The time since `at`, running; it stands still at `held` if that is given. Both by the server's clock. */
  render(ticker, at, held = null) {
    this.#at = at;
    this.#held = held;
    this.#ticker = ticker;
    this.#listen(this.isConnected && at !== null);
    this.#text = this.#now();
    return this.#text;
  }

  disconnected() {
    this.#listen(false);
  }

  reconnected() {
    this.#listen(this.#at !== null);
    this.#listener();
  }

  #now() {
    if (this.#at === null) return duration(null);
    const now = this.#held === null ? this.#ticker.now : Math.min(this.#held, this.#ticker.now);
    return duration(now - this.#at);
  }

  #listen(wanted) {
    if (wanted === this.#isListening) return;
    this.#isListening = wanted;
    if (wanted) this.#ticker.subscribe(this.#listener);
    else this.#ticker.unsubscribe(this.#listener);
  }
}

export const since = directive(Since);
