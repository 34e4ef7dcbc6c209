/** What the editor asks of the server. Each answer is `{ok, …}`; what is wrong comes as sentences, or as `isLoggedOut`. */

import { _ } from "../i18n.js";

/** `token()` gives the CSRF token: each login makes a new one, also one in another tab. */
export class EditorServer {
  #addresses; #token;

  constructor({ addresses, token }) {
    this.#addresses = addresses;
    this.#token = token;
  }

  /** `{ok: true, revision}`, `{ok: false, problems}`, or `{ok: false, other: {name, at, revision}}` if somebody else saved. */
  async save({ layout, revision }) {
    return this.#post(this.#addresses.save, { layout, revision });
  }

  /** `{ok: true}` or `{ok: false, problems}`. */
  async check(layout) {
    return this.#post(this.#addresses.check, { layout });
  }

  /** Tell that we edit; `{ok, others}` names who else does. */
  async here() {
    return this.#post(this.#addresses.presence, {});
  }

  /** `{ok: true, key}` or `{ok: false, problems}`. */
  async upload(file) {
    const form = new FormData();
    form.append("picture", file);
    return this.#asked(this.#addresses.upload, { body: form, headers: {} });
  }

  #post(address, data) {
    return this.#asked(address, { body: JSON.stringify(data), headers: { "Content-Type": "application/json" } });
  }

  async #asked(address, { body, headers }) {
    try {
      return await this.#read(await fetch(address, {
        method: "POST", body, credentials: "same-origin", redirect: "manual", headers: { ...headers, "X-CSRFToken": this.#token() },
      }));
    } catch (error) {
      // The connection broke, be it in the middle of the answer: then it may be no whole JSON either.
      if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
      return { ok: false, problems: [_("The server does not answer. Nothing is lost: try again in a moment.")] };
    }
  }

  async #read(answer) {
    if (answer.type === "opaqueredirect") return { ok: false, isLoggedOut: true, problems: [] };
    if (answer.status === 403) return { ok: false, problems: [_("You may not change this board any more.")] };
    if (!answer.headers.get("Content-Type")?.startsWith("application/json")) {
      return { ok: false, problems: [_("The server could not do that. Nothing is lost: try again in a moment.")] };
    }
    const data = await answer.json();
    return { ok: answer.ok, ...data, problems: data.problems ?? (data.error ? [data.error] : []) };
  }
}
