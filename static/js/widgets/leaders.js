/** Who answered most today: agents, where the board allows it, or whole queues. */

import { html } from "../../vendor/lit/lit.js";
import { boardFigure } from "../figures.js";
import { number } from "../format.js";
import { ListedWidget } from "../listed.js";
import { words } from "../words.js";

export class LeadersWidget extends ListedWidget {
  static endpoints = ["RTStatsSessions"];

  static select({ agents, queues, calls, figures }) {
    return { agents, queues, calls, figures };
  }

  get title() {
    return words.mostAnswered;
  }

  get emptyText() {
    if (this.leaders === "off") return words.empty.leadersOff;
    return this.isOfPeople ? words.empty.leaders : words.empty.leadersOfQueues;
  }

  /** The board's privacy comes first: without it the server does not even send the figures. */
  get isOfPeople() {
    return this.options.who === "people" && this.leaders === "people";
  }

  items() {
    if (this.leaders === "off") return [];
    const items = this.isOfPeople ? this.people() : this.wholeQueues();
    const counted = items.filter(({ answered }) => answered !== null && answered > 0);
    const best = counted.sort((one, other) => other.answered - one.answered || one.name.localeCompare(other.name));
    return best.slice(0, this.options.rows).map((item) => ({ ...item, rank: 1 + best.filter(({ answered }) => answered > item.answered).length }));
  }

  people() {
    return Object.entries(this.slice.agents).map(([id, agent]) => (
      { id, name: agent.name ?? agent.login ?? agent.extension ?? words.unnamed, answered: agent.answered_today ?? null }));
  }

  wholeQueues() {
    return Object.entries(this.slice.queues).map(([id, queue]) => {
      const slice = { ...this.slice, queues: { [id]: queue } };
      return { id, name: queue.title, answered: boardFigure("answered", slice, { window: "today", now: this.ticker.now, isNamed: true }) };
    });
  }

  row({ rank, name, answered }) {
    return html`<span class="figure quiet">${rank}.</span><span class="name">${name}</span><b class="figure">${number(answered)}</b>`;
  }
}
customElements.define("wb-leaders", LeadersWidget);
