/** Whose turn it is: boards in turn, and a jump to one that is critical and back. Pure: it is asked once a second. */

import { isNight, localMoment, nextTurn, turnsNow } from "./schedule.js";

/** A board that became critical is shown for at least so long, so that a short alarm is seen. */
const JUMP_AT_LEAST_MS = 15_000;

export class Turns {
  #programme; #zone;
  #turn = null;
  #sinceAt = -Infinity;
  #jump = null;

  constructor({ programme, zone }) {
    this.#programme = programme;
    this.#zone = zone;
  }

  /**
   * `now` in milliseconds; `critical` the slugs of boards on which something is critical. Returns `{board, isNight, isJump}`; `board`
   * is null if there is none to show.
   */
  at(now, critical = []) {
    const moment = localMoment(now, this.#zone);
    const turns = turnsNow(this.#programme, moment);
    this.#advance(turns, now);
    const jump = this.#programme.jumps_on_critical ? this.#jumped(turns, critical, now) : null;
    return { board: jump ?? this.#turn?.board ?? null, isNight: isNight(this.#programme, moment), isJump: jump !== null };
  }

  #advance(turns, now) {
    // The page began by the TV's own clock, which may be ahead; the server's may be set back.
    if (now < this.#sinceAt) this.#sinceAt = now;
    if (this.#jump && now < this.#jump.sinceAt) this.#jump.sinceAt = now;
    const isOver = !turns.includes(this.#turn) || now - this.#sinceAt >= this.#turn.seconds * 1000;
    if (!isOver || this.#jump) return;
    this.#turn = nextTurn(turns, this.#turn);
    this.#sinceAt = now;
  }

  /** The board to jump to: the one that is critical longest; the turn it interrupts goes on afterwards. */
  #jumped(turns, critical, now) {
    const shown = new Set(turns.map(({ board }) => board));
    const wanted = critical.filter((board) => shown.has(board));
    const isHeld = this.#jump && (wanted.includes(this.#jump.board) || now - this.#jump.sinceAt < JUMP_AT_LEAST_MS);
    if (isHeld) return this.#jump.board;
    if (!wanted.length || (shown.size === 1)) {
      if (this.#jump) this.#sinceAt = now;
      this.#jump = null;
      return null;
    }
    this.#jump = { board: wanted[0], sinceAt: now };
    return this.#jump.board;
  }
}
