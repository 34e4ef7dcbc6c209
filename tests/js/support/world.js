/** Time, chance and a network that a test holds in its hands. */

/** Timers that run when the test says so, on a clock of their own. */
export class World {
  time = 0;
  sockets = [];
  random = () => 0.5;
  #timers = new Map();
  #next = 1;

  environment() {
    const world = this;
    return {
      WebSocket: class extends FakeSocket {
        constructor(url) {
          super(url);
          world.sockets.push(this);
        }
      },
      setTimeout: (action, delay) => this.#add(action, delay),
      clearTimeout: (id) => this.#timers.delete(id),
      random: () => this.random(),
      now: () => this.time,
      wallNow: () => this.time,
    };
  }

  get socket() {
    return this.sockets[this.sockets.length - 1];
  }

  /** Let time pass, running what falls due in its order. */
  pass(ms) {
    const end = this.time + ms;
    for (;;) {
      const due = [...this.#timers].filter(([, timer]) => timer.at <= end).sort((one, other) => one[1].at - other[1].at)[0];
      if (!due) break;
      this.#timers.delete(due[0]);
      this.time = due[1].at;
      due[1].action();
    }
    this.time = end;
  }

  #add(action, delay) {
    this.#next += 1;
    this.#timers.set(this.#next, { action, at: this.time + delay });
    return this.#next;
  }
}

class FakeSocket {
  readyState = 0;
  sent = [];
  isClosedByClient = false;

  constructor(url) {
    this.url = url;
  }

  send(text) {
    if (this.readyState !== 1) throw new Error("sent on a socket that is not open");
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.readyState = 3;
    this.isClosedByClient = true;
  }

  /** The server accepts. */
  accept() {
    this.readyState = 1;
    this.onopen();
  }

  /** The server says something. */
  say(message) {
    this.onmessage({ data: typeof message === "string" ? message : JSON.stringify(message) });
  }

  /** The connection ends from the other side. */
  drop(code = 1006) {
    this.readyState = 3;
    this.onclose({ code });
  }
}
