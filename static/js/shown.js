/** Which queues a board's widgets show with their levels. Pure. */

const OF_QUEUES = new Set(["callers", "longest", "queue", "queue-table", "queues"]);

/** Whether the board (its configuration) shows the queue of this id, as a function. */
export function queuesShown({ layout, automatic }) {
  const widgets = (layout?.widgets ?? automatic).filter(({ type }) => OF_QUEUES.has(type));
  if (widgets.some(({ type, options }) => type !== "queue" && !options.queues?.length)) return () => true;
  const ids = new Set(widgets.flatMap(({ type, options }) => (type === "queue" ? [options.queue] : options.queues)));
  return (id) => ids.has(id);
}
