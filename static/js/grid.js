/** Where the widgets of a layout stand. Pure. */

/** Shelves of a screen of the other shape: how wide a widget grows, since the screen is that much narrower. */
const WIDER = 2;
/** What share of a turned screen's height a row of the usual grid is. 9/16 would keep its size; figures are to have 4 % of the height. */
const ROW_SHARE = (1 / 24) * 0.63;

/**
 * `{columns, rows, places}` for a screen: `rows` are heights in proportion to each other; `places` maps a widget's id to
 * `{column, row, width, height}`, counted from 1.
 * A layout is made for a wide screen; on a tall one its widgets are put on shelves in reading order, each shelf filled, all of them
 * sharing the height as they did before, but none below the `least` rows of the usual grid in which its widgets can be read.
 */
export function gridPlaces({ columns, rows, widgets }, { shape }) {
  if (shape === "tall") return shelvedPlaces({ columns, widgets });
  const places = new Map(widgets.map(({ id, x, y, w, h }) => [id, { column: x + 1, row: y + 1, width: w, height: h }]));
  return { columns, rows: Array(rows).fill(1), places };
}

function shelvedPlaces({ columns, widgets }) {
  const inOrder = [...widgets].sort((one, other) => one.y - other.y || one.x - other.x);
  const shelves = [];
  for (const widget of inOrder) {
    const width = Math.min(columns, widget.w * WIDER);
    const last = shelves[shelves.length - 1];
    if (last && last.width + width <= columns) {
      last.items.push({ widget, width });
      last.width += width;
    } else shelves.push({ items: [{ widget, width }], width });
  }
  const rows = heightsWithLeast(shelves.map(({ items }) => ({
    height: Math.max(...items.map(({ widget }) => shelfHeight(widget, columns))),
    share: ROW_SHARE * Math.max(...items.map(({ widget }) => widget.least ?? 0)),
  })));
  const places = new Map();
  shelves.forEach((shelf, index) => placeShelf(shelf, { row: index + 1, columns, places }));
  return { columns, rows: rows.length ? rows : [1], places };
}

/** Heights of which each is at least its `share` of their sum, where the shares leave room; the others keep their proportions. */
function heightsWithLeast(shelves) {
  const isRaised = shelves.map(() => false);
  const sum = (values) => values.reduce((one, other) => one + other, 0);
  for (;;) {
    const taken = sum(shelves.filter((_, index) => isRaised[index]).map(({ share }) => share));
    const free = sum(shelves.filter((_, index) => !isRaised[index]).map(({ height }) => height));
    if (taken >= 1 || !free) return shelves.map(({ height }) => height);
    const whole = free / (1 - taken);
    const low = shelves.findIndex(({ height, share }, index) => !isRaised[index] && height < share * whole);
    if (low < 0) return shelves.map(({ height, share }, index) => (isRaised[index] ? share * whole : height));
    isRaised[low] = true;
  }
}

/** A widget that cannot grow twice as wide makes up for it in height. */
function shelfHeight({ w, h }, columns) {
  return Math.max(1, Math.round((h * w * WIDER) / Math.min(columns, w * WIDER)));
}

function placeShelf({ items, width: taken }, { row, columns, places }) {
  let column = 1;
  items.forEach(({ widget, width }, index) => {
    const isLast = index === items.length - 1;
    const share = isLast ? columns + 1 - column : Math.round((width * columns) / taken);
    places.set(widget.id, { column, row, width: share, height: 1 });
    column += share;
  });
}
