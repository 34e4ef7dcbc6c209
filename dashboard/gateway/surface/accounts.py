"""Who may use the API: its own account, and users whose password was set through it."""

import hashlib
import hmac
from dataclasses import dataclass

from dashboard.gateway.surface.settings import ApiSettings


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose token came with a request; without a user it is the API's account."""

    user_id: int | None = None


class Accounts:
    """Tokens and whose they are. The users a simulation begins with have no password until one is set."""

    def __init__(self, settings: ApiSettings) -> None:
        self._owners = {_token(settings.login, settings.password): Caller()}

    def password_set(self, *, user_id: int, login: str, password: str) -> None:
        """From now on this is the user's password."""
        self.forget(user_id)
        self._owners.setdefault(_token(login, password), Caller(user_id))

    def forget(self, user_id: int) -> None:
        """The user has no password any longer."""
        self._owners = {token: owner for token, owner in self._owners.items() if owner.user_id != user_id}

    def caller(self, token: str) -> Caller | None:
        """Whose token it is; None if nobody's. Takes as long for a token that is nearly right."""
        found = [owner for known, owner in self._owners.items() if hmac.compare_digest(known, token.encode())]
        return found[0] if found else None


def _token(login: str, password: str) -> bytes:
    return hashlib.sha1((login + password).encode(), usedforsecurity=False).hexdigest().encode()
