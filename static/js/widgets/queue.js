/** One queue as a tile that fills the widget. */

import { html } from "../../vendor/lit/lit.js";
import { hasWordRoom, tileForm } from "../fit.js";
import { isCurrent } from "../freshness.js";
import { worstLevel } from "../levels.js";
import { ownLevelNext } from "../shown.js";
import { SizedWidget } from "../sized.js";
import { words } from "../words.js";
import "./queue-tile.js";

export class QueueWidget extends SizedWidget {
  static endpoints = ["RTStatsQueues", "RTStatsCalls", "RTStatsSessions"];

  static properties = { level: { state: true } };

  static select({ queues, levels }, { queue }) {
    return { queue: queues[queue], level: levels[queue] };
  }

  constructor() {
    super();
    /** By its own limits, if it has any. */
    this.level = "normal";
  }

  beat() {
    const { levels: limits } = this.options;
    if (!limits || !this.slice?.queue || !this.fresh || !isCurrent(this.freshOf(this.options.queue))) return;
    this.memory.level = ownLevelNext(this.memory.level ?? null, { queue: this.slice.queue, limits, now: this.ticker.now });
    this.level = this.memory.level.level;
  }

  draw() {
    const queue = this.slice?.queue;
    if (!queue) return html`<div class="panel nothing"><p class="empty">${this.isAllBlank ? this.reasonLine() : this.empty()}</p></div>`;
    const { width, height } = this.size;
    this.dataset.form = tileForm({ width, height });
    this.dataset.words = String(hasWordRoom({ width }));
    this.style.setProperty("--row", `${height}vmin`);
    const level = this.options.levels ? this.level : this.slice.level;
    return html`<wb-queue-tile class="panel tile" .queue=${this.options.queue} .slice=${queue} .link=${this.link} .level=${worstLevel([level ?? "normal"])}
      .fresh=${this.freshOf(this.options.queue)} .ticker=${this.ticker} .zone=${this.zone}></wb-queue-tile>`;
  }

  empty() {
    return this.options.queue ? words.empty.queueGone : words.empty.queueUnchosen;
  }
}
customElements.define("wb-queue", QueueWidget);
