/** The types of widgets: the element of each, and its code, loaded when a board first holds one. */

const TYPES = {
  agents: { tag: "wb-agents", load: () => import("./agents.js") },
  callers: { tag: "wb-callers", load: () => import("./callers.js") },
  clock: { tag: "wb-clock", load: () => import("./clock.js") },
  number: { tag: "wb-number", load: () => import("./number.js") },
  queues: { tag: "wb-queues", load: () => import("./queues.js"), isBare: true },
  ready: { tag: "wb-ready", load: () => import("./ready.js") },
  text: { tag: "wb-text", load: () => import("./text.js") },
  waiting: { tag: "wb-waiting-calls", load: () => import("./waiting.js") },
};

/** Whether this page knows the type; a newer server may know more. */
export function isKnownType(type) {
  return Object.hasOwn(TYPES, type);
}

/** An element of the type, once its code is there. Rejects where the code cannot be loaded. */
export async function elementOf(type) {
  const { tag, load, isBare } = TYPES[type];
  await load();
  const element = document.createElement(tag);
  element.dataset.type = type;
  if (!isBare) element.classList.add("panel");
  return element;
}
