/** An agent's day, beside the tables: now, timeline, sessions, pauses, last calls. Each part loads, fails and is empty for itself. */

import { LitElement, html, nothing } from "../../vendor/lit/lit.js";
import { clockTime, duration } from "../format.js";
import { _, interpolate } from "../i18n.js";
import { stateShape } from "../parts.js";
import { since } from "../since.js";
import { words } from "../words.js";
import "./gantt-strip.js";
import { said } from "./said.js";

export const PARTS = ["timeline", "sessions", "pauses", "calls"];
const TEXTS = {
  title: { timeline: _("Today"), sessions: _("Sessions"), pauses: _("Pauses"), calls: _("Last calls") },
  loading: _("Asking the PBX …"),
  empty: { timeline: _("Nothing happened today yet."), sessions: _("Not logged in today."), pauses: _("No pauses today."), calls: _("No calls today.") },
  again: _("Ask again"),
  now: _("Now"), noCall: _("Not in a call."), loggedOut: _("%(name)s has logged out, or is no longer in your queues. What follows is the day so far."),
  entered: _("on the line for"), answered: _("talking for"), queues: _("Queues"), login: _("Login"), extension: _("Extension"), telephone: _("Telephone"),
  still: _("now"), from: _("From"), to: _("To"), length: _("Length"), at: _("At"), waited: _("Waited"), talked: _("Talked"), missed: _("not answered"), total: _("Total"),
};

/** `view` the agent's, as it is or was; `parts` maps a part to null (loading) or its answer. Events: `desk-close`, `desk-reload`, `desk-row`. */
export class DeskDrawer extends LitElement {
  static properties = {
    view: { attribute: false }, call: { attribute: false }, isGone: { attribute: false }, parts: { attribute: false },
    context: { attribute: false }, ticker: { attribute: false }, zone: { attribute: false },
  };

  constructor() {
    super();
    Object.assign(this, { view: null, call: null, isGone: false, parts: {}, context: null, ticker: null, zone: undefined });
  }

  createRenderRoot() {
    return this;
  }

  render() {
    this.hidden = !this.view;
    if (!this.view) return nothing;
    return html`<section class="drawer" role="complementary" aria-label=${said.detailsOf(this.view.name)} @keydown=${(event) => this.#pressed(event)}>
      <header><h2 tabindex="-1">${this.view.name}</h2><button type="button" class="close" aria-label=${said.close} title=${said.close} @click=${() => this.tell("desk-close")}></button></header>
      <div class="drawer-body">${this.now()}
      ${PARTS.map((name) => html`<section class="part" data-part=${name}><h3>${TEXTS.title[name]}</h3>${this.part(name)}</section>`)}</div></section>`;
  }

  now() {
    const { view } = this;
    const actions = this.isGone ? [] : this.context.agentActions(view);
    return html`<section class="part now"><p class="state-line">${this.isGone ? interpolate(TEXTS.loggedOut, { name: view.name }) : html`${stateShape(view.state)}<b>${words.state[view.state]}</b>
        <span class="timer">${since(this.ticker, view.since_at, this.context.heldAt(view.id))}</span>${view.pause && view.call_id === null ? html`<span class="quiet">${view.pause}</span>` : nothing}`}</p>
      ${this.isGone ? nothing : html`<dl><dt>${TEXTS.login}</dt><dd>${view.login ?? words.dash}</dd><dt>${TEXTS.extension}</dt><dd>${view.extension ?? words.dash}${view.device_status ? html` <span class="quiet">${view.device_status.toLowerCase().replaceAll("_", " ")}</span>` : nothing}</dd>
        <dt>${TEXTS.queues}</dt><dd>${view.queues || said.noQueue}</dd><dt>${said.caller}</dt><dd>${this.current()}</dd></dl>`}
      <div class="drawer-acts">${actions.map((one) => html`<button type="button" class=${one.isPrimary ? "main" : ""} ?disabled=${one.disabled !== null} title=${one.disabled ?? ""}
        @click=${() => this.tell("desk-row", { do: "act", id: view.id, action: one.name })}>${one.menu}</button>`)}</div></section>`;
  }

  current() {
    const { call } = this;
    if (!call) return TEXTS.noCall;
    const text = call.caller_name ? `${call.caller_name} · ${call.caller ?? said.withheld}` : call.caller ?? said.withheld;
    return html`${text} <span class="quiet">${call.direction === "out" ? said.outbound : said.inbound} · ${call.queue ?? said.noQueue} · ${TEXTS.entered}</span>
      <span class="timer">${since(this.ticker, call.entered_at, this.context.heldAt(call.id))}</span>
      ${call.listeners ? html`<span class="tag listening">${said.listening(call.listeners)}</span>` : nothing}`;
  }

  part(name) {
    const answer = this.parts[name];
    if (!answer) return html`<p class="quiet" role="status">${TEXTS.loading}</p>`;
    if (answer.error) return html`<p class="wrong" role="alert">${answer.error.text} <button type="button" @click=${() => this.tell("desk-reload", { part: name })}>${TEXTS.again}</button></p>`;
    if (!answer.rows.length) return html`<p class="quiet">${TEXTS.empty[name]}</p>`;
    return { timeline: () => this.timeline(answer), sessions: () => this.stays(answer.rows), pauses: () => this.stays(answer.rows), calls: () => this.calls(answer.rows) }[name]();
  }

  timeline(answer) {
    return html`<wb-gantt-strip .day=${answer} .zone=${this.zone}></wb-gantt-strip>`;
  }

  stays(rows) {
    const total = rows.reduce((sum, { duration_s }) => sum + (duration_s ?? 0), 0);
    const withTitle = rows.some(({ title }) => title);
    return html`<table><thead><tr>${withTitle ? html`<th scope="col">${TEXTS.title.pauses}</th>` : nothing}<th scope="col" class="number">${TEXTS.from}</th><th scope="col" class="number">${TEXTS.to}</th><th scope="col" class="number">${TEXTS.length}</th></tr></thead>
      <tbody>${rows.map((row) => html`<tr>${withTitle ? html`<td>${row.title ?? words.dash}</td>` : nothing}<td class="number">${clockTime(row.from_at, this.zone)}</td>
        <td class="number">${row.to_at === null ? TEXTS.still : clockTime(row.to_at, this.zone)}</td><td class="number">${seconds(row.duration_s)}</td></tr>`)}</tbody>
      ${rows.length > 1 ? html`<tfoot><tr><td colspan=${withTitle ? 3 : 2}>${TEXTS.total}</td><td class="number">${seconds(total)}</td></tr></tfoot>` : nothing}</table>`;
  }

  calls(rows) {
    return html`<table><thead><tr><th scope="col" class="number">${TEXTS.at}</th><th scope="col">${said.caller}</th><th scope="col">${said.queue}</th><th scope="col" class="number">${TEXTS.waited}</th><th scope="col" class="number">${TEXTS.talked}</th></tr></thead>
      <tbody>${rows.map((row) => html`<tr><td class="number">${clockTime(row.at, this.zone)}</td><td><span class="way" data-way=${row.direction ?? "in"} role="img" aria-label=${row.direction === "out" ? said.outbound : said.inbound}></span> ${row.caller ?? said.withheld}</td>
        <td>${row.queue_title ?? words.dash}</td><td class="number">${seconds(row.wait_s)}</td><td class="number">${row.is_answered ? seconds(row.talk_s) : html`<span class="quiet">${TEXTS.missed}</span>`}</td></tr>`)}</tbody></table>`;
  }

  focusHead() {
    this.querySelector("h2")?.focus();
  }

  tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }

  #pressed(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    this.tell("desk-close");
  }
}
customElements.define("wb-desk-drawer", DeskDrawer);

function seconds(value) {
  return value === null || value === undefined ? words.dash : duration(value * 1000);
}
