/** The types of widgets: the element of each, and its code, loaded when a board first holds one. */

import { failed } from "../failures.js";
import { hasOwn } from "../own.js";
import "./missing.js";

const TYPES = {
  "agent-states": { tag: "wb-agent-states", load: () => import("./agent-states.js") },
  agents: { tag: "wb-agents", load: () => import("./agents.js") },
  callers: { tag: "wb-callers", load: () => import("./callers.js") },
  calls: { tag: "wb-calls", load: () => import("./calls.js") },
  campaign: { tag: "wb-campaign", load: () => import("./campaign.js") },
  clock: { tag: "wb-clock", load: () => import("./clock.js") },
  image: { tag: "wb-image", load: () => import("./image.js") },
  leaders: { tag: "wb-leaders", load: () => import("./leaders.js") },
  longest: { tag: "wb-longest", load: () => import("./longest.js") },
  number: { tag: "wb-number", load: () => import("./number.js") },
  pauses: { tag: "wb-pauses", load: () => import("./pauses.js") },
  queue: { tag: "wb-queue", load: () => import("./queue.js"), isBare: true },
  "queue-table": { tag: "wb-queue-table", load: () => import("./queue-table.js") },
  queues: { tag: "wb-queues", load: () => import("./queues.js"), isBare: true },
  ready: { tag: "wb-ready", load: () => import("./ready.js") },
  "service-level": { tag: "wb-service-level", load: () => import("./service-level.js") },
  source: { tag: "wb-source", load: () => import("./source.js") },
  text: { tag: "wb-text", load: () => import("./text.js") },
  ticker: { tag: "wb-ticker", load: () => import("./ticker.js") },
  trend: { tag: "wb-trend", load: () => import("./trend.js") },
  waiting: { tag: "wb-waiting-calls", load: () => import("./waiting.js") },
};

/** Whether this page knows the type; a newer server may know more. */
export function isKnownType(type) {
  return hasOwn(TYPES, type);
}

/** An element of the type, once its code is there; where that cannot be loaded one that says so. */
export async function elementOf(type) {
  const { tag, load, isBare } = TYPES[type];
  const isThere = await load().then(() => true, (error) => failed(error));
  if (!isThere) return missing();
  const element = document.createElement(tag);
  element.dataset.type = type;
  if (!isBare) element.classList.add("panel");
  return element;
}

function missing() {
  const element = document.createElement("wb-missing");
  element.className = "panel";
  return element;
}
