/** The places of the words beside the ready agents, of so many logged in, with each number of ready ones. */
async (total) => {
  const widget = document.querySelector("wb-ready");
  const places = new Map();
  for (const ready of new Set([0, 1, 9, 10, 11, 99, 100, 111, total].filter((one) => one <= total))) {
    const agents = {};
    for (let id = 0; id < total; id += 1) agents[`main/${id}`] = { state: id < ready ? "idle" : "paused" };
    widget.slice = { ...widget.slice, agents };
    await widget.updateComplete;
    const figure = widget.querySelector(".middle"), text = widget.querySelector(".of .quiet");
    if (figure.textContent !== String(ready)) throw new Error(`${figure.textContent} is shown for ${ready}`);
    const outer = widget.getBoundingClientRect(), own = text.getBoundingClientRect();
    const range = document.createRange();
    range.selectNodeContents(text);
    const lines = range.getBoundingClientRect();
    const faults = [];
    if (lines.right > own.right + 1 || own.right > outer.right || text.scrollWidth > text.clientWidth) faults.push("too wide");
    if (lines.height > 2.6 * parseFloat(getComputedStyle(text).fontSize)) faults.push("more than two lines");
    range.selectNodeContents(figure);
    if (range.getBoundingClientRect().right > own.left) faults.push("under the figure");
    const place = [own.left, own.top, lines.left, lines.top].map((one) => one.toFixed(1)).join(" ");
    places.set(place, { place, faults: [...new Set([...(places.get(place)?.faults ?? []), ...faults])] });
  }
  return [...places.values()];
}
