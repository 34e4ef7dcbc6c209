/* Runs before the page's own scripts: what the page sounds and says is written down in window.wbHeard instead of being heard. */
(() => {
  window.wbHeard = [];
  const parameter = { setValueAtTime() {}, exponentialRampToValueAtTime() {} };
  const node = (more) => ({ connect: (next) => next, ...more });
  window.AudioContext = class {
    state = "running";
    currentTime = 0;
    destination = node();
    onstatechange = null;

    createGain() {
      return node({ gain: parameter });
    }

    createOscillator() {
      return node({ frequency: {}, start: () => window.wbHeard.push({ tone: true }), stop() {} });
    }

    async resume() {}
  };
  window.SpeechSynthesisUtterance = class {
    constructor(text) {
      this.text = text;
    }
  };
  const speak = ({ text, lang }) => window.wbHeard.push({ text, lang });
  Object.defineProperty(window, "speechSynthesis", { value: { getVoices: () => [], speak } });
})();
