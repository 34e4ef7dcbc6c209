/** The dialog of each action. */

import { call, hangup, pickup, playback, transfer } from "./calls.js";
import { monitoring } from "./monitoring.js";
import { pauseOn, pauseOnMany } from "./pauses.js";
import { answer, pauseOff } from "./plain.js";
import { login, logout, queueLogin, queueLogout, queueLogoutMany } from "./sessions.js";

/**
 * A form has `title(d)`, `initial(d)`, `draw(d)`, `confirms(d)` (what will happen, a sentence, where that must be said), `problem(d)`
 * (why it cannot be sent yet), `submits(d)` (its buttons) and `requests(d)`. `d` is `{subject, now, desk, values, set}`: `subject` as
 * it was at the click, `now` as it is.
 */
export const FORMS = {
  monitoring, transfer, hangup, answer, pickup, logout, login, call, playback,
  pause_on: pauseOn, pause_off: pauseOff, queue_login: queueLogin, queue_logout: queueLogout,
};
export const BULK_FORMS = { pause_on: pauseOnMany, queue_logout: queueLogoutMany };
