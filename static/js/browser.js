/** What the pure modules need of a browser: sockets, timers, clocks, chance and memory. */

/** For a session and its socket. */
export function environmentOfBrowser() {
  return {
    WebSocket: window.WebSocket,
    setTimeout: (...args) => window.setTimeout(...args),
    clearTimeout: (timer) => window.clearTimeout(timer),
    random: Math.random,
    now: () => performance.now(),
    wallNow: () => Date.now(),
  };
}

/** For the reloader of the page. */
export function environmentOfReload() {
  return {
    fetch: () => window.fetch(window.location.href, { cache: "no-store", credentials: "same-origin" }),
    setTimeout: (...args) => window.setTimeout(...args),
    random: Math.random,
    now: () => Date.now(),
    reload: () => window.location.reload(),
    memory: window.sessionStorage,
  };
}

/** For what asks for a changed board. */
export function environmentOfRenewal() {
  return { fetch: (...args) => window.fetch(...args), setTimeout: (...args) => window.setTimeout(...args) };
}
