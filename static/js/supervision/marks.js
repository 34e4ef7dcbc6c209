/** Pieces of template of the supervision page. */

import { html, nothing } from "../../vendor/lit/lit.js";
import { words } from "../words.js";

/** A level as a mark with its word for those who do not see it; nothing for normal. */
export function levelMark(level) {
  return level === "normal" ? nothing : html`<i class="mark" data-level=${level} role="img" aria-label=${words.level[level]} title=${words.level[level]}></i>`;
}

/** Emphasised text inside a sentence: `%(name)s` of `text` as `<b>`. */
export function sentence(text, values) {
  return text.split(/(%\(\w+\)s)/).map((part) => {
    const name = part.match(/^%\((\w+)\)s$/)?.[1];
    return name !== undefined && name in values ? html`<b>${values[name]}</b>` : part;
  });
}
