/** A figure over the day: the fact, what is usual, and the goal as a line with its name. Drawn by uPlot, read by keyboard. */

import uPlot from "../../vendor/uplot/uplot.js";
import { colours, font } from "./theme.js";
import { apart, moved, reading, summary, value } from "./texts.js";

const HEIGHT = 240;
const ROOM_FOR_NAMES = 128;
const LABEL_GAP = 15;

/** Mounts a chart in its figure and returns it; `update` takes new data, `redraw` new colours or a new width. */
export function intraday(figure, data) {
  const chart = new Intraday(figure);
  chart.update(data);
  return chart;
}

class Intraday {
  constructor(figure) {
    this.figure = figure;
    this.plot = figure.querySelector(".plot");
    this.output = figure.querySelector(".reading");
    this.index = null;
    this.plot.tabIndex = 0;
    this.plot.setAttribute("role", "slider");
    this.plot.addEventListener("keydown", (event) => this.pressed(event));
    this.plot.addEventListener("blur", () => this.read(null));
    this.plot.addEventListener("click", () => this.open());
    new ResizeObserver(() => this.resized()).observe(this.plot);
  }

  update(data) {
    const isSame = JSON.stringify(data) === JSON.stringify(this.data);
    if (isSame) return;
    this.data = data;
    this.plot.setAttribute("aria-label", summary(data));
    this.plot.setAttribute("aria-valuemin", "0");
    this.plot.setAttribute("aria-valuemax", String(data.labels.length - 1));
    this.plot.setAttribute("aria-valuenow", String(this.index ?? 0));
    this.plot.setAttribute("aria-valuetext", summary(data));
    this.redraw();
  }

  redraw() {
    this.width = this.plot.clientWidth;
    this.uplot?.destroy();
    this.uplot = new uPlot(options(this), columns(this.data), this.plot);
    if (this.index !== null && document.activeElement === this.plot) this.point(this.index);
  }

  resized() {
    if (this.uplot && this.plot.clientWidth && this.plot.clientWidth !== this.width) {
      this.width = this.plot.clientWidth;
      this.uplot.setSize({ width: this.width, height: HEIGHT });
    }
  }

  pressed(event) {
    if (event.key === "Enter" && this.index !== null) return this.open();
    const next = moved(event.key, this.index ?? this.lastKnown(), this.data.labels.length);
    if (next === null) return undefined;
    event.preventDefault();
    return this.point(next);
  }

  lastKnown() {
    const known = this.data.fact.findLastIndex?.((number) => number !== null) ?? 0;
    return Math.max(0, known);
  }

  point(index) {
    this.uplot.setCursor({ left: this.uplot.valToPos(index, "x"), top: 0 });
    this.read(index);
  }

  read(index) {
    if (index !== null) {
      this.index = index;
      this.plot.setAttribute("aria-valuenow", String(index));
      this.plot.setAttribute("aria-valuetext", reading(this.data, index));
    }
    this.output.textContent = index === null ? "" : reading(this.data, index);
  }

  /** Opens the calls of the interval that is read. */
  open() {
    const link = this.data.links?.[this.index];
    if (link) location.assign(link);
  }
}

function columns(data) {
  const usual = data.usual?.length ? data.usual : data.labels.map(() => null);
  return [data.labels.map((_label, index) => index), usual, data.fact];
}

function options(chart) {
  const { data, plot } = chart;
  const colour = colours(plot);
  return {
    width: chart.width,
    height: HEIGHT,
    padding: [10, ROOM_FOR_NAMES, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 9, fill: colour.info } },
    scales: { x: { time: false, range: [-0.5, data.labels.length - 0.5] }, y: { range: () => heights(data) } },
    axes: [axis(plot, colour, { values: (_plot, marks) => marks.map((mark) => data.ticks[mark] ?? ""), splits: () => marked(data), grid: { show: false } }), axis(plot, colour, { values: (_plot, marks) => marks.map((mark) => value(mark, data.unit)), size: 52 })],
    series: [{}, usualSeries(colour), factSeries(data, colour)],
    hooks: { setCursor: [(self) => self.cursor.event && chart.read(self.cursor.idx ?? null)], draw: [(self) => annotate(self, chart, colour)] },
  };
}

function axis(plot, colour, more) {
  const plain = { stroke: colour.dim, font: font(plot, 12 / devicePixelRatio).replace(/\d+px/, "12px"), grid: { stroke: colour.line, width: 1 }, ticks: { show: false } };
  return { ...plain, ...more };
}

function usualSeries(colour) {
  return { stroke: colour.usual, width: 2, points: { show: false }, spanGaps: false };
}

function factSeries(data, colour) {
  if (data.unit === "share") return { stroke: colour.info, width: 2.5, points: { show: true, size: 6, fill: colour.info }, spanGaps: false };
  return { stroke: colour.info, fill: `${colour.info}33`, width: 1.5, paths: uPlot.paths.bars({ size: [0.7, 60] }), points: { show: false } };
}

/** Shares run from 0 to 100 %; counts from zero to a little over the highest. */
function heights(data) {
  if (data.unit === "share") return [0, 1];
  const all = [...data.fact, ...(data.usual ?? [])].filter((number) => number !== null);
  return [0, Math.max(1, ...all) * 1.12];
}

/** Which intervals have their time under them: the full hours, fewer where it is narrow. */
function marked(data) {
  const hours = data.ticks.map((text, index) => (text ? index : -1)).filter((index) => index >= 0);
  const every = Math.ceil(hours.length / 12);
  return hours.filter((_index, position) => position % every === 0);
}

function annotate(self, chart, colour) {
  const { data, plot } = chart;
  const names = [];
  if (data.goal !== null && data.goal !== undefined) names.push(goalLine(self, data, colour));
  names.push(nameOf(self, data.fact, data.fact_name, colour.info));
  if (data.usual?.length) names.push(nameOf(self, data.usual, data.usual_name, colour.dim));
  writeNames(self, plot, names.filter(Boolean));
}

function goalLine(self, data, colour) {
  const y = self.valToPos(data.goal, "y", true);
  const { ctx, bbox } = self;
  ctx.save();
  ctx.strokeStyle = colour.ink;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
  return { text: data.goal_name, y, colour: colour.ink };
}

function nameOf(self, numbers, text, colour) {
  const last = numbers.reduce((found, number, index) => (number === null ? found : index), -1);
  return last < 0 ? null : { text, y: self.valToPos(numbers[last], "y", true), colour };
}

function writeNames(self, plot, names) {
  const { ctx, bbox } = self;
  const edge = 6 * devicePixelRatio;
  const places = apart(names.map((name) => name.y), LABEL_GAP * devicePixelRatio, { top: bbox.top + edge, bottom: bbox.top + bbox.height - edge });
  ctx.save();
  ctx.font = font(plot, 12, 600);
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  names.forEach((name, index) => {
    ctx.fillStyle = name.colour;
    ctx.fillText(name.text, bbox.left + bbox.width + edge, places[index], (ROOM_FOR_NAMES - 8) * devicePixelRatio);
  });
  ctx.restore();
}
