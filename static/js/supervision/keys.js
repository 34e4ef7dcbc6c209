/** Keys that work wherever one is on the page. */

const KEYS = { "/": "search", "?": "help", a: "agents", c: "calls", r: "sort", Escape: "close" };
const WRITING = new Set(["INPUT", "SELECT", "TEXTAREA"]);

/** What a key asks for; null where it belongs to a field, to what is open above the page (`isBusy`), or to the browser. */
export function keyOf(event, { isBusy }) {
  if (isBusy || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
  const isWriting = WRITING.has(event.target?.tagName) && event.target.type !== "checkbox";
  if (isWriting && event.key !== "Escape") return null;
  return KEYS[event.key] ?? null;
}
