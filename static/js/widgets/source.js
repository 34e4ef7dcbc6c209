/** How old each kind of data is, and what is wrong with it. */

import { html } from "../../vendor/lit/lit.js";
import { age } from "../format.js";
import { ListedWidget } from "../listed.js";
import { levelMark } from "../parts.js";
import { endpointAge } from "../freshness.js";
import { reasonOf } from "../widget.js";
import { words } from "../words.js";

const LEVEL = { fresh: "normal", late: "warning", stale: "critical", down: "critical" };
const ALWAYS_FRESH = { level: "fresh", blank: false };

export class SourceWidget extends ListedWidget {
  static select({ sources }) {
    return { sources };
  }

  get title() {
    return words.sourceHealth;
  }

  get emptyText() {
    return words.reason.waiting;
  }

  get isAllBlank() {
    return !this.slice;
  }

  freshOf() {
    return ALWAYS_FRESH;
  }

  beat() {
    super.beat();
    if (!this.slice) return;
    // What is drawn: one text per row, so that a second that changes nothing draws nothing.
    this.order = this.items().map(({ id, level, text }) => `${id} ${level} ${text}`);
  }

  items() {
    const streams = Object.entries(this.slice.sources);
    const rows = streams.flatMap(([stream, source]) => Object.entries(source?.endpoints ?? {}).map(([name, endpoint]) => {
      const { level, age_ms } = endpointAge(endpoint, this.ticker.now);
      const text = level === "fresh" || !endpoint.error ? words.fresh.ago(age(age_ms)) : reasonOf(endpoint.error);
      const title = words.endpoint[name] ?? name;
      return { id: `${stream}/${name}`, title: streams.length > 1 ? words.ofStream(stream, title) : title, level: LEVEL[level], text };
    }));
    return rows.sort((one, other) => Number(other.level !== "normal") - Number(one.level !== "normal"));
  }

  pinned(items) {
    return items.filter(({ level }) => level !== "normal").length;
  }

  row({ title, level, text }) {
    return html`${level === "normal" ? html`<i class="dot"></i>` : levelMark(level)}<span class="name">${title}</span>
      <span class="quiet reason">${text}</span>`;
  }
}
customElements.define("wb-source", SourceWidget);
