"""Operators: the users of the PBX, and logging them in to the call centre."""

from dashboard.pbx.groups.base import Action, Group
from dashboard.pbx.ids import Extension, Login, UserId
from dashboard.pbx.request import Effect, Request, given
from dashboard.pbx.shapes import found, nothing, one, rows_by_id
from dashboard.pbx.wire.directory import User

USERS = rows_by_id(User, key="user")
USER = found(User, key="user")
CHANGED_USER = one(User)
NOTHING = nothing()


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

    @Action
    @staticmethod
    def create(
        *,
        role: str,
        profile: str,
        name: Login,
        title: str,
        password: str,
        description: str | None = None,
        email: str | None = None,
        deadline_s: float | None = None,
    ) -> Request[User]:
        """CreateUser. The password travels in the address, as the API wants it; it comes back to nobody."""
        params = given(
            {
                "role": role,
                "profile": profile,
                "name": name,
                "title": title,
                "password": password,
                "description": description,
                "email": email,
            }
        )
        return Request(
            action="CreateUser",
            version="4.0",
            effect=Effect.ACTION,
            params=params,
            shape=CHANGED_USER,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def update(
        name: Login,
        *,
        role: str | None = None,
        profile: str | None = None,
        title: str | None = None,
        description: str | None = None,
        password: str | None = None,
        email: str | None = None,
        deadline_s: float | None = None,
    ) -> Request[User]:
        """UpdateUser: changes what is given, by login."""
        params = given(
            {
                "name": name,
                "role": role,
                "profile": profile,
                "title": title,
                "description": description,
                "password": password,
                "email": email,
            }
        )
        return Request(
            action="UpdateUser",
            version="4.0",
            effect=Effect.ACTION,
            params=params,
            shape=CHANGED_USER,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def delete(user: UserId, *, deadline_s: float | None = None) -> Request[None]:
        """DeleteUser, by ID."""
        return Request(
            action="DeleteUser",
            version="3.0",
            effect=Effect.ACTION,
            id=user,
            shape=NOTHING,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def login(
        user: Login, *, extension: Extension | None = None, deadline_s: float | None = None
    ) -> Request[None]:
        """Login to the call centre; without an extension the line bound to the account is used."""
        return Request(
            action="Login",
            version="3.4",
            effect=Effect.ACTION,
            params=given({"user": user, "extension": extension}),
            shape=NOTHING,
            deadline_s=deadline_s,
        )

    @Action
    @staticmethod
    def logout(user: Login, *, deadline_s: float | None = None) -> Request[None]:
        """Logout of all queues and the call centre. An open form prevents it."""
        return Request(
            action="Logout",
            version="3.4",
            effect=Effect.ACTION,
            params=given({"user": user}),
            shape=NOTHING,
            deadline_s=deadline_s,
        )
