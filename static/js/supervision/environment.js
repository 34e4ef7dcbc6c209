/** What the page's pure modules ask of the browser. */

import { cookie } from "../cookie.js";

export function browserEnvironment() {
  return {
    WebSocket: window.WebSocket,
    AbortController: window.AbortController,
    fetch: (...args) => window.fetch(...args),
    setTimeout: (...args) => window.setTimeout(...args),
    clearTimeout: (timer) => window.clearTimeout(timer),
    random: Math.random,
    now: () => performance.now(),
    wallNow: () => Date.now(),
    uuid,
    cookie,
  };
}

/** A UUID of version 4, also where the page is not served over https and the browser offers none. */
function uuid() {
  if (window.crypto.randomUUID) return window.crypto.randomUUID();
  const bytes = window.crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const text = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
