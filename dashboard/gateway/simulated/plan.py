"""Builds the directory of a simulated call centre: queues, users, skills and pauses."""

from dataclasses import dataclass

from dashboard.gateway.engine import Direction, Directory, Queue, QueueType, Skill, User
from dashboard.gateway.simulated import catalogue, people
from dashboard.gateway.simulated.catalogue import Kind
from dashboard.gateway.simulated.draws import Draws
from dashboard.gateway.simulated.settings import SimulationSettings

ADMINISTRATOR_ID = 1
FIRST_AGENT_ID = 3
SPARE_LINES = 10
NUMBER_FROM = {
    QueueType.INBOUND: 2000,
    QueueType.OUTBOUND: 3000,
    QueueType.CAMPAIGN: 3500,
    QueueType.CLICK: 3800,
    QueueType.CHAT: 4000,
    QueueType.EMAIL: 4500,
}
# An agent is in one of these at a time.
OUTGOING = frozenset({QueueType.OUTBOUND, QueueType.CAMPAIGN})
# Nobody calls these queues.
CALLS_OUT = OUTGOING | {QueueType.CLICK}
WRITTEN = frozenset({QueueType.CHAT, QueueType.EMAIL})
# Share of the agents of a queue who are, at any time, logged in and on no planned pause.
PRESENT_SHARE = 0.7
# The mean of a log-normal talk time over its median, for the spread used (see acd.TALK_SPREAD).
MEAN_OVER_MEDIAN = 1.2
RING_AND_HOLD_S = 12.0


@dataclass(frozen=True)
class Plan:
    """The directory as it is at first, and per queue its behaviour and its arrivals per second at the peak.

    `agent_ids` are the users with shifts, `spare_extensions` lines that are fixed to nobody.
    """

    directory: Directory
    kinds: dict[int, Kind]
    peak_rates: dict[int, float]
    agent_ids: range
    spare_extensions: tuple[str, ...]


def plan(settings: SimulationSettings) -> Plan:
    """The call centre these settings describe; always the same one."""
    draws = Draws(f"{settings.seed}:plan")
    kinds = dict(enumerate(catalogue.kinds(settings.queues), start=1))
    queues = {queue_id: _queue(queue_id, kind=kind, kinds=kinds) for queue_id, kind in kinds.items()}
    primaries = _primaries(kinds=kinds, agents=settings.agents)
    users = {ADMINISTRATOR_ID: _administrator()}
    for index, (login, title) in enumerate(people.names(count=settings.agents, draws=draws)):
        user_id = FIRST_AGENT_ID + index
        skills = _skills(
            primary=primaries[index], queues=queues, limit=settings.queues_per_agent, draws=draws
        )
        users[user_id] = _agent(user_id, login=login, title=title, agents=settings.agents, skills=skills)
    pauses = {pause.id: pause for pause in catalogue.PAUSES}
    return Plan(
        directory=Directory(revision=1, queues=queues, users=users, pauses=pauses),
        kinds=kinds,
        peak_rates={
            queue_id: _peak_rate(kind, own=primaries.count(queue_id)) for queue_id, kind in kinds.items()
        },
        agent_ids=range(FIRST_AGENT_ID, FIRST_AGENT_ID + settings.agents),
        spare_extensions=_spare_extensions(settings.agents),
    )


def _queue(queue_id: int, *, kind: Kind, kinds: dict[int, Kind]) -> Queue:
    is_outgoing = kind.type in CALLS_OUT
    overflow = 1 if kind.max_wait_s and kinds[1].type is kind.type and queue_id != 1 else None
    return Queue(
        id=queue_id,
        number=str(NUMBER_FROM[kind.type] + queue_id),
        title=kind.title,
        description="",
        type=kind.type,
        direction=Direction.OUTBOUND if is_outgoing else Direction.INBOUND,
        ring_strategy=kind.ring_strategy,
        ring_s=20,
        retry_s=5,
        wrap_up_s=kind.wrap_up_s,
        threshold_s=kind.threshold_s,
        weight=kind.weight,
        max_wait_s=kind.max_wait_s,
        overflow_queue_id=overflow,
        outbound_caller="226219568" if is_outgoing else "",
    )


def _primaries(*, kinds: dict[int, Kind], agents: int) -> list[int]:
    """For each agent the queue they are there for: shares by largest remainder, everybody placed."""
    total = sum(kind.share for kind in kinds.values())
    exact = {queue_id: agents * kind.share / total for queue_id, kind in kinds.items()}
    counts = {queue_id: int(share) for queue_id, share in exact.items()}
    by_remainder = sorted(exact, key=lambda queue_id: (counts[queue_id] - exact[queue_id], queue_id))
    for queue_id in by_remainder[: agents - sum(counts.values())]:
        counts[queue_id] += 1
    return [queue_id for queue_id, count in counts.items() for _ in range(count)]


def _skills(*, primary: int, queues: dict[int, Queue], limit: int, draws: Draws) -> tuple[Skill, ...]:
    """The agent's own queue, perhaps a related one with a penalty, then others only permitted."""
    own = queues[primary]
    others = draws.shuffled([queue for queue in queues.values() if queue.id != primary])
    related = [queue for queue in others if _is_related(own, queue)][: draws.number(0, 1)]
    skills = [Skill(queue_id=primary, penalty=0, is_automatic=True)]
    skills += [
        Skill(queue_id=queue.id, penalty=0 if queue.weight else rank, is_automatic=True)
        for rank, queue in enumerate(related, start=1)
    ]
    rest = [queue for queue in others if queue not in related]
    permitted = [Skill(queue_id=queue.id, penalty=2, is_automatic=False) for queue in rest]
    return tuple(sorted((skills + permitted)[: max(limit, len(skills))], key=lambda skill: skill.queue_id))


def _is_related(own: Queue, other: Queue) -> bool:
    """Callers and dialling agents help out with inbound calls, those who write with writing."""
    if own.type in WRITTEN:
        return other.type in WRITTEN
    return own.type is not QueueType.CAMPAIGN and other.type is QueueType.INBOUND


def _peak_rate(kind: Kind, *, own: int) -> float:
    handle_s = kind.talk_s * MEAN_OVER_MEDIAN + kind.wrap_up_s + RING_AND_HOLD_S
    return kind.load * PRESENT_SHARE * max(own, 0.5) / handle_s


def _agent(user_id: int, *, login: str, title: str, agents: int, skills: tuple[Skill, ...]) -> User:
    return User(
        id=user_id,
        login=login,
        title=title,
        description="",
        email=f"{login}@callcentrum.example",
        extension=str(_first_extension(agents) + user_id),
        role="role_agent",
        profile="profile_agent",
        skills=skills,
    )


def _first_extension(agents: int) -> int:
    return 100 if agents <= 800 else 1000


def _spare_extensions(agents: int) -> tuple[str, ...]:
    after_last = _first_extension(agents) + FIRST_AGENT_ID + agents
    return tuple(str(extension) for extension in range(after_last, after_last + SPARE_LINES))


def _administrator() -> User:
    return User(
        id=ADMINISTRATOR_ID,
        login="admin",
        title="Administrator",
        description="Správce ústředny",
        email="admin@callcentrum.example",
        extension="100",
        role="role_admin",
        profile="profile_admin",
        skills=(),
    )
