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

  /**
   * The board to jump to: the one that is shown, if it is critical, else the one that is so longest; several take turns. The turn that
   * was interrupted goes on afterwards.
   */
  #jumped(turns, critical, now) {
    const boards = new Map(turns.map(({ board, seconds }) => [board, seconds]));
    const wanted = boards.size > 1 ? critical.filter((board) => boards.has(board)) : [];
    if (this.#jump && this.#isHeld(wanted, now)) return this.#jump.board;
    if (!wanted.length) {
      if (this.#jump) this.#sinceAt = now;
      this.#jump = null;
      return null;
    }
    const board = this.#nextOf(wanted);
    if (board !== this.#jump?.board) this.#jump = { board, sinceAt: now, lasts: boards.get(board) * 1000 };
    return board;
  }

  #isHeld(wanted, now) {
    const { board, sinceAt, lasts } = this.#jump;
    return now - sinceAt < (wanted.includes(board) ? Math.max(lasts, JUMP_AT_LEAST_MS) : JUMP_AT_LEAST_MS);
  }

  #nextOf(wanted) {
    if (this.#jump) return wanted[(wanted.indexOf(this.#jump.board) + 1) % wanted.length];
    return wanted.find((board) => board === this.#turn?.board) ?? wanted[0];
  }
}
