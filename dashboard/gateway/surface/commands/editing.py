"""The directory: queues, users and pauses written through the API."""

import re
from typing import Any

from dashboard.gateway.commands import PauseDraft, QueueDraft, UserDraft
from dashboard.gateway.engine import Direction, PauseKind, User
from dashboard.gateway.surface import values
from dashboard.gateway.surface.asking import ABSENT, ApiError, Ask, Result
from dashboard.gateway.surface.commands.refusals import NOT_ALLOWED
from dashboard.gateway.surface.commands.subjects import account_only, user_own
from dashboard.gateway.surface.lists import DUMMY_PASSWORD

QUEUE_NUMBER = re.compile(r"^[0-9]{1,10}$")
LOGIN = re.compile(r"^[0-9A-Za-z._@-]{1,64}$")
PAUSE_KINDS = {"wrap": PauseKind.WRAP, "lajdak": PauseKind.IDLER, "normal": PauseKind.NORMAL}


def create_queue(ask: Ask) -> Result:
    """CreateQueue: null. A queue of this id or number is edited."""
    account_only(ask)
    number = values.needed(ask, "number")
    if QUEUE_NUMBER.match(number) is None:
        raise ApiError("Parametr number musí být číslo fronty")
    word = values.one_of(ask, "direction", allowed=[known.value for known in Direction])
    direction = Direction(word or values.needed(ask, "direction"))
    is_campaign = values.is_yes(ask, "outbounder") or False
    if is_campaign and direction is Direction.INBOUND:
        raise ApiError("Parametr outbounder si odporuje s parametrem direction")
    draft = QueueDraft(
        number=number,
        title=values.needed(ask, "title"),
        direction=direction,
        is_campaign=is_campaign,
        description=values.text(ask, "description"),
        outbound_caller=values.text(ask, "outboundcid"),
        wrap_up_s=values.number(ask, "wrapuptime"),
    )
    ask.commands.editing.queue_save(draft, queue_id=_record_id(ask))
    return None


def create_user(ask: Ask) -> Result:
    """CreateUser: the user, with a password that is not theirs."""
    account_only(ask)
    login, password = values.needed(ask, "name"), values.needed(ask, "password")
    if LOGIN.match(login) is None:
        raise ApiError("Parametr name smí obsahovat písmena bez diakritiky, číslice a znaky . _ @ -")
    values.needed(ask, "title")
    values.needed(ask, "role")
    values.needed(ask, "profile")
    user = ask.commands.editing.user_create(_draft(ask, login))
    ask.accounts.password_set(user_id=user.id, login=login, password=password)
    return _written(user)


def update_user(ask: Ask) -> Result:
    """UpdateUser: the user; what was not sent stays. Users may change themselves, but not their role."""
    login, password = user_own(ask, "name").login, values.text(ask, "password")
    if ask.caller_id is not None and (ask.parameters.has("role") or ask.parameters.has("profile")):
        raise ApiError(NOT_ALLOWED)
    user = ask.commands.editing.user_update(_draft(ask, login))
    if password:
        ask.accounts.password_set(user_id=user.id, login=login, password=password)
    return _written(user)


def delete_user(ask: Ask) -> Result:
    """DeleteUser."""
    account_only(ask)
    user_id = _record_id(ask)
    if user_id is None:
        raise ApiError("Chybí povinný parametr id")
    ask.commands.editing.user_delete(user_id=user_id)
    ask.accounts.forget(user_id)
    return ABSENT


def create_pause(ask: Ask) -> Result:
    """CreatePause: null. The examples call the title name, and paid billable."""
    account_only(ask)
    word = values.one_of(ask, "type", allowed=PAUSE_KINDS)
    is_paid = values.is_yes(ask, "paid") if ask.parameters.has("paid") else values.is_yes(ask, "billable")
    title = values.text(ask, "title") or values.text(ask, "name")
    if not title:
        raise ApiError("Chybí povinný parametr title")
    if is_paid is None:
        raise ApiError("Chybí povinný parametr paid")
    draft = PauseDraft(
        title=title,
        kind=PAUSE_KINDS[word or values.needed(ask, "type")],
        is_paid=is_paid,
        code=values.text(ask, "code") or None,
    )
    ask.commands.editing.pause_save(draft, pause_id=_record_id(ask))
    return None


def _record_id(ask: Ask) -> int | None:
    return values.number_of(ask.record_id, name="id") if ask.record_id else None


def _draft(ask: Ask, login: str) -> UserDraft:
    return UserDraft(
        login=login,
        title=values.text(ask, "title") or None,
        description=values.text(ask, "description"),
        email=values.text(ask, "email"),
        role=values.text(ask, "role") or None,
        profile=values.text(ask, "profile") or None,
    )


def _written(user: User) -> dict[str, Any]:
    """A user who has just been written: the id is a number here, and what is empty is null."""
    return {
        "user": user.id,
        "role": user.role,
        "profile": user.profile,
        "name": user.login,
        "title": user.title,
        "description": user.description or None,
        "password": DUMMY_PASSWORD,
        "email": user.email or None,
        "deleted": None,
    }
