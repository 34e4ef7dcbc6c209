/** What the keys do in the editor. Pure. */

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** `{do, by}` for a key, or null where it is none of ours: in a field, keys type, but for saving. */
export function keyAction(event, { isChosen }) {
  const isCommand = event.ctrlKey || event.metaKey;
  if (isCommand && event.key.toLowerCase() === "s") return { do: "save" };
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target?.tagName ?? "")) return null;
  if (isCommand) return command(event, isChosen);
  if (!isChosen) return null;
  if (event.key === "Escape") return { do: "leave" };
  if (event.key === "Delete" || event.key === "Backspace") return { do: "remove" };
  const arrow = ARROWS[event.key];
  if (!arrow) return null;
  return { do: "nudge", by: event.shiftKey ? { dw: arrow[0], dh: arrow[1] } : { dx: arrow[0], dy: arrow[1] } };
}

function command(event, isChosen) {
  const key = event.key.toLowerCase();
  if (key === "z") return { do: event.shiftKey ? "redo" : "undo" };
  if (key === "y") return { do: "redo" };
  return key === "d" && isChosen ? { do: "duplicate" } : null;
}
