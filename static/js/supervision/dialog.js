/** The dialog of an action: says who and what, asks what is needed, and tells what it is to send. Nothing is sent by it. */

import { LitElement, html, nothing } from "../../vendor/lit/lit.js";
import { said } from "./said.js";

/**
 * `open({form, subject, desk})`: `desk` is a function that gives the desk as it is now, `{options, queues, agents, calls, notLive, now}`.
 * Events: `desk-submit` with `{requests, before, subject}`, `desk-dialog-closed`.
 */
export class DeskDialog extends LitElement {
  static properties = { form: { state: true }, values: { state: true }, loaded: { attribute: false }, isAsked: { state: true } };

  #desk = null;
  #subject = null;
  #back = null;

  constructor() {
    super();
    Object.assign(this, { form: null, values: {}, loaded: null, isAsked: false });
  }

  createRenderRoot() {
    return this;
  }

  get isOpen() {
    return this.form !== null;
  }

  open({ form, subject, desk }) {
    this.#desk = desk;
    this.#subject = subject;
    this.#back = document.activeElement;
    this.form = form;
    this.loaded = null;
    this.isAsked = false;
    this.values = form.initial(this.d);
    this.updateComplete.then(() => this.#shown());
  }

  /** What a form needs to draw: the subject as it was at the click, and as it is now. */
  get d() {
    const desk = this.#desk();
    const { agent, call_id } = this.#subject;
    return {
      subject: this.#subject,
      now: { agent: agent ? desk.agents.get(agent.id) ?? null : null, call: call_id ? desk.calls.get(call_id) ?? null : null },
      desk,
      values: this.values,
      loaded: this.loaded,
      set: (name, value) => { this.values = { ...this.values, [name]: value }; },
    };
  }

  /** Whether nothing but the click is needed: then there is no dialog. */
  static isNeedless(form, d) {
    return Boolean(form.isImmediate) && form.problem(d) === null;
  }

  close() {
    this.querySelector("dialog")?.close();
  }

  render() {
    if (!this.form) return nothing;
    const d = this.d;
    const problem = d.desk.notLive ?? this.form.problem(d);
    const confirms = this.form.confirms(d);
    const submits = this.form.submits(d);
    return html`<dialog class="dialog" aria-labelledby="desk-dialog-title" @close=${() => this.#closed()} @cancel=${(event) => event.stopPropagation()}>
      <form method="dialog" novalidate @submit=${(event) => event.preventDefault()} @keydown=${(event) => this.#pressed(event)}>
        <h2 id="desk-dialog-title">${this.form.title(d)}</h2>
        <div class="dialog-body">${this.form.draw(d)}</div>
        ${confirms ? html`<p class="confirms" role="alert">${confirms}</p>` : nothing}
        <p class="problem" role="status">${problem && (this.isAsked || d.desk.notLive) ? problem : ""}</p>
        ${this.form.choose ? html`<p class="choose">${submits.length ? this.form.choose : said.noChoice}</p>` : nothing}
        <footer>${submits.map((one, place) => html`<button type="button" class=${one.isDangerous ? "danger" : place === 0 && !one.isPlain ? "main" : ""} data-submit
          aria-disabled=${String(problem !== null)} @click=${() => this.#submit(one)}>${one.label}</button>`)}
          <button type="button" class="cancel" @click=${() => this.close()}>${said.cancel}</button></footer>
      </form></dialog>`;
  }

  #shown() {
    const dialog = this.querySelector("dialog");
    if (!dialog || dialog.open) return;
    dialog.showModal();
    const first = dialog.querySelector("input:checked, .dialog-body input, .dialog-body select") ?? dialog.querySelector("[data-submit]");
    first?.focus();
  }

  #submit({ values = {} }) {
    const d = { ...this.d, values: { ...this.values, ...values } };
    this.isAsked = true;
    if ((d.desk.notLive ?? this.form.problem(d)) !== null) return;
    const detail = { requests: this.form.requests(d), before: this.form.before?.(d) ?? null, subject: this.#subject };
    this.close();
    this.dispatchEvent(new CustomEvent("desk-submit", { bubbles: true, detail }));
  }

  /** Enter in a field is the button, unless there are several or it is dangerous: then it wants to be meant. */
  #pressed(event) {
    event.stopPropagation();
    if (event.key !== "Enter" || event.target.localName === "button") return;
    event.preventDefault();
    const submits = this.form.submits(this.d);
    if (submits.length === 1 && !submits[0].isDangerous) this.#submit(submits[0]);
    else this.querySelector("[data-submit]")?.focus();
  }

  #closed() {
    this.form = null;
    if (this.#back?.isConnected) this.#back.focus();
    this.dispatchEvent(new CustomEvent("desk-dialog-closed", { bubbles: true }));
  }
}
customElements.define("wb-desk-dialog", DeskDialog);
