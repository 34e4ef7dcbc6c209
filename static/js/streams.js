/** What a session knows of a board's streams, each under the name of its PBX. */

import { freshness } from "./freshness.js";
import { displayName } from "./merge.js";

/** Their states as Merger takes them. */
export function partsOf(session, streams) {
  return streams.map((name) => {
    const { state, source } = session.store.stream(name);
    return { name: displayName(name), state, skew_ms: source?.skew_ms ?? 0 };
  });
}

/** What the server says of each PBX's endpoints. */
export function sourcesOf(session, streams) {
  return Object.fromEntries(streams.map((name) => [displayName(name), session.store.stream(name).source]));
}

/** How fresh what rests on these endpoints is, by PBX. */
export function freshnessBy(session, streams, { endpoints, now }) {
  return new Map(streams.map((name) => {
    const { source } = session.store.stream(name);
    return [displayName(name), freshness({ source, endpoints, now, contact: session.contact(name) })];
  }));
}
