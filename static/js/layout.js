/** How the first board divides the screen, by its shape and by how much there is to show. Pure. */

const FEW_QUEUES = 4;
const MANY_QUEUES = 14;
const MANY_AGENTS = 44;
const HORDE_OF_AGENTS = 90;
/** A count must fall this far below a limit before the layout goes back: no flapping between two shapes. */
const SLACK = 0.85;

/**
 * `{shape, queues, agents}`: shape `wide` or `tall`; queues `few`, `some` or `many`; agents `some`, `many` or `horde`.
 * `before` is the last answer, or null.
 */
export function boardLayout({ width, height, queues, agents, before }) {
  return {
    shape: width >= height ? "wide" : "tall",
    queues: queueClass(queues, before?.queues),
    agents: agentClass(agents, before?.agents),
  };
}

function queueClass(count, before) {
  if (count > limit(MANY_QUEUES, before === "many")) return "many";
  return count > FEW_QUEUES ? "some" : "few";
}

function agentClass(count, before) {
  if (count > limit(HORDE_OF_AGENTS, before === "horde")) return "horde";
  return count > limit(MANY_AGENTS, before === "many" || before === "horde") ? "many" : "some";
}

function limit(count, isAbove) {
  return isAbove ? count * SLACK : count;
}
