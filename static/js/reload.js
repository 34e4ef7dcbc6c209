/** Loading the page again without ever leaving a screen on an error page. */

const BUILD_SPREAD_MS = 60_000;
const RETRY_MS = 5_000;
const AGAIN_MS = 600_000;
const MEMORY = "wb-reloaded-for";

/**
 * Reloads by itself. `environment` holds fetch, setTimeout, random, now, reload and memory (a Storage).
 * The page is fetched first and left only when the server has given it: a screen on the wall has nobody to press a key.
 */
export class Reloader {
  #environment; #build;
  #isPlanned = false;

  constructor({ environment, build }) {
    this.#environment = environment;
    this.#build = build;
  }

  /** A message told the server's build: if it is another, reload within a random minute. True if that is planned. */
  seen(build) {
    if (!build || build === this.#build) return this.#isPlanned;
    this.plan({ spread_ms: BUILD_SPREAD_MS, build });
    return this.#isPlanned;
  }

  /** Reload at a random moment within `spread_ms`; once is enough. */
  plan({ spread_ms, build = "" }) {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    const delay = this.#wasTried(build) ? AGAIN_MS : this.#environment.random() * spread_ms;
    this.#environment.setTimeout(() => this.#attempt(build), delay);
  }

  async #attempt(build) {
    if (await this.#isServed()) {
      this.#environment.memory.setItem(MEMORY, JSON.stringify({ build, at: this.#environment.now() }));
      this.#environment.reload();
      return;
    }
    this.#environment.setTimeout(() => this.#attempt(build), RETRY_MS);
  }

  async #isServed() {
    try {
      const answer = await this.#environment.fetch();
      return answer.ok || (answer.status >= 400 && answer.status < 500);
    } catch (error) {
      if (error instanceof TypeError) return false;
      throw error;
    }
  }

  /** Whether this page was just reloaded for the same build in vain (an old copy in a cache, say): then wait longer. */
  #wasTried(build) {
    const text = this.#environment.memory.getItem(MEMORY);
    if (!text) return false;
    const last = JSON.parse(text);
    return last.build === build && this.#environment.now() - last.at < AGAIN_MS;
  }
}
