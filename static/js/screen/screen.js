/** The page of a paired screen: boards in turn over one socket, the night, the picture's slow walk, and reports to the fleet. */

import { Wall } from "../wall.js";
import { CriticalBoards } from "./critical.js";
import { Reports } from "./reports.js";
import { shiftAt } from "./shift.js";
import { Turns } from "./turns.js";

/** A revoked screen soon shows a code: whoever revoked it by mistake may let it in anew. */
const ASK_AGAIN_MS = 10_000;
const CHANGE_SPREAD_MS = 2_000;

class Screen {
  #config = JSON.parse(document.getElementById("wb-config").textContent);
  #turns = new Turns({ programme: this.#config.programme, zone: this.#config.time_zone });
  #critical = new CriticalBoards(this.#config.boards);
  #reports = new Reports({ build: this.#config.build });
  #shown = null;
  #isChanging = false;
  #wall;

  start() {
    const first = this.#turns.at(Date.now()).board;
    this.#shown = first;
    // Before the wall is made: it tells at once whether it may make sound.
    this.#reports.watch();
    this.#wall = new Wall({ config: this.#config.boards[first], root: document.querySelector(".board") });
    this.#wall.onControl = (message) => this.#control(message);
    this.#wall.onPhase = (phase) => this.#phased(phase);
    this.#reports.send = (report) => this.#wall.session.send(report);
    this.#wall.ticker.subscribe(() => this.#beat());
    this.#wall.start();
  }

  /** Once a second. */
  #beat() {
    const now = this.#wall.session.now();
    const { board, isNight } = this.#turns.at(now, this.#critical.look(this.#wall.session, now));
    document.body.toggleAttribute("data-night", isNight);
    this.#wall.alarms.mute(isNight);
    if (this.#config.programme.shifts_pixels) this.#shift(now);
    if (board !== null && board !== this.#shown && !this.#isChanging) this.#change(board);
  }

  async #change(board) {
    this.#isChanging = true;
    try {
      await this.#wall.show(this.#config.boards[board]);
      this.#shown = board;
    } finally {
      this.#isChanging = false;
    }
  }

  #shift(now) {
    const { x, y } = shiftAt(now);
    document.querySelector(".board").style.transform = `translate(${x}px, ${y}px)`;
  }

  #control(message) {
    if (message.do === "board" && message.revision && message.revision !== this.#config.revision) {
      this.#wall.reload({ spread_ms: CHANGE_SPREAD_MS, reason: `programme ${message.revision}` });
    }
    if (message.do === "identify" && typeof message.name === "string") {
      document.querySelector(".identify b").textContent = message.name;
    }
  }

  #phased({ phase, reason }) {
    if (phase === "open") this.#reports.tell();
    if (phase === "stopped" && reason === "revoked") this.#wall.reload({ spread_ms: ASK_AGAIN_MS });
  }
}

new Screen().start();
