/** Every word the board shows, in one place and in the reader's language. Functions where a text holds a value. */

import { _, interpolate, ngettext, pgettext } from "./i18n.js";

export const words = {
  callersWaiting: _("Callers waiting"),
  longestWait: _("Longest wait"),
  longest: _("longest"),
  agentsReady: _("Agents ready"),
  ofLoggedIn: (total) => interpolate(ngettext("of %(total)s logged in", "of %(total)s logged in", total), { total }),
  nobodyLoggedIn: _("Nobody is logged in"),
  agents: _("Agents"),
  queues: _("Queues"),
  ready: _("ready"),
  waiting: pgettext("callers", "waiting"),
  waitingCalls: _("Waiting calls"),
  today: _("today"),
  queue: _("Queue"),
  serviceLevel: _("service level"),
  serviceLevelLive: _("Service level, live"),
  offered: _("offered"),
  abandoned: _("abandoned"),
  agentsByState: _("Agents by state"),
  inAll: (count) => interpolate(ngettext("%(count)s in all", "%(count)s in all", count), { count }),
  activeCalls: _("Active calls"),
  nobodyKnown: _("unknown agent"),
  pauses: _("Pauses"),
  overLimit: (minutes) => interpolate(_("longer than %(minutes)s min"), { minutes }),
  longestWaits: _("Longest waits"),
  callersOf: (count) => interpolate(ngettext("%(count)s caller", "%(count)s callers", count), { count }),
  mostAnswered: _("Answered today"),
  sourceHealth: _("Sources"),
  goal: (share, seconds) => interpolate(_("goal %(share)s/%(seconds)s"), { share, seconds }),
  goalShare: (share) => interpolate(_("goal %(share)s"), { share }),
  goalCount: (count) => interpolate(_("goal %(count)s"), { count }),
  hitsOf: (hits, counted) => interpolate(_("%(hits)s of %(counted)s in time"), { hits, counted }),
  closed: (share) => interpolate(_("closed %(share)s"), { share }),
  missesLeft: (count) => interpolate(ngettext("%(count)s miss left", "%(count)s misses left", count), { count }),
  missesOver: (count) => interpolate(ngettext("%(count)s miss over budget", "%(count)s misses over budget", count), { count }),
  nobodyCalled: (window) => interpolate(_("nobody called: %(window)s"), { window }),
  outboundAnswered: _("Outbound calls answered"),
  callsMade: (count) => interpolate(_("%(count)s made"), { count }),
  reached: (share) => interpolate(_("%(share)s reached"), { share }),
  running: (count) => interpolate(_("%(count)s running"), { count }),
  outbound: _("outbound"),
  unknownCaller: _("number withheld"),
  unknownQueue: _("no queue"),
  unnamed: _("unnamed"),
  dash: "–",
  ofStream: (stream, text) => `${stream}: ${text}`,
  more: (count) => interpolate(ngettext("+%(count)s more", "+%(count)s more", count), { count }),
  page: (index, count) => interpolate(_("Page %(number)s of %(count)s"), { number: index + 1, count }),

  queuesOf: (count) => interpolate(ngettext("%(count)s queue", "%(count)s queues", count), { count }),
  window: { "15m": _("last 15 minutes"), "30m": _("last 30 minutes"), "60m": _("last 60 minutes"), today: _("today") },

  /** Figures that only boards have; the others have theirs in metrics-table.js. */
  figure: {
    over_threshold: _("Waiting too long"),
    calls_active: _("Calls being handled"),
    agents_acw: _("Agents in wrap-up"),
  },

  /** What the PBX is asked for. */
  endpoint: {
    RTStatsQueues: _("Queues"),
    RTStatsCalls: _("Calls"),
    RTStatsSessions: _("Agents"),
    RTStatsPauses: _("Pauses"),
    RTUsersState: _("States of agents"),
    DeviceStates: _("Telephones"),
    GetQueues: _("List of queues"),
    GetUsers: _("List of users"),
    GetPauses: _("Kinds of pauses"),
  },

  level: { normal: _("normal"), warning: _("warning"), critical: _("critical") },

  state: {
    idle: pgettext("agent", "ready"),
    speaking: pgettext("agent", "speaking"),
    ringing: pgettext("agent", "ringing"),
    on_hold: pgettext("agent", "on hold"),
    acw: pgettext("agent", "wrap-up"),
    paused: pgettext("agent", "paused"),
    calling: pgettext("agent", "calling"),
    logged: pgettext("agent", "no queue"),
    unknown: pgettext("agent", "unknown"),
  },

  /** Under the figure of ready agents: everybody on a call counts as one group. */
  group: { speaking: _("on calls"), acw: _("wrap-up"), paused: pgettext("agents", "paused") },

  empty: {
    queues: _("This board has no queues yet. An administrator chooses them in the board's settings."),
    agents: _("Nobody is logged in. Agents appear here as soon as they log in to the PBX."),
    waiting: _("Nobody is waiting."),
    calls: _("No call is being handled."),
    pauses: _("Nobody is on a pause."),
    leaders: _("Nobody has answered a call today, or it is not known yet."),
    leadersOfQueues: _("No call was answered today, or it is not known yet."),
    leadersOff: _("This board's privacy lists no figures of people or queues."),
    queueGone: _("This queue is not on this board, or the PBX does not name it any more."),
    queueUnchosen: _("Choose a queue in the editor."),
    picture: _("Choose a picture in the editor."),
    trend: _("There are no intervals of today yet."),
    trendFailed: _("The day's intervals could not be loaded; trying again."),
    code: _("This part of the board could not be loaded; the page is loaded anew in a moment."),
    widgets: _("This board has no widgets yet. Open it in the editor and add some."),
  },

  fresh: {
    fresh: _("Live"),
    late: _("Late"),
    stale: _("Stale"),
    down: _("No data"),
    ago: (age) => interpolate(_("%(age)s ago"), { age }),
    dataFrom: (age) => interpolate(_("data from %(age)s ago"), { age }),
    staleSince: (time) => interpolate(_("stale since %(time)s"), { time }),
    since: (time) => interpolate(_("since %(time)s"), { time }),
    noData: _("no data"),
  },

  /** What the PBX counts otherwise than its own lists; both numbers in words. */
  check: {
    agents_total: ({ ours, theirs }) => interpolate(_("The PBX counts %(theirs)s agents but lists %(ours)s"), { ours, theirs }),
    calls_in: ({ ours, theirs }) => interpolate(_("The PBX counts %(theirs)s inbound calls but lists %(ours)s"), { ours, theirs }),
    calls_out: ({ ours, theirs }) => interpolate(_("The PBX counts %(theirs)s outbound calls but lists %(ours)s"), { ours, theirs }),
  },

  phase: {
    connecting: _("Connecting"),
    waiting: _("Disconnected"),
    stopped: _("Stopped"),
    held: _("Paused"),
  },

  held: (time) => interpolate(_("as it was at %(time)s"), { time }),

  control: {
    hold: _("Pause"),
    goOn: _("Go on"),
    full: _("Full screen"),
    leaveFull: _("Leave full screen"),
  },

  /** Sentences that are spoken. */
  spoken: {
    queue: (queue, count) => interpolate(ngettext("%(queue)s is critical: %(count)s caller is waiting.", "%(queue)s is critical: %(count)s callers are waiting.", count), { queue, count }),
    figure: (title, text) => interpolate(_("%(title)s is critical: %(text)s."), { title, text }),
  },

  notice: {
    held: _("Not live: this is a moment held still. Space or Escape goes on."),
    disconnected: (time) => interpolate(_("Connection lost at %(time)s. The figures are from before; trying again."), { time }),
    neverConnected: _("The server cannot be reached; trying again."),
    revoked: _("This screen's access was withdrawn. An administrator can allow it again."),
    login: _("Please log in again."),
    outdated: _("A newer version is ready; the page reloads in a moment."),
    announcement: _("Announcement"),
    problem: _("No live data"),
    late: _("Data is late"),
    stale: _("Data is stale"),
    soundBlocked: _("Sound is blocked"),
    soundBlockedText: _("This browser plays no sound until somebody touches the screen or a key."),
  },

  /** Sentences, by the code of the error. `text` is the server's own sentence, shown where we have none. */
  reason: {
    unreachable: _("The PBX cannot be reached."),
    timeout: _("The PBX does not answer in time."),
    http: _("The PBX answers with an error."),
    garbage: _("The PBX answers something that cannot be read."),
    refused: _("The PBX refuses the request."),
    token: _("The PBX does not accept the login of the wallboard."),
    still: _("The PBX answers but its data stands still."),
    silent: _("The server hears nothing from the process that asks the PBX."),
    lost: _("The server cannot be heard."),
    revoked: _("This screen's access was withdrawn."),
    waiting: _("Waiting for the first answer of the PBX."),
    unknown: _("The PBX reports a problem."),
  },
};
