/** All queues of the board as tiles: as large as fit, problems first, in pages if they must. */

import { html, repeat } from "../../vendor/lit/lit.js";
import { hasWordRoom, tileFit } from "../fit.js";
import { streamOf } from "../merge.js";
import { PAGE_BEATS, pageOf } from "../paging.js";
import { pageNote } from "../parts.js";
import { placesNext, queueOrder } from "../ranking.js";
import { SizedWidget } from "../sized.js";
import { sameSlice } from "../widget.js";
import { words } from "../words.js";
import "./queue-tile.js";

export class QueuesWidget extends SizedWidget {
  static endpoints = ["RTStatsQueues", "RTStatsCalls", "RTStatsSessions"];
  static properties = { order: { state: true, hasChanged: (one, other) => !sameSlice(one, other) }, turn: { state: true } };
  #places = new Map();

  static select({ queues, levels }) {
    return { queues, levels };
  }

  constructor() {
    super();
    this.order = [];
    this.turn = 0;
  }

  beat() {
    if (!this.slice) return;
    this.#places = placesNext(this.#places, new Map(Object.entries(this.slice.levels)), this.ticker.now);
    this.order = queueOrder(this.slice.queues, this.#places);
    this.turn = Math.floor(this.ticker.count / PAGE_BEATS);
  }

  draw() {
    const items = this.order.filter((id) => this.slice?.queues[id]);
    if (!items.length) return this.drawEmpty();
    const fit = this.fit(items.length);
    const pinned = items.filter((id) => this.#places.get(id).place !== "normal").length;
    const page = pageOf({ items, pinned, capacity: fit.capacity, turn: this.turn });
    this.dataset.form = fit.form;
    this.dataset.words = String(hasWordRoom({ width: this.size.width, columns: fit.columns }));
    this.setGrid(fit);
    return html`<div class="tiles">${repeat(page.items, (id) => id, (id) => html`
      <wb-queue-tile class="panel tile" .queue=${id} .slice=${this.slice.queues[id]} .level=${this.slice.levels[id]} .fresh=${this.freshOf(id)}
        .link=${this.linkOf(id)} .place=${this.fresh.parts ? streamOf(id) : null} .ticker=${this.ticker} .zone=${this.zone}></wb-queue-tile>`)}</div>
      ${page.count > 1 ? html`<footer class="pager">${pageNote(page)}</footer>` : ""}`;
  }

  /** The grid; a foot for the note of the page takes its room only if there are pages. */
  fit(count) {
    const { width, height } = this.size;
    const whole = tileFit({ width, height, count });
    return whole.capacity >= count ? whole : tileFit({ width, height: height - 4, count });
  }

  drawEmpty() {
    const text = this.slice && !this.isAllBlank ? html`<p class="empty">${words.empty.queues}</p>` : this.reasonSentence();
    return html`<div class="panel nothing">${text}</div>`;
  }
}
customElements.define("wb-queues", QueuesWidget);
