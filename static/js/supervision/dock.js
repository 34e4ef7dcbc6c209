/** What became of the actions: each with its true state, as word and shape, and the PBX's own words. */

import { LitElement, html, nothing, repeat } from "../../vendor/lit/lit.js";
import { momentTime } from "../format.js";
import { _, interpolate } from "../i18n.js";

const STATES = {
  sending: _("sending"), planned: _("planned"), requested: _("requested"), accepted: _("accepted"), unanswered: _("unanswered"),
  confirmed: _("confirmed"), not_confirmed: _("not confirmed"), failed: _("failed"), refused: _("refused"), cancelled: _("cancelled"), ended: _("ended"),
};
const TEXTS = {
  title: _("Actions"),
  none: _("Nothing was done yet. What you do is listed here, with what really became of it."),
  withdraw: _("Withdraw"),
  pbx: _("The PBX: “%(text)s”"),
  sending: _("On its way to the server."),
  all: _("Show all"), fewer: _("Show fewer"),
  spoken: _("%(title)s, %(agent)s: %(state)s. %(text)s"),
};

/** The word of a record's state. */
export function stateWord(record) {
  return STATES[record.state] ?? record.state_title ?? record.state;
}

/** `records`, the newest first. Event: `desk-withdraw` with `{id}`. */
export class DeskDock extends LitElement {
  static properties = { records: { attribute: false }, zone: { attribute: false }, isTall: { state: true }, spoken: { state: true } };

  constructor() {
    super();
    Object.assign(this, { records: [], zone: undefined, isTall: false, spoken: "" });
    this.known = new Map();
  }

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (!changed.has("records")) return;
    const news = this.records.filter((record) => this.known.get(record.id) !== record.state && record.state !== "sending");
    this.known = new Map(this.records.map(({ id, state }) => [id, state]));
    if (news.length) this.spoken = news.slice(0, 3).map(spokenText).join(" ");
  }

  render() {
    this.dataset.tall = String(this.isTall);
    return html`<header><h2>${TEXTS.title}</h2><span class="quiet">${this.records.length || ""}</span>
      ${this.records.length > 2 ? html`<button type="button" class="quiet" aria-expanded=${String(this.isTall)} @click=${() => { this.isTall = !this.isTall; }}>${this.isTall ? TEXTS.fewer : TEXTS.all}</button>` : nothing}</header>
      ${this.records.length ? html`<ol class="records" tabindex="0" aria-label=${TEXTS.title}>${repeat(this.records, ({ id }) => id, (record) => this.record(record))}</ol>` : html`<p class="empty">${TEXTS.none}</p>`}
      <p class="unseen" aria-live="polite">${this.spoken}</p>`;
  }

  record(record) {
    return html`<li class="record" data-state=${record.state} data-id=${record.id} data-action=${record.action}>
      <time class="quiet">${momentTime(record.requested_at, this.zone)}</time>
      <span class="outcome"><i class="outcome-shape" aria-hidden="true"></i>${stateWord(record)}</span>
      <span class="what cut"><b>${record.title}</b> ${record.agent_name ?? ""}</span>
      <span class="text">${record.state === "sending" ? TEXTS.sending : record.text}${this.words(record)}</span>
      ${record.can_cancel ? html`<button type="button" @click=${() => this.tell(record.id)}>${TEXTS.withdraw}</button>` : html`<span></span>`}</li>`;
  }

  words({ pbx_text, pbx_meaning }) {
    if (!pbx_text) return nothing;
    return html` <span class="quiet" lang="cs">${interpolate(TEXTS.pbx, { text: pbx_text })}</span>${pbx_meaning ? html` <span class="quiet">(${pbx_meaning})</span>` : nothing}`;
  }

  tell(id) {
    this.dispatchEvent(new CustomEvent("desk-withdraw", { bubbles: true, detail: { id } }));
  }
}
customElements.define("wb-desk-dock", DeskDock);

function spokenText(record) {
  return interpolate(TEXTS.spoken, { title: record.title, agent: record.agent_name ?? "", state: stateWord(record), text: record.text });
}
