"""Log-ins and pauses: each action leaves out its result, or has null, as it is documented."""

from dashboard.gateway.surface import values
from dashboard.gateway.surface.asking import ABSENT, Ask, Result
from dashboard.gateway.surface.commands.subjects import user_at, user_own

PRIORITIES = ("0", "1", "2")


def login(ask: Ask) -> Result:
    """Login: null."""
    extension = values.text(ask, "extension") or None
    ask.commands.sessions.log_in(user_id=user_own(ask).id, extension=extension)
    return None


def logout(ask: Ask) -> Result:
    """Logout: null."""
    ask.commands.sessions.log_out(user_id=user_own(ask).id)
    return None


def login_queue(ask: Ask) -> Result:
    """LoginQueue: the queue is given by its number."""
    priority = values.one_of(ask, "priority", allowed=PRIORITIES)
    ask.commands.sessions.queue_log_in(
        user_id=user_own(ask).id,
        number=values.needed(ask, "queue"),
        extension=values.text(ask, "extension") or None,
        penalty=None if priority is None else int(priority),
    )
    return ABSENT


def logout_queue(ask: Ask) -> Result:
    """LogoutQueue: the queue is given by its number."""
    ask.commands.sessions.queue_log_out(user_id=user_own(ask).id, number=values.needed(ask, "queue"))
    return ABSENT


def pause_on(ask: Ask) -> Result:
    """PauseOn: the pause is given by its id."""
    ask.commands.sessions.pause_on(
        user_id=user_at(ask),
        pause_id=values.number_of(values.needed(ask, "pause"), name="pause"),
        is_forced=values.is_yes(ask, "force") or False,
    )
    return ABSENT


def pause_off(ask: Ask) -> Result:
    """PauseOff."""
    ask.commands.sessions.pause_off(user_id=user_at(ask))
    return ABSENT
