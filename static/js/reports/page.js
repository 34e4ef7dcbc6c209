/** The manager pages: charts, and pages that renew themselves. */

import { intraday } from "../charts/intraday.js";
import { refreshing } from "./refresh.js";

const charts = new Map();

function dataOf(figure) {
  const script = document.getElementById(figure.dataset.source);
  return script ? JSON.parse(script.textContent) : null;
}

/** Mounts new charts, and gives those that are there their new data. */
function draw() {
  for (const figure of document.querySelectorAll("figure[data-chart]")) {
    const data = dataOf(figure);
    if (!data) continue;
    if (charts.has(figure)) charts.get(figure).update(data);
    else charts.set(figure, intraday(figure, data));
  }
  for (const figure of charts.keys()) if (!figure.isConnected) charts.delete(figure);
}

function redraw() {
  for (const chart of charts.values()) chart.redraw();
}

document.fonts.ready.then(draw);
addEventListener("beforeprint", redraw);
addEventListener("afterprint", redraw);
matchMedia("print").addEventListener("change", redraw);

for (const form of document.querySelectorAll("form[data-at-once]")) {
  form.addEventListener("change", () => form.requestSubmit());
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
const live = document.querySelector("[data-refresh]");
if (live) refreshing(live, { everyS: Number(live.dataset.refresh), onFresh: draw });
