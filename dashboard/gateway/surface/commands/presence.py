"""Who is there: the users of a line, the agents of a queue."""

from typing import Any

from dashboard.gateway.commands import CommandRefused, Reason
from dashboard.gateway.engine import User
from dashboard.gateway.surface import values
from dashboard.gateway.surface.asking import Ask, Result, flag


def extension_users(ask: Ask) -> Result:
    """GetExtensionUsers: those to whom the line is fixed, and who is logged in there."""
    extension = values.needed(ask, "extension")
    if all(device.extension != extension for device in ask.floor.devices):
        raise CommandRefused(Reason.LINE_UNKNOWN, extension)
    sitters = {agent.user_id for agent in ask.floor.agents.values() if agent.extension == extension}
    users = [
        user
        for user in ask.directory.users.values()
        if (user.extension == extension or user.id in sitters) and not user.is_deleted
    ]
    roles = list(dict.fromkeys(user.role for user in ask.directory.users.values()))
    profiles = list(dict.fromkeys(user.profile for user in ask.directory.users.values()))
    return {"data": [_user(user, roles=roles, profiles=profiles) for user in users]}


def queue_presence(ask: Ask) -> Result:
    """RTQueuePresence: how many agents are logged in to the queue of this number."""
    number = values.needed(ask, "queue")
    queues = ask.directory.queues.values()
    queue = next((known for known in queues if known.number == number and not known.is_deleted), None)
    if queue is None:
        raise CommandRefused(Reason.QUEUE_UNKNOWN)
    count = sum(queue.id in agent.queue_ids for agent in ask.floor.agents.values())
    return {"count_users": count, "online_presence": count > 0}


def _user(user: User, *, roles: list[str], profiles: list[str]) -> dict[str, Any]:
    """Here roles and profiles are numbers, and there is no password."""
    return {
        "user": str(user.id),
        "role": str(roles.index(user.role) + 1),
        "profile": str(profiles.index(user.profile) + 1),
        "name": user.login,
        "title": user.title,
        "description": user.description,
        "email": user.email,
        "deleted": flag(user.is_deleted),
    }
