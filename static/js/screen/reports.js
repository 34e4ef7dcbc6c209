/** What a screen says of itself: its size, its version, whether it may make sound, and its last error. */

const ERROR_LENGTH = 300;

export class Reports {
  /** Sends a message; set by the page. False if there is no connection. */
  send = () => false;
  #build;
  #error = "";
  #sound = "";

  constructor({ build }) {
    this.#build = build;
  }

  watch() {
    window.addEventListener("resize", () => this.tell());
    window.addEventListener("error", (event) => this.#failed(event.message));
    window.addEventListener("unhandledrejection", (event) => this.#failed(String(event.reason)));
    document.addEventListener("wb-sound", (event) => this.#heard(event.detail));
  }

  /** Tell now; an error is told until a message with it went out. */
  tell() {
    const report = {
      t: "report",
      width: Math.round(window.innerWidth * window.devicePixelRatio),
      height: Math.round(window.innerHeight * window.devicePixelRatio),
      build: this.#build,
      sound: this.#sound,
      error: this.#error,
    };
    if (this.send(report)) this.#error = "";
  }

  #failed(text) {
    this.#error = text.slice(0, ERROR_LENGTH);
    this.tell();
  }

  /** `allowed` or `blocked`; "" of a board that makes none, which takes back nothing that another board of this page found out. */
  #heard(state) {
    if (state === this.#sound || state === "") return;
    this.#sound = state;
    this.tell();
  }
}
