/** One input for each kind of option. Draws, and tells of changes; keeps nothing. */

import { html, nothing } from "../../vendor/lit/lit.js";
import { _ } from "../i18n.js";
import { levelsField } from "./levels-field.js";
import { pictureField } from "./picture-field.js";

/** The field of an option. `context` has `queues` (id to title) and `upload(file)`; `change(value)` hears of every change. */
export function optionField(option, { value, context, change }) {
  const draw = FIELDS[option.kind];
  return html`<div class="option" data-key=${option.key}>${draw(option, { value, context, change })}
    ${option.help ? html`<p class="help">${option.help}</p>` : nothing}</div>`;
}

/** Take over what is being typed, as if its field were left; false where a field holds what cannot be taken, and the browser says why. */
export function areTaken(panel) {
  const typing = document.activeElement;
  if (panel.contains(typing)) {
    typing.blur();
    typing.focus();
  }
  return panel.querySelector("input:invalid")?.reportValidity() ?? true;
}

/** How the widget counts: by its figure, if one is chosen, else by its type. */
export function explained(type, figure) {
  const formula = figure?.formula || type.formula;
  return formula ? html`<p class="formula">${formula}</p>` : nothing;
}

const FIELDS = {
  text: (option, { value, change }) => labelled(option, html`
    <input type="text" maxlength=${option.most ?? 200} .value=${value} @input=${(event) => change(event.target.value)}>`),
  lines: (option, { value, change }) => labelled(option, html`
    <textarea rows="4" maxlength=${option.most ?? 600} .value=${value} @input=${(event) => change(event.target.value)}></textarea>`),
  number: (option, { value, change }) => labelled(option, html`
    <span class="with-unit"><input type="number" step="1" required min=${option.least} max=${option.most} .value=${String(value)}
      @change=${(event) => changeNumber(event, change)}>${option.unit ? html` <span>${option.unit}</span>` : nothing}</span>`),
  flag: (option, { value, change }) => html`
    <label class="flag"><input type="checkbox" .checked=${value} @change=${(event) => change(event.target.checked)}> ${option.label}</label>`,
  choice: (option, { value, change }) => labelled(option, select(option.choices, value, change)),
  figure: (option, { value, change }) => labelled(option, select(option.choices, value, change)),
  queue: (option, { value, context, change }) => labelled(option, select([["", _("choose one")], ...known(context.queues, [value])], value, change)),
  queues: (option, { value, context, change }) => html`
    <fieldset><legend>${option.label}</legend>${known(context.queues, value).map(([id, title]) => html`
      <label class="flag"><input type="checkbox" .checked=${value.includes(id)}
        @change=${(event) => change(toggled(value, id, event.target.checked))}> ${title}</label>`)}</fieldset>`,
  levels: levelsField,
  image: pictureField,
};

function labelled(option, input) {
  return html`<label>${option.label}${input}</label>`;
}

function select(choices, value, change) {
  return html`<select @change=${(event) => change(event.target.value)}>${choices.map(([key, label]) => html`
    <option value=${key} .selected=${key === value}>${label}</option>`)}</select>`;
}

/** What is no number within the limits is not taken; the browser says why. */
function changeNumber(event, change) {
  if (event.target.reportValidity()) change(event.target.valueAsNumber);
}

function toggled(values, id, isWanted) {
  return isWanted ? [...values, id] : values.filter((one) => one !== id);
}

/** The queues by title, and those that are chosen but not there any more. */
function known(queues, chosen) {
  const gone = chosen.filter((id) => id && !queues.has(id)).map((id) => [id, `${id} – ${_("not there any more")}`]);
  return [...[...queues].sort(([, one], [, other]) => one.localeCompare(other)), ...gone];
}
