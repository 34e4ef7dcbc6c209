"""Whom and what a command is about, and whether whoever asks may do it."""

import re

from dashboard.gateway.commands import CommandRefused, Reason
from dashboard.gateway.engine import User
from dashboard.gateway.surface import values
from dashboard.gateway.surface.asking import ApiError, Ask
from dashboard.gateway.surface.commands.refusals import NOT_ALLOWED

PHONE = re.compile(r"^\+?[0-9*#]{2,20}$")
CALL_ID = re.compile(r"^[0-9A-Za-z._-]{1,64}$")


def user_named(ask: Ask, name: str = "user") -> User:
    """The user whose login the parameter holds."""
    login = values.needed(ask, name)
    users = ask.directory.users.values()
    found = next((user for user in users if user.login == login and not user.is_deleted), None)
    if found is None:
        raise CommandRefused(Reason.USER_UNKNOWN)
    return found


def user_own(ask: Ask, name: str = "user") -> User:
    """The same, if the one who asks may act for them."""
    return allowed(ask, user_named(ask, name))


def allowed(ask: Ask, user: User) -> User:
    """The user, if the one who asks is the API's account or they themselves."""
    if ask.caller_id not in {None, user.id}:
        raise ApiError(NOT_ALLOWED)
    return user


def account_only(ask: Ask) -> None:
    """Fail for users: only the API's account may do this."""
    if ask.caller_id is not None:
        raise ApiError(NOT_ALLOWED)


def user_or_line(ask: Ask) -> tuple[int | None, str | None]:
    """The user that `user` names, or else the line that `extension` names. Sent both, they must go together."""
    extension = values.text(ask, "extension") or None
    if values.text(ask, "user"):
        user = user_own(ask)
        if extension not in {None, line_of(ask, user)}:
            raise ApiError("Parametry user a extension si odporují")
        return user.id, None
    if extension is not None:
        line_allowed(ask, extension)
    return None, extension


def user_at(ask: Ask) -> int:
    """The user that `user` names, or who sits at the line that `extension` names."""
    user_id, extension = user_or_line(ask)
    if user_id is not None:
        return user_id
    if extension is None:
        raise ApiError("Chybí jeden z parametrů user, extension")
    sitter = _line_user(ask, extension)
    if sitter is None:
        raise CommandRefused(Reason.NOT_LOGGED_IN)
    return sitter.id


def line_allowed(ask: Ask, extension: str) -> None:
    """Fail unless there is such a line and the one who asks may act for who sits there."""
    if all(device.extension != extension for device in ask.floor.devices):
        raise CommandRefused(Reason.LINE_UNKNOWN, extension)
    user = _line_user(ask, extension)
    if ask.caller_id is not None and (user is None or user.id != ask.caller_id):
        raise ApiError(NOT_ALLOWED)


def line_of(ask: Ask, user: User) -> str:
    """Where the user sits: logged in, or else the line fixed to them."""
    agent = ask.floor.agents.get(user.id)
    return agent.extension if agent else user.extension


def phone(ask: Ask, name: str) -> str:
    """A telephone number that must be sent."""
    return phone_of(values.needed(ask, name), name=name)


def phone_of(text: str, *, name: str) -> str:
    """This text as a telephone number."""
    if PHONE.match(text) is None:
        raise ApiError(f"Parametr {name} musí být telefonní číslo")
    return text


def call_id_chosen(ask: Ask) -> str | None:
    """The id that the call is to have; None if it was not sent."""
    call_id = values.text(ask, "idcall") or None
    if call_id is not None and CALL_ID.match(call_id) is None:
        raise ApiError("Parametr idcall smí obsahovat písmena, číslice, tečku, pomlčku a podtržítko")
    return call_id


def seconds(ask: Ask, name: str, *, usual: int) -> int:
    """A duration; zero is none at all and refused."""
    value = values.number(ask, name)
    if value == 0:
        raise ApiError(f"Parametr {name} musí být kladné číslo")
    return usual if value is None else value


def _line_user(ask: Ask, extension: str) -> User | None:
    agents = ask.floor.agents.values()
    sitter = next((agent for agent in agents if agent.extension == extension), None)
    if sitter is not None:
        return ask.user(sitter.user_id)
    users = ask.directory.users.values()
    return next((user for user in users if user.extension == extension and not user.is_deleted), None)
