/** How many things of which size fit a box. Pure; lengths are in board units (1 u = 1 % of the screen's height). */

/** Forms of a queue tile, roomiest first: the least size of each and the most columns it takes. */
const TILE_FORMS = [
  { form: "hero", width: 58, height: 30, max: 60 },
  { form: "large", width: 34, height: 18, max: 46 },
  { form: "medium", width: 24, height: 11.9, max: 24 },
  { form: "cosy", width: 23, height: 7.7, max: 12 },
  { form: "compact", width: 23, height: 5.6, max: 7.6 },
];
const TILE_GAP = 0.7;

/** Cells of an agent; from 4.5 u of height on a name may take two lines. */
const AGENT_FORMS = [
  { width: 34, height: 5.2 },
  { width: 19.4, height: 5.2 },
  { width: 19.4, height: 4.5 },
  { width: 24, height: 3.5 },
];
const AGENT_GAP = 0.6;

/** The grid for `count` queue tiles in a box: `{form, columns, rows, height, capacity}`; the tightest form if none fits all. */
export function tileFit({ width, height, count }) {
  const fits = TILE_FORMS.map((form) => formFit(form, { width, height, gap: TILE_GAP, count }));
  const chosen = fits.find((fit) => fit.capacity >= count) ?? mostOf(fits);
  const rows = chosen.capacity >= count ? Math.ceil(count / chosen.columns) : chosen.rows;
  const share = (height - TILE_GAP * (rows - 1)) / Math.max(1, rows);
  return { ...chosen, rows, height: Math.min(chosen.max, share) };
}

/** The grid for `count` agents in a box, in the same form. */
export function agentFit({ width, height, count }) {
  const fits = AGENT_FORMS.map((form) => formFit(form, { width, height, gap: AGENT_GAP, count }));
  return fits.find((fit) => fit.capacity >= count) ?? mostOf(fits);
}

/** How many rows of `row` units fit, at least one. */
export function rowsFit(height, row, gap) {
  return Math.max(1, Math.floor((height + gap) / (row + gap)));
}

function formFit(form, { width, height, gap, count }) {
  const most = Math.max(1, Math.floor((width + gap) / (form.width + gap)));
  const rows = rowsFit(height, form.height, gap);
  const columns = Math.max(1, Math.min(most, Math.ceil(count / rows)));
  return { ...form, columns, rows, capacity: columns * rows };
}

function mostOf(fits) {
  return fits.reduce((one, other) => (other.capacity > one.capacity ? other : one));
}
