"""Operators: the users of the PBX."""

from dashboard.pbx.groups.base import Action, Group
from dashboard.pbx.ids import Extension, UserId
from dashboard.pbx.request import Request
from dashboard.pbx.shapes import found, rows_by_id
from dashboard.pbx.wire.directory import User

USERS = rows_by_id(User, key="user")
USER = found(User, key="user")


class Operators(Group):
    @Action
    @staticmethod
    def me(*, deadline_s: float | None = None) -> Request[User | None]:
        """GetUser: whose token is this. None if the PBX accepts the token and tells no more.

        The health check: a wrong token raises PbxWrongToken.
        """
        return Request(action="GetUser", version="4.0", shape=USER, deadline_s=deadline_s)

    @Action
    @staticmethod
    def all(*, deadline_s: float | None = None) -> Request[dict[UserId, User]]:
        """GetUsers without an ID: every user by ID."""
        return Request(action="GetUsers", version="3.0", shape=USERS, deadline_s=deadline_s)

    @Action
    @staticmethod
    def one(user: UserId, *, deadline_s: float | None = None) -> Request[User | None]:
        """GetUsers with an ID; None if there is no such user."""
        return Request(action="GetUsers", version="3.0", id=user, shape=USER, deadline_s=deadline_s)

    @Action
    @staticmethod
    def of_extension(extension: Extension, *, deadline_s: float | None = None) -> Request[dict[UserId, User]]:
        """GetUsers by the line that is fixed to the account."""
        params = (("extension", extension),)
        return Request(action="GetUsers", version="3.0", params=params, shape=USERS, deadline_s=deadline_s)
