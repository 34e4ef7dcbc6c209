/** How many things of which size fit a box. Pure; lengths are in board units (1 u = 1 % of the screen's shorter side). */

/** Forms of a queue tile, roomiest first: the least size of each and the most columns it takes. */
const TILE_FORMS = [
  { form: "hero", width: 58, height: 30, max: 60 },
  { form: "large", width: 34, height: 15.2, max: 46 },
  { form: "medium", width: 24, height: 11.4, max: 24 },
  { form: "cosy", width: 23, height: 7.7, max: 12 },
  { form: "compact", width: 23, height: 5.6, max: 7.6 },
];
const TILE_GAP = 0.7;

/** Cells of an agent: `isRoomy` has room for a full name, the others for initials and surname. */
const AGENT_FORMS = [
  { width: 34, height: 4, max: 5.2, isRoomy: true },
  { width: 23.5, height: 3.8, max: 5.2, isRoomy: false },
  { width: 23.5, height: 3.1, max: 5.2, isRoomy: false },
];
const AGENT_GAP = 0.5;

/** The grid for `count` queue tiles in a box: `{form, columns, rows, height, capacity}`; the tightest form if none fits all. */
export function tileFit({ width, height, count }) {
  return boxFit(TILE_FORMS, { width, height, gap: TILE_GAP, count });
}

/** The roomiest form of one tile that fills a box. */
export function tileForm({ width, height }) {
  const fitting = TILE_FORMS.find((form) => form.width <= width && form.height <= height);
  return (fitting ?? TILE_FORMS[TILE_FORMS.length - 1]).form;
}

/** Narrower than this a small tile keeps the mark of its level, not its word. */
const WORD_WIDTH = 34;

/** Whether tiles side by side in `columns` have room for the word of their level. */
export function hasWordRoom({ width, columns = 1 }) {
  return (width - TILE_GAP * (columns - 1)) / columns >= WORD_WIDTH;
}

/** The grid for `count` agents in a box, in the same form. */
export function agentFit({ width, height, count }) {
  return boxFit(AGENT_FORMS, { width, height, gap: AGENT_GAP, count });
}

/** How many rows of `row` units fit, at least one. */
export function rowsFit(height, row, gap) {
  return Math.max(1, Math.floor((height + gap) / (row + gap)));
}

/** How wide a letter of a figure is, of its height. */
const FIGURE_WIDTH = 0.64;
const NARROW_WIDTH = 0.32;
const NARROW = /[\s:.,\u202f\u00a0]/;
const FIGURE_LEAST = 3;
const FIGURE_MOST = 40;

/** The height of the letters of one figure that is to fill a box. */
export function figureFit({ width, height, text }) {
  const letters = [...text].reduce((sum, letter) => sum + (NARROW.test(letter) ? NARROW_WIDTH : FIGURE_WIDTH), 0);
  const size = Math.min(height * 0.92, width / Math.max(letters, 1.2));
  return Math.round(Math.max(FIGURE_LEAST, Math.min(FIGURE_MOST, size)) * 10) / 10;
}

/** The first form that fits; its rows share the height there is, up to the form's most. */
function boxFit(forms, { width, height, gap, count }) {
  const fits = forms.map((form) => formFit(form, { width, height, gap, count }));
  const chosen = fits.find((fit) => fit.capacity >= count) ?? mostOf(fits);
  const rows = chosen.capacity >= count ? Math.ceil(count / chosen.columns) : chosen.rows;
  const share = (height - gap * (rows - 1)) / Math.max(1, rows);
  return { ...chosen, rows, height: Math.min(chosen.max, share) };
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
