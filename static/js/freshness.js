/** How far the figures of a tile can be trusted: fresh, late, stale or down. Pure: the time is an argument. */

export const LEVELS = ["fresh", "late", "stale", "down"];
const LATE_MS = 3_000;
const STALE_MS = 15_000;
const STALE_POLLS = 3;
/** Without a word from the server for this long, whatever stands on the screen is stale. */
export const LOST_MS = 7_000;

/**
 * Judge what rests on `endpoints`.
 *
 * `source` is the server's last word on its endpoints (null before the first), `now` the server's time in ms, `contact` is
 * `{heard_at, silent}`: when the server was last heard, and whether it says that its poller is silent.
 * Returns `{level, age_ms, since_at, reason, blank}`: `age_ms` of the oldest answer, `since_at` the moment the figures are of,
 * `reason` `{code, text}` or null, `blank` whether figures must be dashes. `check`, where there is one, is a total that the PBX
 * counts otherwise than its lists: `{code, ours, theirs, since_at}`.
 */
export function freshness({ source, endpoints, now, contact }) {
  if (!source) return WAITING;
  const parts = endpoints.map((name) => endpointFreshness(source.endpoints?.[name], now));
  const worst = parts.reduce((one, other) => (rank(other.level) > rank(one.level) ? other : one));
  const answered = parts.map((part) => part.ok_at).filter((at) => at !== null);
  const since = answered.length ? Math.min(...answered) : null;
  const result = verdict(worst.level, since === null ? null : Math.max(0, now - since), since, null, worst.blank);
  result.reason = worst.level === "fresh" ? null : firstReason(parts);
  if (parts.some((part) => part.ok_at === null)) result.blank = true;
  const [check] = source.checks ?? [];
  if (check) result.check = check;
  return withContact(withStill(result, source), contact, now);
}

/** Nothing was heard yet. */
const WAITING = Object.freeze(verdict("stale", null, null, Object.freeze({ code: "waiting", text: null }), true));
/** Who looks may not see it any more. */
export const REVOKED = Object.freeze(verdict("down", null, null, Object.freeze({ code: "revoked", text: null }), true));

/**
 * The verdict on what rests on several streams: the worst of theirs, and blank as soon as one is, since a sum with an unknown part
 * is unknown. `byStream` maps a stream to its verdict; they stay in `parts`, and `stream` names the one in trouble, if there are
 * several. Without any stream it waits for one.
 */
export function freshnessOfAll(byStream) {
  const all = [...byStream];
  if (!all.length) return WAITING;
  const [stream, worst] = all.reduce((one, other) => (isWorse(other[1], one[1]) ? other : one));
  if (all.length === 1) return worst;
  const isTrouble = worst.level !== "fresh";
  const check = all.map(([, part]) => part.check).find(Boolean);
  return { ...worst, ...(check ? { check } : {}), stream: isTrouble ? stream : null, blank: all.some(([, { blank }]) => blank), parts: byStream };
}

function isWorse(one, other) {
  return rank(one.level) - rank(other.level) > 0 || (one.level === other.level && (one.age_ms ?? Infinity) > (other.age_ms ?? Infinity));
}

/** Whether what is judged so may be weighed: figures that stand still prove nothing, however long they stand. */
export function isCurrent({ level, blank }) {
  return !blank && (level === "fresh" || level === "late");
}

/** The moment (server's clock) at which running timers stop: what may be long gone must not look alive. Null while they run. */
export function heldAt(fresh) {
  return fresh && fresh.level === "stale" && fresh.since_at !== null ? fresh.since_at + STALE_MS : null;
}

/** One endpoint by itself: `{level, age_ms}`. */
export function endpointAge(endpoint, now) {
  const { level, ok_at } = endpointFreshness(endpoint, now);
  return { level, age_ms: ok_at === null ? null : Math.max(0, now - ok_at) };
}

function endpointFreshness(endpoint, now) {
  const ok_at = endpoint?.ok_at ?? null;
  const error = endpoint?.error ?? null;
  if (ok_at === null) {
    if (error) return { level: "down", ok_at, reason: error, blank: true };
    return { level: "stale", ok_at, reason: { code: "waiting", text: null }, blank: true };
  }
  const age = now - ok_at;
  const every = endpoint.every_ms ?? 1000;
  const isOld = age > Math.max(STALE_MS, STALE_POLLS * every);
  if (isOld) return { level: error ? "down" : "stale", ok_at, reason: error, blank: Boolean(error) };
  return { level: age > LATE_MS + every ? "late" : "fresh", ok_at, reason: error, blank: false };
}

function firstReason(parts) {
  const bad = parts.filter((part) => part.reason).sort((one, other) => rank(other.level) - rank(one.level));
  return bad.length ? { code: bad[0].reason.code, text: bad[0].reason.text ?? null } : null;
}

function withStill(result, source) {
  const still = source.still_since_at ?? null;
  if (still === null || result.level === "down") return result;
  const since = result.since_at === null ? still : Math.min(result.since_at, still);
  return { ...result, level: "stale", since_at: since, reason: { code: "still", text: null } };
}

function withContact(result, contact, now) {
  const isLost = contact.heard_at !== null && now - contact.heard_at > LOST_MS;
  if (result.level === "down" || !(contact.silent || isLost)) return result;
  return { ...result, level: "stale", reason: { code: contact.silent ? "silent" : "lost", text: null } };
}

function verdict(level, age_ms, since_at, reason, blank) {
  return { level, age_ms, since_at, reason, blank };
}

function rank(level) {
  return LEVELS.indexOf(level);
}
