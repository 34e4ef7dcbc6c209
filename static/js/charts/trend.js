/** The line of a board's trend. One colour for the fact, the goal as a line with its name, sizes in board units. */

import uPlot from "../../vendor/uplot/uplot.js";

const LETTERS = 1.85;
const LEFT = 7;
const BELOW = 3.4;

/** Draws into `place` and returns the chart, to be destroyed before the next. Moments are milliseconds. */
export function drawTrend(place, { trend, width, height, unit, text, time, isShare, goalName }) {
  const style = getComputedStyle(place);
  const colour = (name) => style.getPropertyValue(name).trim();
  const axis = {
    stroke: colour("--dim"),
    font: `500 ${LETTERS * unit}px "Inter Variable", sans-serif`,
    ticks: { show: false },
    gap: 0.8 * unit,
  };
  const goal = trend.goal === null ? [] : [trend.at.map(() => trend.goal)];
  return new uPlot({
    width,
    height,
    padding: [1.2 * unit, 3.2 * unit, 0, 0],
    cursor: { show: false },
    legend: { show: false },
    scales: { x: { time: false }, y: { range: (_chart, _least, most) => [0, isShare ? 1 : Math.max(most * 1.1, 1)] } },
    axes: [
      { ...axis, grid: { show: false }, size: BELOW * unit, space: 10 * unit, splits: (chart) => hours(chart, trend.at), values: (_chart, moments) => moments.map(time) },
      { ...axis, grid: { stroke: colour("--line"), width: 1 }, size: LEFT * unit, space: 5.5 * unit, values: (_chart, values) => values.map(text) },
    ],
    series: [
      {},
      { stroke: colour("--info"), width: 0.42 * unit, spanGaps: false, points: { show: trend.at.length < 3, size: 1.2 * unit, fill: colour("--info") } },
      ...goal.map(() => ({ stroke: colour("--dim"), width: 0.2 * unit, dash: [1 * unit, 0.8 * unit], points: { show: false } })),
    ],
    hooks: { draw: [(chart) => trend.goal !== null && nameGoal(chart, { goal: trend.goal, name: goalName(trend.goal), colour: colour("--dim"), unit })] },
  }, [trend.at, trend.values, ...goal], place);
}

/** Whole hours, as many as have room. */
function hours(chart, moments) {
  const whole = moments.filter((at) => at % 3_600_000 === 0);
  const room = Math.max(2, Math.floor(chart.bbox.width / devicePixelRatio / (chart.axes[0]._space || 80)));
  const step = Math.ceil(whole.length / room);
  return whole.filter((_at, index) => index % step === 0);
}

function nameGoal(chart, { goal, name, colour, unit }) {
  const { ctx } = chart;
  const scale = devicePixelRatio;
  ctx.save();
  ctx.fillStyle = colour;
  ctx.font = `600 ${LETTERS * unit * scale}px "Inter Variable", sans-serif`;
  ctx.textAlign = "right";
  ctx.textBaseline = "bottom";
  ctx.fillText(name, chart.bbox.left + chart.bbox.width, chart.valToPos(goal, "y", true) - 0.4 * unit * scale);
  ctx.restore();
}
