/** What somebody at a desk does with a board: other boards, full screen, hold a moment still. By keyboard and by buttons. */

import { words } from "./words.js";

const SHOWN_MS = 4_000;
/** Who forgot a moment that is held still does not leave a dead board behind. */
const HELD_AT_MOST_MS = 300_000;

export class Controls {
  #wall; #bar;
  #hideTimer = null;
  #holdTimer = null;
  #isChanging = false;

  constructor({ wall, bar }) {
    this.#wall = wall;
    this.#bar = bar;
  }

  start() {
    document.addEventListener("keydown", (event) => this.#pressed(event));
    document.addEventListener("pointermove", () => this.#reveal());
    this.#bar.addEventListener("focusin", () => this.#reveal());
    this.#bar.addEventListener("click", (event) => this.#do(event.target.closest("[data-do]")?.dataset.do));
    document.addEventListener("fullscreenchange", () => this.#label());
    window.addEventListener("popstate", () => window.location.reload());
    this.#wall.onHold = () => this.#label();
    this.#label();
  }

  #pressed(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest?.("input, textarea, select")) return;
    const isOnButton = event.target.closest?.("button, a");
    const wanted = KEYS[event.key];
    if (!wanted || (isOnButton && (event.key === " " || event.key === "Enter"))) return;
    event.preventDefault();
    this.#do(wanted);
  }

  #do(what) {
    if (what === "previous" || what === "next") this.#show(this.#wall.config.neighbours[what]);
    if (what === "full") this.#toggleFull();
    if (what === "hold") this.#hold(!this.#wall.isHeld);
    if (what === "leave") this.#leave();
  }

  /** The neighbour takes this board's place: the page stays, and with it the full screen. */
  async #show(slug) {
    if (this.#isChanging || !slug || slug === this.#wall.config.board.slug) return;
    this.#isChanging = true;
    try {
      const answer = await fetch(`/boards/${slug}/config/`, { credentials: "same-origin", cache: "no-store" });
      const config = answer.ok ? await answer.json() : null;
      // A board in another language needs another catalogue of texts: that page is loaded anew.
      if (!config || config.language !== this.#wall.config.language) window.location.assign(`/boards/${slug}/`);
      else {
        await this.#wall.show(config);
        window.history.pushState(null, "", `/boards/${slug}/`);
      }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      // Not reachable now; the board that is shown says so.
    } finally {
      this.#isChanging = false;
    }
    this.#label();
  }

  #toggleFull() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  }

  #hold(isWanted) {
    window.clearTimeout(this.#holdTimer);
    this.#wall.hold(isWanted);
    if (isWanted) this.#holdTimer = window.setTimeout(() => this.#hold(false), HELD_AT_MOST_MS);
  }

  /** Escape: out of the moment held still, else back to the list. The browser itself leaves the full screen. */
  #leave() {
    if (this.#wall.isHeld) this.#hold(false);
    else if (!document.fullscreenElement) window.location.assign("/boards/");
  }

  #reveal() {
    this.#bar.dataset.shown = "true";
    window.clearTimeout(this.#hideTimer);
    this.#hideTimer = window.setTimeout(() => delete this.#bar.dataset.shown, SHOWN_MS);
  }

  /** What names the board that is shown, which may be another than the page was opened with. */
  #name({ slug, title }) {
    const edit = this.#bar.querySelector('[data-do="edit"]');
    if (edit) edit.href = `/boards/${slug}/edit/`;
    document.querySelector(".identify b").textContent = title;
  }

  #label() {
    this.#name(this.#wall.config.board);
    const hold = this.#bar.querySelector('[data-do="hold"]');
    hold.textContent = this.#wall.isHeld ? words.control.goOn : words.control.hold;
    hold.setAttribute("aria-pressed", String(this.#wall.isHeld));
    this.#bar.querySelector('[data-do="full"]').textContent = document.fullscreenElement ? words.control.leaveFull : words.control.full;
    const isAlone = this.#wall.config.neighbours.next === this.#wall.config.board.slug;
    for (const button of this.#bar.querySelectorAll('[data-do="previous"], [data-do="next"]')) button.hidden = isAlone;
  }
}

const KEYS = { ArrowLeft: "previous", ArrowRight: "next", f: "full", F: "full", " ": "hold", Escape: "leave" };
