/** Limits at which a figure becomes a warning or critical, and at which it stops being so. */

import { html, nothing } from "../../vendor/lit/lit.js";
import { _ } from "../i18n.js";

const LEVELS = {
  warning: { name: _("Warning"), enter: _("Warning begins at"), leave: _("Warning ends at") },
  critical: { name: _("Critical"), enter: _("Critical begins at"), leave: _("Critical ends at") },
};
const BEGIN = { warning: { enter: 3, leave: 2 }, critical: { enter: 6, leave: 4 }, hold_s: 10 };

/** As the fields of fields.js; null is the board's own levels. */
export function levelsField(option, { value, change }) {
  return html`<fieldset class="levels"><legend>${option.label}</legend>
    <label class="flag"><input type="checkbox" .checked=${value !== null}
      @change=${(event) => change(event.target.checked ? BEGIN : null)}> ${_("Limits of its own")}</label>
    ${value === null ? nothing : html`
      <table><thead><tr><td></td><th scope="col">${_("begins at")}</th><th scope="col">${_("ends at")}</th></tr></thead>
      <tbody>${Object.entries(LEVELS).map(([level, texts]) => html`<tr><th scope="row">${texts.name}</th>
        ${["enter", "leave"].map((side) => html`<td>${number(texts[side], value[level]?.[side], (next) => change(withLimit(value, level, side, next)))}</td>`)}
      </tr>`)}</tbody></table>
      <label>${_("A level holds for")}<span class="with-unit">${number(_("A level holds for"), value.hold_s ?? 0, (next) => change({ ...value, hold_s: next ?? 0 }))} <span>s</span></span></label>
      <p class="help">${_("Shares are written as 0.8 for 80 %. Where it ends above where it begins, low values are bad.")}</p>`}
  </fieldset>`;
}

function number(label, value, change) {
  return html`<input type="number" step="any" aria-label=${label} .value=${value === null || value === undefined ? "" : String(value)}
    @change=${(event) => change(Number.isNaN(event.target.valueAsNumber) ? null : event.target.valueAsNumber)}>`;
}

/** With one side of a limit changed; the other side follows where it was not set. An emptied side takes the whole limit away. */
function withLimit(value, level, side, next) {
  if (next === null) return { ...value, [level]: null };
  return { ...value, [level]: { enter: next, leave: next, ...value[level], [side]: next } };
}
