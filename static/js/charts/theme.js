/** Colours of a chart are the page's own tokens, read when it is drawn: on paper they differ. */

const TOKENS = ["ink", "dim", "line", "panel", "info", "usual", "warn", "crit"];

/** The tokens' present values, by name. */
export function colours(element) {
  const style = getComputedStyle(element);
  return Object.fromEntries(TOKENS.map((name) => [name, style.getPropertyValue(`--${name}`).trim() || "#000"]));
}

/** The page's type in this size, for a canvas. */
export function font(element, px, weight = 500) {
  return `${weight} ${Math.round(px * devicePixelRatio)}px ${getComputedStyle(element).fontFamily}`;
}
