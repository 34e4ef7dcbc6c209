/** Where the widgets of a layout stand. Pure. */

/** Shelves of a screen of the other shape: how wide a widget grows, since the screen is that much narrower. */
const WIDER = 2;

/**
 * `{columns, rows, places}` for a screen: `places` maps a widget's id to `{column, row, width, height}`, counted from 1.
 * A layout is made for a wide screen; on a tall one its widgets are put on shelves in reading order, each shelf filled, all of them
 * sharing the height as they did before.
 */
export function gridPlaces({ columns, rows, widgets }, { shape }) {
  if (shape === "tall") return shelvedPlaces({ columns, widgets });
  const places = new Map(widgets.map(({ id, x, y, w, h }) => [id, { column: x + 1, row: y + 1, width: w, height: h }]));
  return { columns, rows, places };
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
  const places = new Map();
  let row = 1;
  for (const shelf of shelves) {
    const height = Math.max(...shelf.items.map(({ widget }) => shelfHeight(widget, columns)));
    placeShelf(shelf, { row, height, columns, places });
    row += height;
  }
  return { columns, rows: Math.max(1, row - 1), places };
}

/** A widget that cannot grow twice as wide makes up for it in height. */
function shelfHeight({ w, h }, columns) {
  return Math.max(1, Math.round((h * w * WIDER) / Math.min(columns, w * WIDER)));
}

function placeShelf({ items, width: taken }, { row, height, columns, places }) {
  let column = 1;
  items.forEach(({ widget, width }, index) => {
    const isLast = index === items.length - 1;
    const share = isLast ? columns + 1 - column : Math.round((width * columns) / taken);
    places.set(widget.id, { column, row, width: share, height });
    column += share;
  });
}
