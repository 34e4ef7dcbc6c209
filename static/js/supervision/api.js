/** Asking the server, as docs/supervision.md says. Knows no DOM. Nothing is ever sent twice. */

import { _ } from "../i18n.js";

const READ_MS = 15_000;
const ACT_MS = 20_000;

/** What went wrong, as `{code, text}`: the server's words, or ours where it said none. */
export class ApiProblem extends Error {
  constructor(code, text) {
    super(text);
    this.code = code;
  }
}

const TEXTS = {
  unreachable: _("The server cannot be reached."),
  late: _("The server did not answer in time."),
  logged_out: _("You are logged out: nothing was done. Log in again, then repeat it if it is still wanted."),
  stale: _("The server did not accept this page's key, so nothing was done. Load the page again, then repeat it if it is still wanted."),
  broken: _("The server failed and gave no answer."),
};

/** `environment`: fetch, AbortController, setTimeout, clearTimeout. `base` is the page's address; `token()` gives the CSRF token. */
export class Api {
  #environment; #base; #token;

  constructor({ environment, base, token }) {
    this.#environment = environment;
    this.#base = base;
    this.#token = token;
  }

  /** Read something. Raises ApiProblem. */
  get(path) {
    return this.#ask(path, {}, READ_MS);
  }

  /** Send something, once. Raises ApiProblem; code `unreachable` or `late` says that nobody knows whether it arrived. */
  post(path, body) {
    return this.#ask(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.#token() },
      body: JSON.stringify(body),
    }, ACT_MS);
  }

  async #ask(path, options, limit_ms) {
    const control = new this.#environment.AbortController();
    const timer = this.#environment.setTimeout(() => control.abort(), limit_ms);
    try {
      const answer = await this.#environment.fetch(this.#base + path, {
        credentials: "same-origin", cache: "no-store", redirect: "manual", signal: control.signal, ...options,
      });
      return await this.#read(answer);
    } catch (error) {
      if (error instanceof ApiProblem) throw error;
      if (error instanceof TypeError) throw new ApiProblem("unreachable", TEXTS.unreachable);
      if (error.name === "AbortError") throw new ApiProblem("late", TEXTS.late);
      throw error;
    } finally {
      this.#environment.clearTimeout(timer);
    }
  }

  async #read(answer) {
    if (answer.type === "opaqueredirect" || answer.status === 401) throw new ApiProblem("logged_out", TEXTS.logged_out);
    const data = await readJson(answer);
    if (answer.ok && data !== null) return data;
    if (data?.error?.text) throw new ApiProblem(data.error.code ?? "failed", data.error.text);
    // Ours are in JSON; this is Django's, for a token that another login made void.
    if (answer.status === 403) throw new ApiProblem("stale", TEXTS.stale);
    throw new ApiProblem("broken", TEXTS.broken);
  }
}

/** The answer's JSON; null if it is none (an error page, a proxy's page). */
async function readJson(answer) {
  try {
    return await answer.json();
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
