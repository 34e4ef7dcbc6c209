/** What becomes critical is heard: a sound, a spoken sentence, a flash. A browser that blocks sound says so. */

/** Not more often than this in all, and for one and the same thing. */
const APART_MS = 8_000;
const AGAIN_MS = 60_000;

/** Which alarms are given, so that a bad minute is no siren. Pure: the time is an argument. */
export class AlarmGate {
  #last = -Infinity;
  #given = new Map();

  /** Whether the alarm about `key` is given now. */
  lets(key, now) {
    if (now - this.#last < APART_MS || now - (this.#given.get(key) ?? -Infinity) < AGAIN_MS) return false;
    this.#last = now;
    for (const [old, at] of this.#given) if (now - at > AGAIN_MS) this.#given.delete(old);
    this.#given.set(key, now);
    return true;
  }
}

const BLOCKED_CODES = new Set(["not-allowed", "audio-busy"]);
const TONES = [[0, 880], [0.22, 660], [0.44, 880]];
const TONE_S = 0.18;
const LOUDNESS = 0.25;

/** `alarms`: `{flash, sound, speech}` of the board. `onSound` hears "allowed" or "blocked" when that changes. */
export class Alarms {
  #gate = new AlarmGate();
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
    this.#root.addEventListener("wb-level", ({ detail }) => this.#rose(detail));
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

  #look() {
    this.#told(this.#audio.state === "running" ? "allowed" : "blocked");
  }

  #told(state) {
    if (state === this.#state) return;
    this.#state = state;
    this.#onSound(state);
  }

  async #unblock() {
    if (this.#audio?.state === "suspended") await this.#audio.resume();
  }

  #rose({ level, key, sentence }) {
    if (level !== "critical" || (!this.#alarms.sound && !this.#alarms.speech)) return;
    if (!this.#gate.lets(key, performance.now())) return;
    if (this.#alarms.sound) this.#beep();
    if (this.#alarms.speech) this.#say(sentence);
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

  #say(sentence) {
    if (!window.speechSynthesis) return;
    const speech = new SpeechSynthesisUtterance(sentence);
    speech.lang = this.#language;
    speech.voice = window.speechSynthesis.getVoices().find(({ lang }) => lang.slice(0, 2) === this.#language.slice(0, 2)) ?? null;
    speech.onerror = ({ error }) => BLOCKED_CODES.has(error) && this.#told("blocked");
    window.speechSynthesis.speak(speech);
  }
}
