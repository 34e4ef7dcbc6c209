/** Puts the shapes of these states and levels, `[class, kind, name]` each, side by side over the board, twice their size. */
(marks) => {
  const line = document.createElement("div");
  Object.assign(line.style, { position: "fixed", left: 0, top: 0, zIndex: 9, display: "flex", background: "#131a22" });
  for (const [className, kind, name] of marks) {
    const mark = document.createElement("i"), holder = document.createElement("span");
    mark.className = className;
    mark.dataset[kind] = holder.dataset[kind] = holder.dataset.one = name;
    holder.className = kind === "level" ? "badge" : "holder";
    Object.assign(holder.style, { width: "48px", height: "48px", padding: 0, background: "none", display: "grid", placeItems: "center" });
    Object.assign(mark.style, { display: "block", zoom: 2 });
    holder.append(mark);
    line.append(holder);
  }
  document.querySelector(".board").append(line);
}
