/** The times over which a figure can be shown. Pure; figures and options are those of dashboard/boards. */

import { _ } from "../i18n.js";

/**
 * The option of a time as the chosen figure has it; null where the figure is of this moment, and needs none. A time the widget holds
 * though nobody has the figure for it stays to be seen.
 */
export function windowOption(option, { figure, value }) {
  if (!figure) return option;
  if (!figure.windows.length) return null;
  const offered = option.choices.filter(([key]) => figure.windows.includes(key));
  const strange = option.choices.filter(([key]) => key === value && !figure.windows.includes(key));
  return { ...option, choices: [...offered, ...strange.map(([key, label]) => [key, `${label} – ${_("not there for this figure")}`])] };
}

/** The options that choosing a figure changes: the time too, where the figure is not there for the one that is set. */
export function figureOptions({ figure, window }) {
  const { key, windows } = figure;
  return !windows.length || windows.includes(window) ? { figure: key } : { figure: key, window: windows[windows.length - 1] };
}
