/** What stands on the right: the options of the chosen widget, and what can be done with it. */

import { html, nothing, repeat } from "../../vendor/lit/lit.js";
import { _ } from "../i18n.js";
import { explained, optionField } from "./fields.js";
import { figureOptions, windowOption } from "./windows.js";

/** `type` is the widget's, undefined where this version knows none; `change(options)` hears what is set, `acts` has what the buttons do. */
export function panel({ widget, type, figures, context, change, acts }) {
  if (!widget) return html`<h2>${_("Options")}</h2><p class="help">${_("Choose a widget on the board to change it: drag it, pull its edges, or use the arrow keys (with Shift they change its size).")}</p>`;
  if (!type) return html`<h2>${widget.type}</h2><p class="help">${_("This version does not know this widget.")}</p>`;
  // Each widget has inputs of its own: what one was left with is not what another holds.
  return html`${repeat([widget], ({ id }) => id, () => fields({ widget, type, figures, context, change, acts }))}`;
}

function fields({ widget, type, figures, context, change, acts }) {
  const values = Object.fromEntries(type.options.map((option) => [option.key, widget.options[option.key] ?? option.default]));
  const figure = figures.find(({ key }) => key === values.figure);
  const set = (option, value) => change(option.kind === "figure"
    ? figureOptions({ figure: figures.find(({ key }) => key === value), window: values.window })
    : { [option.key]: value });
  return html`<h2>${type.title}</h2><p class="help">${type.shows}</p>
    ${explained(type, figure)}
    ${type.options.map((option) => [option, offered(option, { type, figure, value: values[option.key] })]).map(([option, shown]) => (shown
      ? optionField(shown, { value: values[option.key], context, change: (value) => set(option, value) }) : nothing))}
    <div class="acts">
      <button type="button" title="Ctrl+D" @click=${acts.duplicate}>${_("Duplicate")}</button>
      <button type="button" title="Delete" @click=${acts.remove}>${_("Take away")}</button>
    </div>`;
}

/** The option with what can be chosen; null where there is nothing to choose. */
function offered(option, { type, figure, value }) {
  const hasFigure = type.options.some(({ kind }) => kind === "figure");
  return hasFigure && option.key === "window" ? windowOption(option, { figure, value }) : option;
}
