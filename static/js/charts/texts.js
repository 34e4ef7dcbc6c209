/** What a chart says in words. Pure. A chart's data: see `docs/reports.md`; null is an interval in which nobody was counted. */

import { _, interpolate } from "../i18n.js";

const DASH = "–";

/** A value as the chart's unit shows it. */
export function value(number, unit) {
  if (number === null || number === undefined) return DASH;
  if (unit === "share") return `${Math.round(number * 1000) / 10}\u202f%`;
  return String(Math.round(number * 10) / 10);
}

/** One interval as a sentence: "9:00–9:30: 72 %, usual Tuesday 81 %". */
export function reading(data, index) {
  const parts = [value(data.fact[index], data.unit)];
  if (data.usual?.length) parts.push(`${data.usual_name} ${value(data.usual[index], data.unit)}`);
  return `${data.labels[index]}: ${parts.join(", ")}`;
}

/** The whole chart in a sentence, for those who do not see it. */
export function summary(data) {
  const known = data.fact.map((number, index) => ({ number, index })).filter((one) => one.number !== null);
  if (!known.length) return interpolate(_("%(title)s: no figures yet."), { title: data.title });
  const low = known.reduce((a, b) => (b.number < a.number ? b : a));
  const high = known.reduce((a, b) => (b.number > a.number ? b : a));
  return interpolate(_("%(title)s: from %(low)s (%(low_at)s) to %(high)s (%(high_at)s)."), {
    title: data.title,
    low: value(low.number, data.unit),
    low_at: data.labels[low.index],
    high: value(high.number, data.unit),
    high_at: data.labels[high.index],
  });
}

/** Heights of labels moved apart, so that none lies on another; `places` are tops in any order, `gap` the least distance. */
export function apart(places, gap, { top = -Infinity, bottom = Infinity } = {}) {
  const order = places.map((_place, index) => index).sort((a, b) => places[a] - places[b]);
  const moved = [...places];
  let least = top;
  for (const index of order) {
    moved[index] = Math.max(moved[index], least);
    least = moved[index] + gap;
  }
  let most = bottom;
  for (const index of order.reverse()) {
    moved[index] = Math.min(moved[index], most);
    most = moved[index] - gap;
  }
  return moved;
}

/** Where the reading goes with a key; null for a key that is not its own. */
export function moved(key, index, count) {
  const steps = { ArrowRight: index + 1, ArrowUp: index + 1, ArrowLeft: index - 1, ArrowDown: index - 1, Home: 0, End: count - 1, PageUp: index + 4, PageDown: index - 4 };
  if (!(key in steps)) return null;
  return Math.max(0, Math.min(count - 1, steps[key]));
}
