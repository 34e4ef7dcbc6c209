/** Every word the board shows, in one place. Functions where a language needs the number to choose the form. */

export const words = {
  callersWaiting: "Callers waiting",
  longestWait: "Longest wait",
  longest: "longest",
  agentsReady: "Agents ready",
  ofLoggedIn: (total) => `of ${total} logged in`,
  nobodyLoggedIn: "Nobody is logged in",
  agents: "Agents",
  queues: "Queues",
  ready: "ready",
  waiting: "waiting",
  waitingCalls: "Waiting calls",
  outbound: "outbound",
  unknownCaller: "number withheld",
  unknownQueue: "no queue",
  unnamed: "unnamed",
  dash: "–",
  ofStream: (stream, text) => `${stream}: ${text}`,
  more: (count) => `+${count} more`,
  page: (index, count) => `Page ${index + 1} of ${count}`,

  level: { normal: "normal", warning: "warning", critical: "critical" },

  state: {
    idle: "ready",
    speaking: "speaking",
    ringing: "ringing",
    on_hold: "on hold",
    acw: "wrap-up",
    paused: "paused",
    calling: "calling",
    logged: "no queue",
    unknown: "unknown",
  },

  /** Under the figure of ready agents: everybody on a call counts as one group. */
  group: { speaking: "on calls", acw: "wrap-up", paused: "paused" },

  empty: {
    queues: "This board has no queues yet. An administrator chooses them in the board's settings.",
    agents: "Nobody is logged in. Agents appear here as soon as they log in to the PBX.",
    waiting: "Nobody is waiting.",
  },

  fresh: {
    fresh: "Live",
    late: "Late",
    stale: "Stale",
    down: "No data",
    ago: (age) => `${age} ago`,
    dataFrom: (age) => `data from ${age} ago`,
    staleSince: (time) => `stale since ${time}`,
    since: (time) => `since ${time}`,
    noData: "no data",
  },

  phase: {
    connecting: "Connecting",
    waiting: "Disconnected",
    stopped: "Stopped",
  },

  notice: {
    disconnected: (time) => `Connection lost at ${time}. The figures are from before; trying again.`,
    neverConnected: "The server cannot be reached; trying again.",
    revoked: "This screen's access was withdrawn. An administrator can allow it again.",
    login: "Please log in again.",
    outdated: "A newer version is ready; the page reloads in a moment.",
    announcement: "Announcement",
    problem: "No live data",
    late: "Data is late",
    stale: "Data is stale",
  },

  /** Sentences, by the code of the error. `text` is the server's own sentence, shown where we have none. */
  reason: {
    unreachable: "The PBX cannot be reached.",
    timeout: "The PBX does not answer in time.",
    http: "The PBX answers with an error.",
    garbage: "The PBX answers something that cannot be read.",
    refused: "The PBX refuses the request.",
    token: "The PBX does not accept the login of the wallboard.",
    still: "The PBX answers but its data stands still.",
    silent: "The server hears nothing from the process that asks the PBX.",
    lost: "The server cannot be heard.",
    revoked: "This screen's access was withdrawn.",
    waiting: "Waiting for the first answer of the PBX.",
    unknown: "The PBX reports a problem.",
  },
};
