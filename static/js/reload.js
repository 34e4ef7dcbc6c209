/** Loading the page again without ever leaving a screen on an error page. */

const BUILD_SPREAD_MS = 60_000;
const RETRY_MS = 5_000;
const AGAIN_MS = 600_000;
const MISSED_SPREAD_MS = 5_000;
const MISSED_AGAIN_MS = 60_000;
const MEMORY = "wb-reloaded-for";

/**
 * Reloads by itself. `environment` holds fetch, setTimeout, random, now, reload and memory (a Storage).
 * The page is fetched first and left only when the server has given it: a screen on the wall has nobody to press a key.
 */
export class Reloader {
  #environment; #build;
  /** The plan that holds, `{at, build}`: the soonest of all. */
  #plan = null;
  /** The builds that were planned for: each draws its moment once. */
  #seen = new Set();

  constructor({ environment, build }) {
    this.#environment = environment;
    this.#build = build;
  }

  /** A message told the server's build: if it is another, reload within a random minute. True if a reload is planned. */
  seen(build) {
    if (build && build !== this.#build) this.plan({ spread_ms: BUILD_SPREAD_MS, build });
    return this.#plan !== null;
  }

  /**
   * Reload at a random moment within `spread_ms`, or sooner if that is planned already. What is for the sake of a `build` (or another
   * reason by name) happens once, and waits (`again_ms`) if the page was just loaded for it in vain; without one somebody ordered it.
   */
  plan({ spread_ms, build = null, again_ms = AGAIN_MS }) {
    if (build !== null && this.#seen.has(build)) return;
    this.#seen.add(build);
    const delay = this.#wasTried(build) ? again_ms : this.#environment.random() * spread_ms;
    const plan = { at: this.#environment.now() + delay, build };
    if (this.#plan && this.#plan.at <= plan.at) return;
    this.#plan = plan;
    this.#environment.setTimeout(() => this.#attempt(plan), delay);
  }

  /** Code of this page could not be loaded, which its browser remembers: only another page can load it. */
  missed() {
    this.plan({ spread_ms: MISSED_SPREAD_MS, again_ms: MISSED_AGAIN_MS, build: "code" });
  }

  async #attempt(plan) {
    if (plan !== this.#plan) return;
    if (await this.#isServed()) {
      if (plan.build !== null) this.#environment.memory.setItem(MEMORY, JSON.stringify({ build: plan.build, at: this.#environment.now() }));
      this.#environment.reload();
      return;
    }
    this.#environment.setTimeout(() => this.#attempt(plan), RETRY_MS);
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
    const text = build === null ? null : this.#environment.memory.getItem(MEMORY);
    if (!text) return false;
    const last = JSON.parse(text);
    return last.build === build && this.#environment.now() - last.at < AGAIN_MS;
  }
}
