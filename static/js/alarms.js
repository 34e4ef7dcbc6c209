/** What becomes critical is heard: a sound, a spoken sentence, a flash. A browser that blocks sound says so. */

/** Not more often than this in all, and for one and the same thing. */
const APART_MS = 8_000;
const AGAIN_MS = 60_000;

/** Which alarms are given, so that a bad minute is no siren. Pure: the time is an argument. */
export class AlarmGate {
  #last = -Infinity;
  #given = new Map();

  /** In how many milliseconds an alarm may be given. */
  opensIn(now) {
    return Math.max(0, APART_MS - (now - this.#last));
  }

  /** Whether the alarm about `key` was given a short while ago. */
  isTold(key, now) {
    return now - (this.#given.get(key) ?? -Infinity) < AGAIN_MS;
  }

  /** Whether the alarm about `key` is given now. */
  lets(key, now) {
    if (this.opensIn(now) > 0 || this.isTold(key, now)) return false;
    this.#last = now;
    for (const [old, at] of this.#given) if (now - at > AGAIN_MS) this.#given.delete(old);
    this.#given.set(key, now);
    return true;
  }
}

/** Alarms that wait until they may be given, in their order. Pure: the time is an argument. */
export class AlarmQueue {
  #gate = new AlarmGate();
  #waiting = new Map();

  /** The same key keeps its place. */
  add(key, alarm, now) {
    this.#waiting.set(key, { alarm, at: this.#waiting.get(key)?.at ?? now });
  }

  /** It is no alarm any more. */
  drop(key) {
    this.#waiting.delete(key);
  }

  clear() {
    this.#waiting.clear();
  }

  /** The alarm that is given now; null if there is none. What nobody asked for in a minute is too old to be told. */
  next(now) {
    for (const [key, { at }] of this.#waiting) if (this.#gate.isTold(key, now) || now - at > AGAIN_MS) this.drop(key);
    const [first] = this.#waiting;
    if (!first || !this.#gate.lets(first[0], now)) return null;
    this.drop(first[0]);
    return first[1].alarm;
  }

  /** In how many milliseconds to ask again; null if nothing waits. */
  waitMs(now) {
    return this.#waiting.size ? this.#gate.opensIn(now) : null;
  }
}

/** Ends of speech that are nobody's fault; after all others the room hears nothing. */
const HARMLESS_CODES = new Set(["canceled", "interrupted"]);
const TONES = [[0, 880], [0.22, 660], [0.44, 880]];
const TONE_S = 0.18;
const LOUDNESS = 0.25;

/** `alarms`: `{flash, sound, speech}` of the board. `onSound` hears "allowed" or "blocked" when that changes. */
export class Alarms {
  #queue = new AlarmQueue();
  #timer = null;
  #isMuted = false;
  #isSpeechless = false;
  #root; #onSound;
  #alarms = { flash: false, sound: false, speech: false };
  #language = "en";
  #audio = null;
  #state = "";

  constructor({ root, onSound }) {
    this.#root = root;
    this.#onSound = onSound;
  }

  start() {
    this.#root.addEventListener("wb-level", ({ detail }) => this.#changed(detail));
    for (const touch of ["pointerdown", "keydown"]) document.addEventListener(touch, () => this.#unblock());
  }

  /** The board, or another board in its place. */
  configure({ alarms, language }) {
    this.#alarms = alarms;
    this.#language = language;
    this.#root.toggleAttribute("data-flash", alarms.flash);
    if (!alarms.sound && !alarms.speech) return this.#told("");
    this.#audio ??= new AudioContext();
    this.#audio.onstatechange = () => this.#look();
    return this.#look();
  }

  /** While muted nothing is given, nor told later. */
  mute(isMuted) {
    this.#isMuted = isMuted;
    if (isMuted) this.#queue.clear();
  }

  #look() {
    const isSpeechless = this.#alarms.speech && (this.#isSpeechless || !window.speechSynthesis);
    this.#told(this.#audio.state === "running" && !isSpeechless ? "allowed" : "blocked");
  }

  #told(state) {
    if (state === this.#state) return;
    this.#state = state;
    this.#onSound(state);
  }

  async #unblock() {
    if (this.#audio?.state === "suspended") await this.#audio.resume();
  }

  #changed({ level, key, sentence }) {
    if (level !== "critical") this.#queue.drop(key);
    else if (!this.#isMuted && (this.#alarms.sound || this.#alarms.speech)) {
      this.#queue.add(key, { sentence, alarms: this.#alarms, language: this.#language }, performance.now());
      this.#give();
    }
  }

  #give() {
    const now = performance.now();
    const alarm = this.#queue.next(now);
    if (alarm?.alarms.sound) this.#beep();
    if (alarm?.alarms.speech) this.#say(alarm);
    window.clearTimeout(this.#timer);
    const wait = this.#queue.waitMs(now);
    if (wait !== null) this.#timer = window.setTimeout(() => this.#give(), wait);
  }

  #beep() {
    if (this.#audio.state !== "running") return;
    for (const [after, pitch] of TONES) {
      const tone = this.#audio.createOscillator();
      const loudness = this.#audio.createGain();
      const start = this.#audio.currentTime + after;
      tone.frequency.value = pitch;
      loudness.gain.setValueAtTime(LOUDNESS, start);
      loudness.gain.exponentialRampToValueAtTime(0.001, start + TONE_S);
      tone.connect(loudness).connect(this.#audio.destination);
      tone.start(start);
      tone.stop(start + TONE_S);
    }
  }

  #say({ sentence, language }) {
    if (!window.speechSynthesis) return;
    const speech = new SpeechSynthesisUtterance(sentence);
    speech.lang = language;
    speech.voice = window.speechSynthesis.getVoices().find(({ lang }) => lang.slice(0, 2) === language.slice(0, 2)) ?? null;
    speech.onend = () => this.#spoke(true);
    speech.onerror = ({ error }) => HARMLESS_CODES.has(error) || this.#spoke(false);
    window.speechSynthesis.speak(speech);
  }

  #spoke(isHeard) {
    this.#isSpeechless = !isHeard;
    // The board may have changed meanwhile to one without alarms.
    if (this.#alarms.sound || this.#alarms.speech) this.#look();
  }
}
