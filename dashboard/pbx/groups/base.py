"""How an action becomes a method: written once as the request it builds, usable in two ways.

`Statistics.rt_queues()` on the class gives the request, for `PbxClient.fetch`;
`client.statistics.rt_queues()` on a client's group sends it and gives the decoded value.
"""

import functools
from collections.abc import Callable
from typing import Generic, ParamSpec, Protocol, TypeVar, overload

from dashboard.pbx.request import Request

P = ParamSpec("P")
T = TypeVar("T")


class Sender(Protocol):
    def send(self, request: Request[T]) -> T: ...


class Group:
    """Base of the groups: holds the client that sends."""

    def __init__(self, sender: Sender) -> None:
        self.sender = sender


class Action(Generic[P, T]):
    """Decorator for a static method that builds a request."""

    def __init__(self, build: Callable[P, Request[T]]) -> None:
        self.build = build
        functools.update_wrapper(self, build)  # type: ignore[arg-type]

    @overload
    def __get__(self, group: None, owner: type[Group]) -> Callable[P, Request[T]]: ...
    @overload
    def __get__(self, group: Group, owner: type[Group]) -> Callable[P, T]: ...
    def __get__(self, group: Group | None, owner: type[Group]) -> Callable[P, Request[T]] | Callable[P, T]:
        if group is None:
            return self.build
        sender = group.sender

        @functools.wraps(self.build)
        def send(*args: P.args, **kwargs: P.kwargs) -> T:
            return sender.send(self.build(*args, **kwargs))

        return send
