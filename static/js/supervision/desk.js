/** The supervision page: puts its parts together, and keeps what is asked for in the page's address. */

import { LitElement, html, nothing } from "../../vendor/lit/lit.js";
import { words } from "../words.js";
import { agentActions, bulkActions, callActions, canBeHandedOver } from "./actions.js";
import { DeskDialog } from "./dialog.js";
import "./dock.js";
import { PARTS } from "./drawer.js";
import { deskFigures, queueChoices } from "./figures.js";
import { agentMatches, callMatches, filterOf, isFiltered, searchOf } from "./filter.js";
import "./help.js";
import { keyOf } from "./keys.js";
import "./menu.js";
import { said } from "./said.js";
import { stoppedBox } from "./stopped.js";
import { notLiveSentence } from "./strip.js";
import "./tables.js";
import "./toolbar.js";
import { agentOrder, callOrder } from "./trouble.js";

/** The second click of a double click must not reach what stood below a dialog. */
const SHIELD_MS = 500;
const DAY_AGAIN_MS = 30_000;
const RIGHTS_AGAIN_MS = 60_000;

/** `live` as in live.js, `acts` as in acts.js, `config` the page's. */
export class Desk extends LitElement {
  static properties = { filter: { state: true }, selected: { state: true }, openId: { state: true }, parts: { state: true }, isMenuOpen: { state: true }, isHelpOpen: { state: true } };

  #context = null;
  #contextKey = null;
  #menuOf = null;
  #drawn = null;
  #shieldUntil = 0;

  constructor() {
    super();
    this.filter = filterOf(window.location.search);
    Object.assign(this, { selected: new Set(), openId: null, parts: {}, isMenuOpen: false, isHelpOpen: false });
    this.addEventListener("click", (event) => this.#shield(event), true);
    document.addEventListener("keydown", (event) => this.#pressed(event));
  }

  createRenderRoot() {
    return this;
  }

  start() {
    this.replaceChildren();
    this.requestUpdate();
    window.setInterval(() => this.openId && this.load(PARTS), DAY_AGAIN_MS);
    window.setInterval(() => this.acts.recheck(), RIGHTS_AGAIN_MS);
  }

  /** What rows need to know beside their views; the same object while nothing of it changed. */
  context() {
    const { state, fresh, phase, views, ticker } = this.live;
    const queues = queueChoices(state.queues, words.unnamed);
    const notLive = notLiveSentence(fresh, phase) ?? this.acts.problem?.message ?? null;
    const waiting = [...views.calls.values()].filter(canBeHandedOver).length;
    const { rights } = this.acts;
    const question = JSON.stringify(this.filter);
    const key = JSON.stringify([question, notLive, waiting > 0, queues.map(({ id, title }) => [id, title]), [...rights], [...this.selected]]);
    if (key === this.#contextKey) return this.#context;
    const outbound = new Set(queues.filter(({ isInbound }) => !isInbound).map(({ id }) => id));
    const desk = { rights, notLive, waiting, queues, isOutbound: (id) => outbound.has(id) };
    this.#contextKey = key;
    this.#context = {
      ...desk,
      question,
      selected: this.selected,
      isBulk: bulkActions([{}], desk).length > 0,
      heldAt: (id) => this.live.heldAt(id),
      agentActions: (view) => agentActions(view, desk),
      callActions: (view) => callActions(view, desk),
    };
    return this.#context;
  }

  /** What a dialog sees of the desk, as it is now. */
  now() {
    const { views, ticker, state } = this.live;
    const { notLive } = this.context();
    return { options: this.acts.options, queues: queueChoices(state.queues, words.unnamed), ...views, notLive, now: ticker.now };
  }

  render() {
    if (!this.live?.state) return nothing;
    const { ticker, views, fresh, phase } = this.live;
    const context = this.context();
    return html`
      <wb-desk-strip .figures=${deskFigures(views, ticker.now)} .fresh=${fresh} .phase=${phase} .state=${this.filter.state} .ticker=${ticker}
        .zone=${this.config.time_zone} .why=${context.notLive} @desk-state=${(event) => this.ask(event.detail)}></wb-desk-strip>
      <wb-desk-toolbar .filter=${this.filter} .queues=${context.queues} .extra=${this.extra(context)}
        @desk-filter=${(event) => this.ask(event.detail)} @desk-rows=${() => this.focusRows("wb-agents-table")}></wb-desk-toolbar>
      <div class="panes" data-fresh=${fresh?.level ?? "stale"} @desk-row=${(event) => this.rowed(event)} @desk-sort=${(event) => this.sorted(event)}
        @desk-select-all=${(event) => this.select(event.detail.ids)}>${this.agents(context)}${this.calls(context)}</div>
      <wb-desk-dock .records=${this.acts.results.shownTo(this.config.actor)} .zone=${this.config.time_zone} @desk-withdraw=${(event) => this.acts.doing.cancel(event.detail.id)}></wb-desk-dock>
      ${this.drawer(context)}
      <wb-desk-menu @desk-chosen=${(event) => this.act(event.detail.name, this.#menuOf)} @desk-menu-closed=${() => { this.isMenuOpen = false; }}></wb-desk-menu>
      <wb-desk-dialog @desk-submit=${(event) => this.submit(event.detail)} ></wb-desk-dialog>
      <wb-desk-help .isOpen=${this.isHelpOpen} @desk-help-closed=${() => { this.isHelpOpen = false; }}></wb-desk-help>
      ${stoppedBox(phase, this.acts.problem)}`;
  }

  updated() {
    const dialog = this.querySelector("wb-desk-dialog");
    if (dialog?.isOpen) dialog.requestUpdate();
  }

  agents(context) {
    const { views: { agents }, ticker } = this.live;
    const shown = [...agents.values()].filter((view) => agentMatches(view, this.filter, ticker.now));
    return html`<wb-agents-table class="pane" .views=${agents} .wanted=${agentOrder(shown, this.filter.agents, ticker.now)} .sort=${this.filter.agents}
      .context=${context} .ticker=${ticker} .beat=${ticker.now} .empty=${this.emptyText(said.empty.agents)} .isPinned=${this.isMenuOpen}></wb-agents-table>`;
  }

  calls(context) {
    const { views: { calls }, ticker } = this.live;
    const shown = [...calls.values()].filter((view) => callMatches(view, this.filter, ticker.now));
    return html`<wb-calls-table class="pane" .views=${calls} .wanted=${callOrder(shown, this.filter.calls, ticker.now)} .sort=${this.filter.calls}
      .context=${context} .ticker=${ticker} .beat=${ticker.now} .empty=${this.emptyText(said.empty.calls)} .isPinned=${this.isMenuOpen}></wb-calls-table>`;
  }

  emptyText(text) {
    const { fresh, phase } = this.live;
    if (!fresh || fresh.blank) return notLiveSentence(fresh, phase) ?? said.empty.waiting;
    return isFiltered(this.filter) ? said.empty.filtered : text;
  }

  drawer(context) {
    const { agents, calls } = this.live.views;
    const view = agents.get(this.openId);
    this.#drawn = view ?? (this.openId === this.#drawn?.id ? this.#drawn : null);
    return html`<wb-desk-drawer .view=${this.#drawn} .isGone=${!view} .call=${calls.get(view?.call_id) ?? null} .parts=${this.parts} .context=${context}
      .ticker=${this.live.ticker} .zone=${this.config.time_zone} @desk-close=${() => this.closeDrawer()} @desk-row=${(event) => this.rowed(event)}
      @desk-reload=${(event) => this.load([event.detail.part])}></wb-desk-drawer>`;
  }

  /** Right of the filters: what may be done with the selection, else what is about no row. */
  extra(context) {
    const ids = [...this.selected].filter((id) => this.live.views.agents.has(id));
    if (ids.length) return this.bulk(context, ids);
    const streams = context.rights.has("login") ? Object.entries(this.acts.options.streams) : [];
    return html`${streams.map(([stream, { title }]) => html`<button type="button" ?disabled=${context.notLive !== null} title=${context.notLive ?? ""}
      @click=${() => this.act("login", { kind: "stream", id: stream })}>${said.login}${streams.length > 1 ? ` (${title})` : ""}</button>`)}
      <button type="button" class="quiet" @click=${() => { this.isHelpOpen = true; }}>${said.keys} <kbd>?</kbd></button>`;
  }

  bulk(context, ids) {
    const views = ids.map((id) => this.live.views.agents.get(id));
    return html`<span class="bulk" role="group" aria-label=${said.selected(ids.length)}><b>${said.selected(ids.length)}</b>
      ${bulkActions(views, context).map((one) => html`<button type="button" ?disabled=${one.disabled !== null} title=${one.disabled ?? ""}
        @click=${() => this.act(one.name, { kind: "agents", ids })}>${one.menu}</button>`)}
      <button type="button" class="quiet" @click=${() => this.select([])}>${said.unselect}</button></span>`;
  }

  ask(fields) {
    this.filter = Object.freeze({ ...this.filter, ...fields });
    window.history.replaceState(null, "", `${window.location.pathname}${searchOf(this.filter)}`);
  }

  sorted({ target, detail }) {
    this.ask({ [target.localName === "wb-agents-table" ? "agents" : "calls"]: detail.sort });
  }

  select(ids) {
    this.selected = new Set(ids);
  }

  rowed(event) {
    event.stopPropagation();
    const { target, detail: { do: what, id, action } } = event;
    const subject = { kind: target.closest("wb-calls-table") ? "call" : "agent", id };
    if (what === "menu") this.openMenu(subject, target);
    if (what === "act") this.act(action, subject);
    if (what === "select" && subject.kind === "agent") this.toggle(id);
    if (what === "open") this.open(subject, target);
  }

  toggle(id) {
    const selected = new Set(this.selected);
    if (!selected.delete(id)) selected.add(id);
    this.selected = selected;
  }

  openMenu(subject, target) {
    const row = target.closest("[data-id]") ?? target.querySelector(`[data-id="${CSS.escape(subject.id)}"]`);
    const { items, label } = this.itemsOf(subject);
    if (!row || !items.length) return;
    this.#menuOf = subject;
    this.isMenuOpen = true;
    this.querySelector("wb-desk-menu").open({ items, label, anchor: document.activeElement?.dataset.id ? row : row.querySelector("button.menu") ?? row });
  }

  itemsOf({ kind, id }) {
    const view = this.live.views[`${kind}s`].get(id);
    const context = this.context();
    const actions = !view ? [] : kind === "agent" ? context.agentActions(view) : context.callActions(view);
    const details = { name: "details", menu: said.details, isDangerous: false, disabled: null };
    const hasDetails = kind === "agent" || this.live.views.agents.has(view?.agent_id);
    return { items: hasDetails ? [details, ...actions] : actions, label: view?.name ?? view?.caller_name ?? view?.caller ?? said.withheld };
  }

  focusRows(name) {
    const table = this.querySelector(name);
    if (table?.currentId) table.focusRow(table.currentId);
  }

  /** Begin an action: with its dialog, or at once where nothing is to be asked. */
  act(name, subject) {
    if (name === "details") return this.open(subject);
    const what = this.acts.subjectOf(subject);
    const form = this.acts.formOf(name, subject);
    const dialog = this.querySelector("wb-desk-dialog");
    const values = form.initial({ subject: what, now: what, desk: this.now() });
    const d = { subject: what, now: what, desk: this.now(), values };
    if (DeskDialog.isNeedless(form, d)) return this.submit({ requests: form.requests(d), before: null, subject: what });
    dialog.open({ form, subject: what, desk: () => this.now() });
    if (form.loads) this.acts.ask(form.loads(d)).then((loaded) => { dialog.loaded = loaded; });
    return undefined;
  }

  submit(detail) {
    this.#shieldUntil = performance.now() + SHIELD_MS;
    this.acts.submit(detail);
  }

  open({ kind, id }, target = null) {
    const agent = kind === "agent" ? id : this.live.views.calls.get(id)?.agent_id;
    if (!this.live.views.agents.has(agent)) {
      if (target) this.openMenu({ kind, id }, target);
      return;
    }
    this.openId = agent;
    this.parts = {};
    this.back = document.activeElement;
    this.load(PARTS);
    this.updateComplete.then(() => this.querySelector("wb-desk-drawer").updateComplete).then(() => this.querySelector("wb-desk-drawer").focusHead());
  }

  closeDrawer() {
    const table = this.querySelector("wb-agents-table");
    this.openId = null;
    if (this.back?.isConnected && this.contains(this.back)) this.back.focus();
    else this.focusRows(table.localName);
  }

  load(parts) {
    const view = this.live.views.agents.get(this.openId) ?? this.#drawn;
    if (!view) return;
    for (const part of parts) {
      this.acts.day(view, part).then((answer) => { if (this.openId === view.id) this.parts = { ...this.parts, [part]: answer }; });
    }
  }

  #shield(event) {
    if (event.detail < 2 || performance.now() >= this.#shieldUntil) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #pressed(event) {
    const key = keyOf(event, { isBusy: this.isMenuOpen || this.isHelpOpen || this.querySelector("wb-desk-dialog")?.isOpen });
    if (!key) return;
    event.preventDefault();
    if (key === "search") this.querySelector("wb-desk-toolbar").focusSearch();
    if (key === "help") this.isHelpOpen = true;
    if (key === "agents" || key === "calls") this.focusRows(`wb-${key}-table`);
    if (key === "sort") for (const table of this.querySelectorAll(".pane")) table.sortNow();
    if (key === "close" && this.openId) this.closeDrawer();
  }
}
customElements.define("wb-desk", Desk);
