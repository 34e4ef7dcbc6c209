/** Begins to note, in window.wbShifts and window.wbBoxes, what moves on the board. */
() => {
  window.wbShifts = [];
  // Rows and tiles that change places do so on purpose: by urgency. Everything else stands still.
  // A badge is as wide as its word.
  const moves = ".agents, .calls, .sums, .badge";
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) for (const { node } of entry.sources) {
      const element = node?.nodeType === 1 ? node : node?.parentElement;
      if (!element || element.closest(moves) || element.matches("wb-queue-tile, wb-queue-tile *")) continue;
      window.wbShifts.push(`${element.localName}.${element.className}: ${entry.value}`);
    }
  }).observe({ type: "layout-shift" });
  const parts = "h3, .corner, .waiting, .wait, .wait .timer, .team, .team b, .headline, .middle, .of .quiet, .groups li, .longest .timer, .clock, .dot, .agents, .calls, .label, .panel";
  window.wbBoxes = new Map();
  window.wbLook = () => {
    for (const panel of document.querySelectorAll(".panel, .top")) {
      const outer = panel.getBoundingClientRect();
      const isTile = panel.matches(".tile");
      const form = document.querySelector("wb-queues").dataset.form;
      panel.querySelectorAll(parts).forEach((part) => {
        const box = part.getBoundingClientRect();
        // In a tile the place counts, not which tile it is: tiles change places.
        const key = `${isTile ? "tile " + form : panel.localName} ${part.localName}.${part.className} ${isTile ? "" : [...panel.querySelectorAll(parts)].indexOf(part)}`;
        if (part.closest(".corner") && isTile) return;
        const place = [box.left - outer.left, box.top - outer.top].map((value) => Math.round(value * 10) / 10).join(" ");
        const known = window.wbBoxes.get(key) ?? new Set();
        window.wbBoxes.set(key, known.add(place));
      });
    }
  };
  window.wbTimer = setInterval(window.wbLook, 100);
}
