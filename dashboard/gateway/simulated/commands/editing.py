"""Queues, users and pauses created, changed and deleted while the call centre runs."""

import msgspec

from dashboard.gateway.commands import CommandRefused, PauseDraft, QueueDraft, Reason, UserDraft
from dashboard.gateway.engine import Direction, Pause, PauseKind, Queue, QueueType, Skill, User
from dashboard.gateway.simulated.catalogue import Kind
from dashboard.gateway.simulated.commands.stage import Stage
from dashboard.gateway.simulated.floor import agent_new
from dashboard.gateway.simulated.world import World

TALK_S = 100
NEW_PENALTY = 0


class EditingCommands:
    """Changes of the directory."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def queue_save(self, draft: QueueDraft, *, queue_id: int | None) -> Queue:
        """Create a queue, or edit the one of this id or this number. Every agent has the right to a new one."""
        with self._stage.acting() as world:
            same_number = next((q for q in world.queues.values() if q.number == draft.number), None)
            known = same_number if queue_id is None else world.queues.get(queue_id)
            if queue_id is not None and known is None:
                raise CommandRefused(Reason.QUEUE_UNKNOWN)
            if same_number is not None and same_number is not known:
                raise CommandRefused(Reason.QUEUE_NUMBER_TAKEN, draft.number)
            if known is not None and _queue_type(draft, known) is not known.type and _is_in_use(world, known):
                raise CommandRefused(Reason.QUEUE_IN_USE, draft.number)
            queue = _queue(
                draft, known=known, queue_id=known.id if known else max(world.queues, default=0) + 1
            )
            _directory_set(world, queues={**world.queues, queue.id: queue})
            if known is None:
                self._open(world, queue)
            return queue

    def user_create(self, draft: UserDraft) -> User:
        """Create a user who may work in the call centre at any spare line."""
        with self._stage.acting() as world:
            users = world.directory.users
            if any(user.login == draft.login for user in users.values()):
                raise CommandRefused(Reason.USER_EXISTS, draft.login)
            most = world.settings.queues_per_agent
            skills = [_skill(queue) for queue in world.queues.values() if not queue.is_deleted]
            user = User(
                id=max(users) + 1,
                login=draft.login,
                title=draft.title or "",
                description=draft.description or "",
                email=draft.email or "",
                extension="",
                role=draft.role or "",
                profile=draft.profile or "",
                skills=tuple(skills[:most]),
            )
            _directory_set(world, users={**users, user.id: user})
            world.agents[user.id] = agent_new(user, now_at=world.now_at)
            return user

    def user_update(self, draft: UserDraft) -> User:
        """Edit the user of this login."""
        with self._stage.acting() as world:
            users = world.directory.users.values()
            known = next((user for user in users if user.login == draft.login and not user.is_deleted), None)
            if known is None:
                raise CommandRefused(Reason.USER_UNKNOWN)
            user = _changed(known, draft)
            _user_set(world, user)
            return user

    def user_delete(self, *, user_id: int) -> None:
        """Log the user out and mark them as deleted."""
        stage = self._stage
        with stage.acting() as world:
            user = stage.user(user_id)
            agent = world.agents.get(user_id)
            if agent is not None and agent.is_busy:
                raise CommandRefused(Reason.BUSY)
            if agent is not None and agent.state is not None:
                stage.staff.session_end(agent)
            if agent is not None:
                # What the roster has planned for the agent belongs to a session that is over now.
                agent.session += 1
                del world.agents[user_id]
            _directory_set(
                world,
                users={**world.directory.users, user_id: msgspec.structs.replace(user, is_deleted=True)},
            )

    def pause_save(self, draft: PauseDraft, *, pause_id: int | None) -> None:
        """Create a pause or edit one."""
        with self._stage.acting() as world:
            pauses = world.directory.pauses
            known = pauses.get(pause_id) if pause_id is not None else None
            if pause_id is not None and known is None:
                raise CommandRefused(Reason.PAUSE_UNKNOWN)
            kind_before = known.kind if known else PauseKind.NORMAL
            if draft.kind is not kind_before:
                raise CommandRefused(Reason.PAUSE_OF_SYSTEM, draft.kind.value)
            new_id = pause_id if pause_id is not None else max(pauses, default=0) + 1
            codes = [int(pause.code) for pause in pauses.values() if pause.code.isdecimal()]
            pause = Pause(
                id=new_id,
                code=draft.code or (known.code if known else str(max(codes, default=0) + 1)),
                title=draft.title,
                kind=draft.kind,
                is_paid=draft.is_paid,
            )
            _directory_set(world, pauses={**pauses, new_id: pause})

    def _open(self, world: World, queue: Queue) -> None:
        """A new queue: nobody is in it, nobody calls it yet, everybody may join it."""
        world.members[queue.id], world.waiting[queue.id] = [], []
        world.plan.peak_rates[queue.id] = 0.0
        world.plan.kinds[queue.id] = Kind(
            title=queue.title, type=queue.type, share=0, talk_s=TALK_S, wrap_up_s=queue.wrap_up_s, load=0
        )
        for agent in world.agents.values():
            agent.penalties[queue.id] = NEW_PENALTY
            agent.user = msgspec.structs.replace(agent.user, skills=(*agent.user.skills, _skill(queue)))
        users = {user_id: agent.user for user_id, agent in world.agents.items()}
        _directory_set(world, users={**world.directory.users, **users})


def _queue_type(draft: QueueDraft, known: Queue | None) -> QueueType:
    """A queue keeps its type unless its direction changes or it becomes a campaign."""
    if draft.is_campaign:
        return QueueType.CAMPAIGN
    if known is not None and known.direction is draft.direction:
        return known.type
    return QueueType.OUTBOUND if draft.direction is Direction.OUTBOUND else QueueType.INBOUND


def _is_in_use(world: World, queue: Queue) -> bool:
    has_calls = any(call.queue.id == queue.id for call in world.calls.values())
    return has_calls or bool(world.members[queue.id]) or world.plan.peak_rates[queue.id] > 0


def _queue(draft: QueueDraft, *, known: Queue | None, queue_id: int) -> Queue:
    usual = known or Queue(
        id=queue_id,
        number=draft.number,
        title=draft.title,
        description="",
        type=QueueType.INBOUND,
        direction=draft.direction,
        ring_strategy="leastrecent",
        ring_s=20,
        retry_s=5,
        wrap_up_s=0,
        threshold_s=20,
        weight=0,
        max_wait_s=0,
        overflow_queue_id=None,
        outbound_caller="",
    )
    return msgspec.structs.replace(
        usual,
        number=draft.number,
        title=draft.title,
        direction=draft.direction,
        type=_queue_type(draft, known),
        description=usual.description if draft.description is None else draft.description,
        outbound_caller=usual.outbound_caller if draft.outbound_caller is None else draft.outbound_caller,
        wrap_up_s=usual.wrap_up_s if draft.wrap_up_s is None else draft.wrap_up_s,
    )


def _changed(user: User, draft: UserDraft) -> User:
    changes = {
        name: value
        for name, value in (
            ("title", draft.title),
            ("description", draft.description),
            ("email", draft.email),
            ("role", draft.role),
            ("profile", draft.profile),
        )
        if value is not None
    }
    return msgspec.structs.replace(user, **changes)


def _skill(queue: Queue) -> Skill:
    return Skill(queue_id=queue.id, penalty=NEW_PENALTY, is_automatic=False)


def _user_set(world: World, user: User) -> None:
    _directory_set(world, users={**world.directory.users, user.id: user})
    if user.id in world.agents:
        world.agents[user.id].user = user


def _directory_set(
    world: World,
    *,
    queues: dict[int, Queue] | None = None,
    users: dict[int, User] | None = None,
    pauses: dict[int, Pause] | None = None,
) -> None:
    """Who holds the old directory keeps it: nothing in it changes."""
    before = world.directory
    world.directory = msgspec.structs.replace(
        before,
        revision=before.revision + 1,
        queues=before.queues if queues is None else queues,
        users=before.users if users is None else users,
        pauses=before.pauses if pauses is None else pauses,
    )
