/** Asks for a board that was changed while it is open, until the server gives it. Knows no DOM. */

const AGAIN_MS = 5_000;

/** `environment` holds fetch and setTimeout; `show(config)` shows what came. */
export class Renewal {
  #environment; #show;
  #wanted = null;

  constructor({ environment, show }) {
    this.#environment = environment;
    this.#show = show;
  }

  /** The board at this address looks otherwise by now; the same `look` is asked for once. */
  async want(look, address) {
    if (this.#wanted === look) return;
    this.#wanted = look;
    await this.#attempt(look, address);
  }

  async #attempt(look, address) {
    if (this.#wanted !== look) return;
    const answer = await this.#answered(address);
    if (answer === null) {
      this.#environment.setTimeout(() => this.#attempt(look, address), AGAIN_MS);
      return;
    }
    if (answer.config) await this.#show(answer.config);
    else this.#wanted = null;
  }

  /** `{config}`, which is null where the server refuses it; null if it cannot say now. */
  async #answered(address) {
    try {
      const answer = await this.#environment.fetch(address, { cache: "no-store", credentials: "same-origin" });
      if (answer.status >= 500) return null;
      return { config: answer.ok ? await answer.json() : null };
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
      return null;
    }
  }
}
