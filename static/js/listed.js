/** A widget that lists rows of one height: as many as fit, in pages if they must, problems on every page. */

import { html, nothing, repeat } from "../vendor/lit/lit.js";
import { rowsFit } from "./fit.js";
import { PAGE_BEATS, pageOf } from "./paging.js";
import { pageNote } from "./parts.js";
import { SizedWidget } from "./sized.js";
import { sameSlice } from "./widget.js";

/** The label above the list, in board units. */
const HEAD = 3.9;
const ROW = 3.9;

/**
 * A subclass has `title`, `items()` (a list of `{id, …}`, problems first), `pinned(items)` (how many of them are problems),
 * `row(item)` (the inside of a row), `emptyText`, and may have `above()` (a row of names of columns).
 */
export class ListedWidget extends SizedWidget {
  static properties = { turn: { state: true }, order: { state: true, hasChanged: (one, other) => !sameSlice(one, other) } };

  constructor() {
    super();
    this.turn = 0;
    /** What the order depends on beside the slice, such as who is over the limit by now. */
    this.order = null;
  }

  beat() {
    this.turn = Math.floor(this.ticker.count / PAGE_BEATS);
  }

  pinned() {
    return 0;
  }

  above() {
    return null;
  }

  draw() {
    if (this.isAllBlank) return html`${this.header(this.title)}${this.reasonSentence()}`;
    const items = this.items();
    if (!items.length) return html`${this.header(this.title)}<p class="empty">${this.isBlank ? this.reasonLine() : this.emptyText}</p>`;
    const above = this.above();
    const capacity = rowsFit(this.size.height - HEAD, ROW, 0) - (above === null ? 0 : 1);
    const page = pageOf({ items, pinned: this.pinned(items), capacity, turn: this.turn });
    return html`${this.header(this.title, pageNote(page))}
      <ol class="rows">${above === null ? nothing : html`<li class="row columns">${above}</li>`}
        ${repeat(page.items, ({ id }) => id, (item) => html`<li class="row" data-level=${item.level ?? "normal"}
          data-fresh=${this.freshOf(item.id).level}>${this.row(item)}</li>`)}</ol>`;
  }
}
