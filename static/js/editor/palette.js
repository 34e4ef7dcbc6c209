/** What stands on the left: what can be added, or how to begin. */

import { html } from "../../vendor/lit/lit.js";
import { _ } from "../i18n.js";

/** The types of widgets; `onAdd(type)` hears which is wanted. */
export function palette(types, onAdd) {
  return html`<h2>${_("Add")}</h2><ul>${types.map((type) => html`
    <li><button type="button" @click=${() => onAdd(type)}><b>${type.title}</b><span>${type.shows}</span></button></li>`)}</ul>`;
}

/** For a board that lays itself out; `onBegin(layout)` hears which layout is wanted. */
export function beginnings({ beginning, empty }, onBegin) {
  return html`<h2>${_("This board lays itself out")}</h2>
    <p>${_("It shows callers, agents and queues as large as they fit. To arrange it yourself, begin from what it shows, or from nothing.")}</p>
    <button type="button" class="primary" @click=${() => onBegin(beginning)}>${_("Begin from what it shows")}</button>
    <button type="button" @click=${() => onBegin(empty)}>${_("Begin from nothing")}</button>`;
}
